//! Follows the terminal part of the README line by line on a fresh machine: an empty home, a keyring, no account.

use std::{
    collections::BTreeMap,
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use hookbell_tests::{
    Error,
    desktop::Desktop,
    keyring::{Keyring, Lock},
    process::Process,
    skip,
};
use serde_json::Value;

use super::{hookbell, text};

/// The comment on a line whose command runs until it is stopped.
const KEEP_RUNNING: &str = "keep it running";

/// A reader of the README, with what has been shown so far.
struct Reader {
    desktop: Desktop,
    folder: PathBuf,
    /// The exported variables.
    exported: Vec<(String, String)>,
    /// The values for the README's words in capitals, and the ports: this machine may already use those of the README.
    shown: BTreeMap<&'static str, String>,
    running: Vec<(String, Process)>,
}

impl Reader {
    /// The command in a line for this reader, without its comment.
    fn read(&self, line: &str) -> String {
        let command = line.split("  #").next().unwrap_or_default().trim().to_owned();
        self.shown.iter().fold(command, |line, (name, value)| line.replace(name, value))
    }

    fn shell(&self, line: &str) -> Command {
        let mut command = self.desktop.command(Path::new("/bin/sh"));
        let programs = hookbell().parent().unwrap().display().to_string();
        let path = env::var("PATH").unwrap_or_default();
        command.args(["-c", line]).current_dir(&self.folder).env("PATH", format!("{programs}:{path}"));
        command.env("HOOKBELL_PORT", &self.shown["8377"]).envs(self.exported.iter().cloned());
        command
    }

    async fn follow(&mut self, line: &str) -> Result<(), Error> {
        let command = self.read(line);
        if let Some((name, value)) = command.strip_prefix("export ").and_then(|export| export.split_once('=')) {
            self.exported.push((name.to_owned(), value.to_owned()));
            return Ok(());
        }
        if line.contains(KEEP_RUNNING) || command == "hookbell serve" {
            // Only one process can use a data directory: the README says to stop the previous one.
            self.running.retain(|(running, _)| running.contains("simulator"));
            let mut process =
                Process::start("README", &mut self.shell(&format!("exec {command}")), &self.desktop.logs())?;
            let ready: Value = serde_json::from_str(&process.first_line().await?).unwrap();
            self.learn(&command, &ready["ready"]);
            self.running.push((command, process));
            return Ok(());
        }
        let Output { status, stdout, stderr } = self.shell(&command).output().unwrap();
        let said = String::from_utf8_lossy(&stderr);
        // Nothing here can show a notification, and the doctor reports that.
        let expected: &[i32] = if command == "hookbell doctor" { &[0, 1] } else { &[0] };
        assert!(status.code().is_some_and(|code| expected.contains(&code)), "{command}: {said}");
        let printed = String::from_utf8_lossy(&stdout);
        let printed = serde_json::Deserializer::from_str(&printed).into_iter::<Value>().next();
        if let Some(Ok(printed)) = printed {
            self.learn(&command, &printed);
        }
        Ok(())
    }

    /// Remembers printed values that later lines refer to in capitals.
    fn learn(&mut self, command: &str, printed: &Value) {
        let mut learn = |name, value: &Value| {
            self.shown.insert(name, value.as_str().unwrap_or_else(|| panic!("{command}: {printed}")).to_owned());
        };
        if command.starts_with("hookbell simulator") {
            learn("KEY_FILE", &printed["privateKeyFile"]);
            learn("ISSUER_ID", &printed["issuerId"]);
        } else if command.starts_with("hookbell events --limit") {
            learn("EVENT_ID", &printed["event"]["id"]);
        } else if command == "hookbell apps" {
            learn("APP_ID", &printed[0]["id"]);
        } else if command.starts_with("hookbell webhooks create") {
            learn("WEBHOOK_ID", &printed["id"]);
        } else if command.starts_with("hookbell webhooks ping") {
            assert_eq!(text(printed, "outcome"), "arrived", "{printed}");
        } else if command.starts_with("hookbell feedback list") {
            learn("FEEDBACK_ID", &printed[0]["id"]);
        }
    }
}

/// The commands of the README's terminal part, in order.
fn lines() -> Vec<String> {
    let readme = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap();
    let readme = readme.replace("\r\n", "\n");
    let (_, part) = readme.split_once("\n## In the terminal\n").unwrap();
    let part = part.split("\n## ").next().unwrap();
    let blocks = part.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}

#[tokio::test]
async fn the_terminal_part_of_the_readme_can_be_followed_line_by_line_on_a_fresh_machine() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(()) };
    let Some(_keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(()) };
    let folder = desktop.root().join("home");
    let shown = BTreeMap::from([("8377", free_port()), ("8399", free_port())]);
    let mut reader = Reader { desktop, folder, exported: Vec::new(), shown, running: Vec::new() };
    let lines = lines();
    assert!(lines.len() > 15, "{lines:?}");
    for line in &lines {
        reader.follow(line).await?;
    }
    assert!(reader.folder.join("issue-42/feedback.md").is_file(), "the last file that the README promises");
    Ok(())
}
