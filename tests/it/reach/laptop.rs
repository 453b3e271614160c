//! The laptop of the day: an engine in a separate process, which is this test program started again.
//!
//! It has a real store, listener, tunnel and child processes. Only the keychain and the desktop are files, because they
//! must outlive it, and a minute is a few hundredths of a second.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use hookbell_core::Secret;
use hookbell_engine::{
    ClipboardError, Hookbell, Host, Notification, NotifyError, Options, Pace, Rhythm,
    api::{ListenerState, Push},
};
use hookbell_tests::{Error, process::Process};
use hookbell_vault::{Key, Keychain, Vault, VaultError};

/// Tells the restarted program that it is the laptop, and gives its folder.
const FOLDER: &str = "HOOKBELL_DAY";

/// A keychain in a folder: one file per entry.
struct Files(PathBuf);

impl Files {
    fn path(&self, key: &Key) -> PathBuf {
        self.0.join(key.account().replace(['/', ':'], "_"))
    }
}

impl Keychain for Files {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        Ok(fs::read_to_string(self.path(key)).ok().and_then(|text| Secret::new(text).ok()))
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        fs::write(self.path(key), secret.expose()).unwrap();
        Ok(())
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        let _ = fs::remove_file(self.path(key));
        Ok(())
    }

    fn check(&mut self) -> Result<(), VaultError> {
        Ok(())
    }

    fn start_afresh(&mut self) {}
}

/// A desktop that logs what it showed.
struct Paper(PathBuf);

impl Host for Paper {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        // A notification with a tag replaces the previous one from the same run.
        let tag =
            notification.tag.as_ref().map(|tag| format!("{tag} of run {}", std::process::id())).unwrap_or_default();
        let line = format!("{}\t{}\t{tag}\n", notification.title, notification.route);
        let paper = fs::OpenOptions::new().create(true).append(true).open(&self.0);
        paper.and_then(|mut paper| paper.write_all(line.as_bytes())).map_err(|_| NotifyError::NoService)
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}

/// A folder's engine, opened but not started.
pub async fn open(folder: &Path) -> Hookbell {
    let keychain = folder.join("keychain");
    fs::create_dir_all(&keychain).unwrap();
    let options = Options {
        port: Some(0),
        vault: Vault::with(Files(keychain)),
        pace: pace(),
        ..Options::new(folder.join("data"))
    };
    Hookbell::open(options, Arc::new(Paper(folder.join("shown")))).await.unwrap()
}

fn pace() -> Pace {
    Pace {
        tunnel: Rhythm {
            probe_every: Duration::from_millis(100),
            probe_timeout: Duration::from_millis(500),
            again_after: Duration::from_millis(30),
            misses: 2,
            address_within: Duration::from_secs(5),
            verified_within: Duration::from_secs(2),
            wait: (Duration::from_millis(20), Duration::from_millis(200)),
            steady: Duration::from_millis(500),
            grace: Duration::from_secs(2),
            watch_every: Duration::from_millis(200),
            ..Rhythm::default()
        },
        catch_up: Duration::from_secs(1),
        minute: Duration::from_millis(500),
        again: (Duration::from_millis(100), Duration::from_millis(500)),
        ..Pace::default()
    }
}

/// Runs until killed, and writes down the listener's port. Does nothing if this program is only a test.
#[tokio::test]
async fn runs_where_it_is_told_to() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let hookbell = open(&folder).await;
    hookbell.start();
    if let ListenerState::Listening { port, .. } = hookbell.listener().await {
        fs::write(folder.join("port.new"), port.to_string()).unwrap();
        fs::rename(folder.join("port.new"), folder.join("port")).unwrap();
    }
    std::future::pending::<()>().await;
}

/// Starts this program again as the laptop.
pub fn start(folder: &Path) -> Result<Process, Error> {
    let _ = fs::remove_file(folder.join("port"));
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "reach::laptop::runs_where_it_is_told_to", "--nocapture"]);
    command.env(FOLDER, folder).env("HOOKBELL_LOG", "off").stdin(Stdio::null());
    Process::start("laptop", &mut command, folder)
}

/// The tunnel's script: prints the address in the folder's file, and again whenever it changes.
pub fn tunnel_fields(folder: &Path) -> BTreeMap<String, String> {
    let command = format!(
        "while :; do now=$(cat '{}/address' 2>/dev/null); [ \"$now\" = \"$last\" ] || {{ last=$now; echo \"$now\"; }}; \
         sleep 0.02; done",
        folder.display()
    );
    BTreeMap::from([("command".to_owned(), command), ("pattern".to_owned(), r"(http\S+)".to_owned())])
}
