//! Opens things with the desktop's programs, and asks where to save.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Child, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use hookbell_engine::{Choice, DesktopError, Target};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// How long an opener gets to report a failure before we consider it successful.
const REFUSES_WITHIN: Duration = Duration::from_millis(500);

const POLL_EVERY: Duration = Duration::from_millis(10);

/// Opens a page, a file, or a file's folder.
pub(crate) fn open(target: &Target) -> Result<(), DesktopError> {
    let opened = match target {
        Target::Page(url) => with_its_program(url.as_ref()),
        Target::File(path) | Target::Folder(path) => path.metadata().and_then(|_| with_its_program(path.as_ref())),
        Target::Place(path) => reveal(path, |path| tauri_plugin_opener::reveal_item_in_dir(path), with_its_program),
        // Quick Look exists only on macOS, and isn't a program.
        Target::Preview(_) => return Err(DesktopError::Absent),
    };
    opened.map_err(|error| DesktopError::Refused(error.to_string()))
}

/// Shows a file in its folder, selected. On a desktop that can't select, such as one without a file manager on its
/// message bus, opens only the folder.
fn reveal<E: std::error::Error>(
    path: &Path,
    select: impl FnOnce(&Path) -> Result<(), E>,
    open: impl FnOnce(&OsStr) -> io::Result<()>,
) -> io::Result<()> {
    let there = path.symlink_metadata();
    there.map_err(|_| io::Error::other(format!("{} no longer exists", path.display())))?;
    let Err(unselected) = select(path) else { return Ok(()) };
    tracing::info!(%unselected, "a file can’t be selected in its folder, so the folder is opened");
    let folder = path.parent().unwrap_or(path);
    open(folder.as_os_str()).map_err(|_| io::Error::other(format!("no file manager opened {}", folder.display())))
}

/// Starts the first available opener that succeeds. It gets only the environment of any other child.
fn with_its_program(what: &OsStr) -> io::Result<()> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(what) {
        hookbell_engine::restrict_child(&mut command, &[]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn().and_then(refusal) {
            Ok(None) => return Ok(()),
            Ok(Some(status)) => last = io::Error::other(status.to_string()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Whether and how an opener failed early. Some run as long as what they opened, so we stop waiting after a while. On
/// Windows the status means nothing (`explorer` returns 1 on success).
fn refusal(mut opener: Child) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + REFUSES_WITHIN;
    while !cfg!(windows) && Instant::now() < end {
        if let Some(status) = opener.try_wait()? {
            return Ok(Some(status).filter(|status| !status.success()));
        }
        thread::sleep(POLL_EVERY);
    }
    thread::Builder::new().name("opener".to_owned()).spawn(move || opener.wait())?;
    Ok(None)
}

/// Shows the system's dialog. Blocks until it is answered or closed.
pub(crate) fn choose(app: &AppHandle, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
    let dialog = app.dialog().file();
    let chosen = match choice {
        Choice::SaveAs(name) => dialog.set_title("Save As").set_file_name(name).blocking_save_file(),
        Choice::Folder => dialog.set_title("Choose a Folder").blocking_pick_folder(),
        Choice::Open { what, extension } => dialog.add_filter(*what, &[extension]).blocking_pick_file(),
    };
    chosen.map(|path| path.into_path().map_err(|error| DesktopError::Refused(error.to_string()))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse(_: &Path) -> io::Result<()> {
        Err(io::Error::other("org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable"))
    }

    #[test]
    fn a_file_that_nothing_can_select_has_its_folder_opened() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("1.png");
        std::fs::write(&file, "").unwrap();
        let mut opened = None;
        reveal(&file, refuse, |folder| {
            opened = Some(folder.to_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(opened.as_deref(), Some(place.path().as_os_str()));
        let nothing = |_: &OsStr| Err(io::Error::from(io::ErrorKind::NotFound));
        let refused = reveal(&file, refuse, nothing).unwrap_err().to_string();
        assert_eq!(refused, format!("no file manager opened {}", place.path().display()), "and no word of D-Bus");
    }

    #[test]
    fn a_file_that_is_gone_is_shown_nowhere() {
        let place = tempfile::tempdir().unwrap();
        let gone = place.path().join("gone.png");
        let refused = reveal(&gone, refuse, |_| Ok(())).unwrap_err();
        assert_eq!(refused.to_string(), format!("{} no longer exists", gone.display()));
    }
}
