//! The child and everything it starts, as one thing that can be ended.

mod note;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{
    io::{self, PipeReader},
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{process::ChildStdin, time::timeout};

use self::note::Note;
pub use self::note::reap;
#[cfg(unix)]
use self::unix as system;
#[cfg(windows)]
use self::windows as system;
use super::provider::{Launch, Programs};
use crate::child;

/// The environment variable by which every process of a tunnel can be told from all others.
const MARK: &str = "HOOKBELL_TUNNEL";

/// A running program with everything it starts. Dropping it kills them all.
#[derive(Debug)]
pub(super) struct Running {
    group: system::Group,
    note: Note,
    ended: bool,
    output: Option<PipeReader>,
    /// Held open: a program that reads it learns that we are gone when it closes.
    _input: Option<ChildStdin>,
}

impl Running {
    /// Starts it in a group of its own, with a note in `dir` for the case that this process dies first.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if the program is not here, or what the system says.
    pub(super) fn start(launch: &Launch, programs: &Programs, dir: &Path) -> io::Result<Self> {
        let program = programs.find(launch.program).ok_or(io::ErrorKind::NotFound)?;
        launch.write_file(dir)?;
        let note = Note::new(dir)?;
        // One pipe for both outputs keeps their lines in the order in which they were written.
        let (output, writer) = io::pipe()?;
        let mut command = child::command(program, launch.passed);
        command.args(&launch.arguments).envs(launch.environment.iter().map(|(name, value)| (name, value)));
        if let Some(verbatim) = &launch.verbatim {
            system::append_verbatim(&mut command, verbatim);
        }
        command.envs(launch.secrets.iter().map(|(name, secret)| (name, secret.expose())));
        command.env(MARK, note.mark()).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(writer.try_clone()?).stderr(writer);
        let (group, input) = system::Group::spawn(command)?;
        let mut running = Self { group, note, ended: false, output: Some(output), _input: input };
        running.note.started(running.group.leader())?;
        Ok(running)
    }

    /// What it writes to both of its outputs, once.
    pub(super) fn output(&mut self) -> Option<PipeReader> {
        self.output.take()
    }

    /// Waits until the program itself has ended. What it started may still run.
    pub(super) async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.group.exited().await
    }

    /// Ends it and everything it started: asked first, killed after `grace`.
    pub(super) async fn end(mut self, grace: Duration) {
        self.group.ask();
        let _ = timeout(grace, self.group.exited()).await;
        self.group.kill();
        self.group.gone().await;
        self.ended = true;
        self.note.clear();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            self.group.kill();
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// What the kernel says of a process: its state is the letter after the name in parentheses.
    fn state(pid: u32) -> Option<char> {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(") ").next()?.chars().next()
    }

    #[tokio::test]
    async fn the_id_of_a_program_that_ended_belongs_to_nobody_else_until_its_group_was_killed() {
        let dir = tempfile::tempdir().unwrap();
        let launch = Launch::of("sh").args(["-c", "exit 3"]);
        let mut running = Running::start(&launch, &Programs::here(), dir.path()).unwrap();
        let pid = running.group.leader();
        assert_eq!(running.exited().await.unwrap().code(), Some(3));
        assert_eq!(state(pid), Some('Z'), "the id is still taken, so a signal to the group reaches no stranger");
        running.end(Duration::from_secs(5)).await;
        assert_eq!(state(pid), None);
    }
}
