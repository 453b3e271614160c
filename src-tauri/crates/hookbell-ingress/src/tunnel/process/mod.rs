//! The child and everything it starts, as one thing that can be ended.

mod note;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{io, path::Path, process::ExitStatus, process::Stdio, time::Duration};

use tokio::{
    process::{Child, ChildStdin, Command},
    time::timeout,
};

use self::note::Note;
pub use self::note::reap;
#[cfg(unix)]
use self::unix as system;
#[cfg(windows)]
use self::windows as system;
use super::provider::Launch;

/// The environment variable by which every process of a tunnel can be told from all others.
const MARK: &str = "HOOKBELL_TUNNEL";

/// A running program with everything it starts. Dropping it kills them all.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    pid: u32,
    note: Note,
    ended: bool,
    /// Held open: a program that reads it learns that we are gone when it closes.
    _input: Option<ChildStdin>,
}

impl Running {
    /// Starts it in a group of its own, with a note in `dir` for the case that this process dies first.
    pub(super) fn start(launch: &Launch, dir: &Path) -> io::Result<Self> {
        launch.write_file(dir)?;
        let mut note = Note::new(dir)?;
        let mut command = Command::new(&launch.program);
        command.args(&launch.arguments).envs(launch.environment.iter().map(|(name, value)| (name, value)));
        command.envs(launch.secrets.iter().map(|(name, secret)| (name, secret.expose())));
        command.env(MARK, note.mark()).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        system::apart(&mut command);
        let mut child = command.spawn()?;
        let pid = child.id().unwrap_or_default();
        note.started(pid)?;
        Ok(Self { pid, note, ended: false, _input: child.stdin.take(), child })
    }

    /// What it writes, once.
    pub(super) fn outputs(&mut self) -> (Option<tokio::process::ChildStdout>, Option<tokio::process::ChildStderr>) {
        (self.child.stdout.take(), self.child.stderr.take())
    }

    /// Waits until the program itself has ended.
    pub(super) async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Ends it and everything it started: asked first, killed after `grace`.
    pub(super) async fn end(mut self, grace: Duration) {
        system::ask(self.pid);
        let _ = timeout(grace, self.child.wait()).await;
        system::kill(self.pid);
        let _ = self.child.wait().await;
        self.ended = true;
        self.note.clear();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            system::kill(self.pid);
        }
    }
}
