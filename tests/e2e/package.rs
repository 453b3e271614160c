//! The Debian package, installed, inspected, used and removed as by a user.
//!
//! This changes the system that runs the test, so it runs only with `HOOKBELL_TEST_PACKAGE=1`, and never if Hookbell is
//! installed already.

use std::{
    env, fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use hookbell_tests::{
    Error, app, post,
    program::{DESKTOP_FILE_VALIDATE, DPKG, MAN, XDG_OPEN},
    skip,
};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected},
    studio::{Studio, TITLE, secret},
};

const PACKAGE: &str = "hookbell";

/// Removes the package from the system when the test ends, even if it fails.
struct Installed;

impl Drop for Installed {
    fn drop(&mut self) {
        if is_installed() {
            dpkg(&["--purge", PACKAGE]);
        }
    }
}

fn output(program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn dpkg(arguments: &[&str]) -> String {
    let (went_well, said) = output(DPKG.name, arguments);
    assert!(went_well, "dpkg {arguments:?}: {said}");
    said
}

fn is_installed() -> bool {
    output("dpkg-query", &["--show", "--showformat=${db:Status-Status}", PACKAGE]) == (true, "installed".to_owned())
}

/// The package's files, without the directories it shares with others.
fn files() -> Vec<PathBuf> {
    dpkg(&["--listfiles", PACKAGE]).lines().map(PathBuf::from).filter(|path| path.is_file()).collect()
}

/// Only root may change the package's files, and everybody may read them.
fn assert_safe(file: &Path) {
    let about = fs::metadata(file).unwrap();
    let mode = about.mode() & 0o7777;
    let wanted = if file.starts_with("/usr/bin") { 0o755 } else { 0o644 };
    assert_eq!((mode, about.uid(), about.gid()), (wanted, 0, 0), "{}: mode {mode:o}", file.display());
}

fn assert_is_known_to_the_desktop_the_manual_and_the_shell() {
    let entry = "/usr/share/applications/Hookbell.desktop";
    let (valid, said) = output(DESKTOP_FILE_VALIDATE.name, &[entry]);
    assert!(valid && said.is_empty(), "{said}");
    let entry = fs::read_to_string(entry).unwrap();
    assert!(entry.contains("\nExec=hookbell-app %u\n") && entry.contains("x-scheme-handler/hookbell;"), "{entry}");
    let icon = Path::new("/usr/share/icons/hicolor/48x48/apps/hookbell-app.png");
    assert!(icon.is_file() && entry.contains("\nIcon=hookbell-app\n"), "{entry}");
    assert!(!Path::new("/etc/xdg/autostart/Hookbell.desktop").exists(), "it starts by itself only if it was asked to");

    let (_, version) = output("/usr/bin/hookbell", &["--version"]);
    assert_eq!(version.trim(), concat!("hookbell ", env!("CARGO_PKG_VERSION")));
    for page in ["hookbell", "hookbell-webhooks-create", "hookbell-app"] {
        let (renders, page) = output(MAN.name, &["--warnings", "-l", &format!("/usr/share/man/man1/{page}.1.gz")]);
        assert!(renders && page.contains("SYNOPSIS") && !page.contains("warning:"), "{page}");
    }
    let completing = "source /usr/share/bash-completion/completions/hookbell && COMP_WORDS=(hookbell tri) COMP_CWORD=1 \
                      && _hookbell hookbell tri hookbell && echo ${COMPREPLY[@]}";
    assert_eq!(output("bash", &["--norc", "-c", completing]).1.trim(), "trigger");
}

#[tokio::test]
async fn the_debian_package_is_installed_used_and_removed() -> Result<(), Error> {
    if env::var_os("HOOKBELL_TEST_PACKAGE").is_none_or(|wish| wish != "1") {
        skip::say("it installs a package into this system: set HOOKBELL_TEST_PACKAGE=1 where that is wanted");
        return Ok(());
    }
    for program in [DPKG, DESKTOP_FILE_VALIDATE, MAN, XDG_OPEN] {
        if skip::if_missing(program.find())?.is_none() {
            return Ok(());
        }
    }
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    assert!(!is_installed(), "a Hookbell is installed here, and this test would take it away");
    let installed = Installed;
    dpkg(&["--install", &app::debian_package()?.to_string_lossy()]);
    let files = files();
    assert!(files.len() > 20, "{files:?}");
    files.iter().for_each(|file| assert_safe(file));
    assert_is_known_to_the_desktop_the_manual_and_the_shell();

    studio.launch = studio.launch.of(Path::new("/usr/bin/hookbell-app"));
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("event-one")).await?, StatusCode::OK);
    let shown = studio.notifications.next().await?;
    assert!(shown.summary.starts_with("Rejected: "), "{}", shown.summary);
    assert_eq!(shown.text_hint("desktop-entry"), Some("Hookbell"), "the desktop knows whose it is");
    assert_eq!(post::signed(&url, &secret(), &in_review("event-two")).await?, StatusCode::OK);
    studio.notifications.next().await?;
    // As any program does: the desktop looks up the handler of such links and starts it.
    for event in ["event-one", "event-two"] {
        studio.desktop.run(XDG_OPEN, &[&format!("hookbell://event/{event}")], b"").await?;
        app.session.wait_for_text(event).await?;
    }
    assert_eq!(studio.desktop.windows(TITLE).await?.len(), 1);
    app.quit().await?;

    dpkg(&["--remove", PACKAGE]);
    let left: Vec<_> = files.iter().filter(|file| file.exists()).collect();
    assert!(left.is_empty(), "{left:?}");
    dpkg(&["--purge", PACKAGE]);
    assert!(!is_installed() && !Path::new("/usr/share/doc/hookbell").exists());
    assert!(studio.launch.data_dir().join("hookbell.db").is_file(), "what a person has stays theirs");
    drop(installed);
    Ok(())
}
