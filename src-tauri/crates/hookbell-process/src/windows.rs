//! Windows job objects: a child and everything it starts belong to one job and end with it. The job also ends when the
//! process that created it ends for any reason, so a crash leaves nothing behind.

use std::{
    ffi::OsStr,
    io,
    os::windows::process::CommandExt,
    process::{Command, ExitStatus},
};

use process_wrap::tokio::{ChildWrapper, CommandWrap, CreationFlags, JobObject, KillOnDrop};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use windows::Win32::System::Threading::{CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW};

/// A program and what it started. Dropping it kills them all.
#[derive(Debug)]
pub struct ProgramGroup {
    job: Box<dyn ChildWrapper>,
    leader: u32,
}

impl ProgramGroup {
    /// Starts a program in a new job, without our console and its Ctrl-C.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if the program doesn't exist, or the system's error.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let mut command = CommandWrap::from(tokio::process::Command::from(command));
        command.wrap(CreationFlags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW)).wrap(KillOnDrop).wrap(JobObject);
        let job = command.spawn()?;
        let leader = job.id().ok_or_else(|| io::Error::other("it ended before it had a process id"))?;
        Ok(Self { job, leader })
    }

    /// Takes the standard input, if it is a pipe. Returns it only once.
    pub fn input(&mut self) -> Option<ChildStdin> {
        self.job.stdin().take()
    }

    /// Takes the standard output, if it is a pipe. Returns it only once.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.job.stdout().take()
    }

    /// Takes the standard error, if it is a pipe. Returns it only once.
    pub fn errors(&mut self) -> Option<ChildStderr> {
        self.job.stderr().take()
    }

    /// The program's process id.
    #[must_use]
    pub fn leader(&self) -> u32 {
        self.leader
    }

    /// Waits until the program itself has exited. What it started may still be running.
    ///
    /// # Errors
    /// The system's error.
    pub async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.job.inner_mut().wait().await
    }

    /// Does nothing: a console program without a window can't be asked to exit.
    pub fn ask(&mut self) {}

    /// Ends everything in the job.
    pub fn kill(&mut self) {
        // A process that is already gone is fine.
        let _ = self.job.start_kill();
    }

    /// Waits until the killed program has exited.
    pub async fn gone(&mut self) {
        let _ = self.exited().await;
    }
}

impl Drop for ProgramGroup {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Appends text to the command line as is: `cmd` has its own quoting rules.
pub fn append_verbatim(command: &mut Command, text: &OsStr) {
    command.raw_arg(text);
}

/// Does nothing: the job leaves no processes behind, see above.
pub fn signal_one(_pid: u32, _forced: bool) {}
