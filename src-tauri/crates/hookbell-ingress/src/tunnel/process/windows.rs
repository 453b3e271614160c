//! Windows job objects: a child and everything it starts belong to one, and end with it. It also ends when the process
//! that made it does, however that ended, so a crash leaves nothing behind.

use std::{
    ffi::OsStr,
    io,
    os::windows::process::CommandExt,
    process::{Command, ExitStatus},
};

use process_wrap::tokio::{ChildWrapper, CommandWrap, CreationFlags, JobObject, KillOnDrop};
use tokio::process::ChildStdin;
use windows::Win32::System::Threading::{CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW};

/// A program and what it started.
#[derive(Debug)]
pub(super) struct Group {
    job: Box<dyn ChildWrapper>,
    leader: u32,
}

impl Group {
    /// Starts a program in a new job, without our console and its Ctrl-C.
    pub(super) fn spawn(command: Command) -> io::Result<(Self, Option<ChildStdin>)> {
        let mut command = CommandWrap::from(tokio::process::Command::from(command));
        command.wrap(CreationFlags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW)).wrap(KillOnDrop).wrap(JobObject);
        let mut job = command.spawn()?;
        let leader = job.id().ok_or_else(|| io::Error::other("it ended before it had a process id"))?;
        let input = job.stdin().take();
        Ok((Self { job, leader }, input))
    }

    /// The process id of the program itself.
    pub(super) fn leader(&self) -> u32 {
        self.leader
    }

    /// Waits until the program itself has ended.
    pub(super) async fn exited(&mut self) -> io::Result<ExitStatus> {
        self.job.inner_mut().wait().await
    }

    /// A console program without a window can't be asked to end, so this does nothing.
    pub(super) fn ask(&mut self) {}

    /// Ends everything in the job.
    pub(super) fn kill(&mut self) {
        // One that is gone already is as it should be.
        let _ = self.job.start_kill();
    }

    /// Waits until the killed program is gone.
    pub(super) async fn gone(&mut self) {
        let _ = self.exited().await;
    }
}

/// Appends text to the command line as it is: `cmd` has rules of quoting of its own.
pub(super) fn append_verbatim(command: &mut Command, text: &OsStr) {
    command.raw_arg(text);
}

/// Nothing is left behind that could be ended: see above.
pub(super) fn signal_one(_pid: u32, _forced: bool) {}
