//! Opening things with the programs the desktop has for them, and asking where to save.

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

/// How long an opener has to say that it can't open something, before the next one is tried.
const REFUSES_WITHIN: Duration = Duration::from_millis(500);

const POLL_EVERY: Duration = Duration::from_millis(10);

/// Opens a page, a file, or the folder a file is in.
pub(crate) fn open(target: &Target) -> Result<(), DesktopError> {
    let opened = match target {
        Target::Page(url) => with_its_program(url.as_ref()),
        Target::File(path) | Target::Folder(path) => path.metadata().and_then(|_| with_its_program(path.as_ref())),
        Target::Place(path) => return reveal(path),
    };
    opened.map_err(|error| DesktopError::Refused(error.to_string()))
}

/// Shows a file in its folder. The desktop is asked, and no program is started.
fn reveal(path: &Path) -> Result<(), DesktopError> {
    tauri_plugin_opener::reveal_item_in_dir(path).map_err(|error| DesktopError::Refused(error.to_string()))
}

/// Starts the first of the system's openers that is here and takes it. It gets no more of our environment than any
/// child.
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

/// How an opener refused, if it did so soon. Some last as long as what they opened, so it is left alone after a while.
/// On Windows the answer means nothing (`explorer` says 1 where all went well).
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

/// Asks with the system's own dialog. Blocks until it is answered or closed.
pub(crate) fn choose(app: &AppHandle, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
    let dialog = app.dialog().file();
    let chosen = match choice {
        Choice::SaveAs(name) => dialog.set_title("Save as").set_file_name(name).blocking_save_file(),
        Choice::Folder => dialog.set_title("Save into").blocking_pick_folder(),
        Choice::Open { what, extension } => dialog.add_filter(*what, &[extension]).blocking_pick_file(),
    };
    chosen.map(|path| path.into_path().map_err(|error| DesktopError::Refused(error.to_string()))).transpose()
}
