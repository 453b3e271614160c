//! Hookbell in scripts, with everything real but Apple: processes, a keyring, sockets.

mod accounts;
mod feedback;
mod printed;
mod readme;
mod rules;
mod shapes;
mod trackers;
#[cfg(target_os = "linux")]
mod waiting_runs;

use std::{env, path::PathBuf, process::Output};

use hookbell_tests::{
    Error,
    desktop::Desktop,
    keyring::{Keyring, Lock},
    process::Process,
    skip,
    wait::{self, SOON},
};
use serde_json::Value;

/// The binary that was built along with this test.
fn hookbell() -> PathBuf {
    let test = env::current_exe().unwrap();
    let binary = test.parent().and_then(|deps| deps.parent()).unwrap().join("hookbell");
    assert!(binary.is_file(), "{} is not there; build it with: cargo build -p hookbell-cli", binary.display());
    binary
}

/// A desktop with a keyring, a simulated App Store Connect, and a data directory.
pub struct Script {
    simulator: Process,
    ready: Value,
    keyring: Keyring,
    /// Another `PATH` than this program's.
    pub path: Option<String>,
    pub desktop: Desktop,
}

impl Script {
    /// Starts everything; `None` if a program is not installed.
    pub async fn start() -> Result<Option<Self>, Error> {
        let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else {
            return Ok(None);
        };
        let mut command = desktop.command(&hookbell());
        let mut simulator = Process::start("simulator", command.args(["simulator", "--json"]), &desktop.logs())?;
        let line = simulator.first_line().await?;
        let ready = serde_json::from_str::<Value>(&line).unwrap()["ready"].take();
        Ok(Some(Self { simulator, ready, keyring, path: None, desktop }))
    }

    fn text(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap()
    }

    /// `hookbell serve` on the data directory.
    pub async fn serve(&self) -> Result<Process, Error> {
        let mut command = self.command(&["serve", "--port", "0", "--json"]);
        let mut serving = Process::start("serve", &mut command, &self.desktop.logs())?;
        assert!(serving.first_line().await?.starts_with(r#"{"ready":{"url":"http://127.0.0.1:"#));
        Ok(serving)
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.desktop.command(&hookbell());
        command.args(arguments).env("HOOKBELL_ASC_URL", self.text("url")).env("HOOKBELL_LOG", "trace");
        command.env("HOOKBELL_DATA_DIR", self.desktop.root().join("hookbell"));
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).arg("--json").output().unwrap()
    }

    /// The single JSON document that a command prints.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn add_account(&self) -> Value {
        let mut arguments = vec!["accounts", "add", "--key-id", self.text("keyId")];
        arguments.extend(["--issuer-id", self.text("issuerId"), "--key-file", self.text("privateKeyFile")]);
        self.json(&arguments)
    }

    /// Ends all simulated faults.
    pub async fn clear_faults(&self) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/sim/faults", self.text("url"));
        assert!(client.delete(url).send().await.unwrap().status().is_success());
    }

    pub async fn control(&self, path: &str, body: Value) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}{path}", self.text("url"));
        assert!(client.post(url).json(&body).send().await.unwrap().status().is_success());
    }
}

/// Waits until a process has printed these words.
pub async fn says(process: &Process, words: &str) -> Result<(), Error> {
    let seen = async || process.stdout().contains(words).then_some(());
    wait::eventually(SOON, format!("the line with {words}"), seen).await
}

/// A string in a document.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}
