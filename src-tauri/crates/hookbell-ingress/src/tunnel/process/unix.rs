//! Process groups (POSIX): a child leads one of its own, and a signal to the group reaches all of it.
//!
//! The number of a group is the process id of its leader, and the system may give it to somebody else as soon as the
//! leader's end was collected. So its end is only watched (`waitid` with `WNOWAIT`), and collected after the last
//! signal went to the group.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    process::{Command, ExitStatus},
    thread,
};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};
use tokio::{
    process::{Child, ChildStdin},
    sync::watch,
};

/// A program and what it started.
#[derive(Debug)]
pub(super) struct Group {
    child: Child,
    leader: u32,
    exited: watch::Receiver<Option<ExitStatus>>,
}

impl Group {
    /// Starts the leader of a new group. Ctrl-C in a terminal does not reach it; ending it is ours.
    pub(super) fn spawn(command: Command) -> io::Result<(Self, Option<ChildStdin>)> {
        let mut command = tokio::process::Command::from(command);
        let mut child = command.process_group(0).kill_on_drop(true).spawn()?;
        let leader = child.id().ok_or_else(|| io::Error::other("it ended before it had a process id"))?;
        let input = child.stdin.take();
        let (tell, exited) = watch::channel(None);
        let group = Self { child, leader, exited };
        thread::Builder::new().name("tunnel-exit".to_owned()).spawn(move || {
            if let Some(status) = wait_uncollected(leader) {
                tell.send_replace(Some(status));
            }
        })?;
        Ok((group, input))
    }

    /// The process id of the program itself.
    pub(super) fn leader(&self) -> u32 {
        self.leader
    }

    /// Waits until the program itself has ended.
    pub(super) async fn exited(&mut self) -> io::Result<ExitStatus> {
        let status = *self.exited.wait_for(Option::is_some).await.map_err(io::Error::other)?;
        status.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Asks the group to end.
    pub(super) fn ask(&mut self) {
        self.signal(Signal::TERM);
    }

    /// Kills the group.
    pub(super) fn kill(&mut self) {
        self.signal(Signal::KILL);
    }

    /// Waits until the killed leader is gone, and gives its process id back to the system.
    pub(super) async fn gone(&mut self) {
        let _ = self.child.wait().await;
    }

    fn signal(&self, signal: Signal) {
        // Once the end of the leader is collected there is no id, and nobody to signal.
        if let Some(leader) = self.child.id().and_then(pid_of) {
            let _ = kill_process_group(leader, signal);
        }
    }
}

/// Waits for the end of a child and leaves it for somebody else to collect; `None` if somebody did.
fn wait_uncollected(pid: u32) -> Option<ExitStatus> {
    let pid = pid_of(pid)?;
    loop {
        match waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
            Ok(status) => {
                let status = status?;
                // As `wait` encodes it: the exit code in the second byte, or the signal in the first.
                let code = status.exit_status().map(|code| (code & 0xff) << 8);
                return code.or_else(|| status.terminating_signal()).map(ExitStatus::from_raw);
            }
        }
    }
}

/// Nothing is passed to a program in a form of its own here.
pub(super) fn append_verbatim(command: &mut Command, text: &std::ffi::OsStr) {
    command.arg(text);
}

/// Asks, or forces, one process to end.
pub(super) fn signal_one(pid: u32, forced: bool) {
    if let Some(pid) = pid_of(pid) {
        // One that is gone already is as it should be.
        let _ = kill_process(pid, if forced { Signal::KILL } else { Signal::TERM });
    }
}

/// Never 0 or 1, which would mean everybody.
fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw)
}
