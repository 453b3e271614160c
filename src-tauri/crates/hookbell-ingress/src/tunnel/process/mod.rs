//! The child and all its descendants, ended as one.

mod note;

use std::{
    io::{self, PipeReader},
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use hookbell_process::{ProgramGroup, append_verbatim};
use tokio::{process::ChildStdin, time::timeout};

use self::note::Note;
pub use self::note::reap;
use super::provider::{Launch, Programs};
use crate::child;

/// The environment variable that marks every process of a tunnel.
const MARK: &str = "HOOKBELL_TUNNEL";

/// A running program with its descendants. Dropping it kills them all.
#[derive(Debug)]
pub(super) struct Running {
    group: ProgramGroup,
    note: Note,
    output: Option<PipeReader>,
    /// Held open: a program that reads it notices when we are gone, because it closes.
    _input: Option<ChildStdin>,
}

impl Running {
    /// Starts it in its own process group, with a note in `dir` in case this process dies first.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if the program isn't installed, or the system's error.
    pub(super) fn start(launch: &Launch, programs: &Programs, dir: &Path) -> io::Result<Self> {
        let program = programs.find(launch.program).ok_or(io::ErrorKind::NotFound)?;
        launch.write_file(dir)?;
        let note = Note::new(dir)?;
        // One pipe for both outputs preserves the order of their lines.
        let (output, writer) = io::pipe()?;
        let mut command = child::command(program, launch.passed);
        command.args(&launch.arguments).envs(launch.environment.iter().map(|(name, value)| (name, value)));
        if let Some(verbatim) = &launch.verbatim {
            append_verbatim(&mut command, verbatim);
        }
        command.envs(launch.secrets.iter().map(|(name, secret)| (name, secret.expose())));
        command.env(MARK, note.mark()).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(writer.try_clone()?).stderr(writer);
        let mut group = ProgramGroup::spawn(command)?;
        let input = group.input();
        let mut running = Self { group, note, output: Some(output), _input: input };
        running.note.started(running.group.leader())?;
        Ok(running)
    }

    /// Takes the pipe with both of its outputs. Only works once.
    pub(super) fn output(&mut self) -> Option<PipeReader> {
        self.output.take()
    }

    /// Waits until the program itself has exited. Its descendants can still run.
    pub(super) async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.group.exited().await
    }

    /// Ends it and its descendants: SIGTERM first, then a kill after `grace`.
    pub(super) async fn end(mut self, grace: Duration) {
        self.group.ask();
        let _ = timeout(grace, self.group.exited()).await;
        self.group.kill();
        self.group.gone().await;
        self.note.clear();
    }
}
