//! Process groups (POSIX): a child leads its own group, and a signal to the group reaches every member.
//!
//! A group's number is its leader's process id, which the system may reuse as soon as the leader has been reaped. So
//! the leader's exit is only observed (`waitid` with `WNOWAIT`), and the leader is reaped after the last signal was
//! sent.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    process::{Command, ExitStatus},
    thread,
};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};
use tokio::{
    process::{Child, ChildStderr, ChildStdin, ChildStdout},
    sync::watch,
};

/// A program and what it started. Dropping it kills them all.
#[derive(Debug)]
pub struct ProgramGroup {
    child: Child,
    leader: u32,
    exited: watch::Receiver<Option<ExitStatus>>,
}

impl ProgramGroup {
    /// Starts the leader of a new group. Ctrl-C in a terminal doesn't reach it; ending it is up to us.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if the program doesn't exist, or the system's error.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let mut command = tokio::process::Command::from(command);
        let child = command.process_group(0).kill_on_drop(true).spawn()?;
        let leader = child.id().ok_or_else(|| io::Error::other("it ended before it had a process id"))?;
        let (tell, exited) = watch::channel(None);
        let group = Self { child, leader, exited };
        thread::Builder::new().name("program-exit".to_owned()).spawn(move || {
            if let Some(status) = wait_uncollected(leader) {
                tell.send_replace(Some(status));
            }
        })?;
        Ok(group)
    }

    /// Takes the standard input, if it is a pipe. Returns it only once.
    pub fn input(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// Takes the standard output, if it is a pipe. Returns it only once.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Takes the standard error, if it is a pipe. Returns it only once.
    pub fn errors(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// The program's process id. It isn't reused until the group was killed and is [gone](Self::gone).
    #[must_use]
    pub fn leader(&self) -> u32 {
        self.leader
    }

    /// Waits until the program itself has exited. What it started may still be running.
    ///
    /// # Errors
    /// The system's error.
    pub async fn exited(&mut self) -> io::Result<ExitStatus> {
        let status = *self.exited.wait_for(Option::is_some).await.map_err(io::Error::other)?;
        status.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Asks the group to exit (SIGTERM).
    pub fn ask(&mut self) {
        self.signal(Signal::TERM);
    }

    /// Kills the group (SIGKILL).
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
    }

    /// Waits until the killed leader has exited, and reaps it, which frees its process id.
    pub async fn gone(&mut self) {
        let _ = self.child.wait().await;
    }

    fn signal(&self, signal: Signal) {
        // Once the leader is reaped, there is no id and nobody to signal.
        if let Some(leader) = self.child.id().and_then(pid_of) {
            let _ = kill_process_group(leader, signal);
        }
    }
}

impl Drop for ProgramGroup {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Waits for a child to exit without reaping it; `None` if it was already reaped.
fn wait_uncollected(pid: u32) -> Option<ExitStatus> {
    let pid = pid_of(pid)?;
    loop {
        match waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
            Ok(status) => {
                let status = status?;
                // Encoded as for `wait`: the exit code in the second byte, or the signal in the first.
                let code = status.exit_status().map(|code| (code & 0xff) << 8);
                return code.or_else(|| status.terminating_signal()).map(ExitStatus::from_raw);
            }
        }
    }
}

/// Passes the text as an ordinary argument: Unix needs no special quoting.
pub fn append_verbatim(command: &mut Command, text: &std::ffi::OsStr) {
    command.arg(text);
}

/// Asks or forces one process to exit.
pub fn signal_one(pid: u32, forced: bool) {
    if let Some(pid) = pid_of(pid) {
        // A process that is already gone is fine.
        let _ = kill_process(pid, if forced { Signal::KILL } else { Signal::TERM });
    }
}

/// Rejects 0 and 1, which would signal everyone.
fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::{
        process::Stdio,
        time::{Duration, Instant},
    };

    use tokio::io::{AsyncBufReadExt, BufReader};

    use super::*;

    fn shell(script: &str) -> ProgramGroup {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).stdout(Stdio::piped());
        ProgramGroup::spawn(command).unwrap()
    }

    /// A process's state according to the kernel: the letter after the parenthesized name.
    fn state(pid: u32) -> Option<char> {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(") ").next()?.chars().next()
    }

    async fn ends(pid: u32) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while state(pid).is_some_and(|state| state != 'Z') {
            assert!(Instant::now() < deadline, "{pid} still runs");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The process id that a program prints first.
    async fn printed(group: &mut ProgramGroup) -> u32 {
        let mut line = String::new();
        BufReader::new(group.output().unwrap()).read_line(&mut line).await.unwrap();
        line.trim().parse().unwrap()
    }

    #[tokio::test]
    async fn the_id_of_a_program_that_ended_belongs_to_nobody_else_until_its_group_was_killed() {
        let mut group = shell("exit 3");
        let pid = group.leader();
        assert_eq!(group.exited().await.unwrap().code(), Some(3));
        assert_eq!(state(pid), Some('Z'), "the id is still taken, so a signal to the group reaches no stranger");
        group.kill();
        group.gone().await;
        assert_eq!(state(pid), None);
    }

    #[tokio::test]
    async fn what_a_program_leaves_behind_is_ended_with_it() {
        let mut group = shell("sleep 1000 & echo $!");
        let left = printed(&mut group).await;
        group.exited().await.unwrap();
        assert!(matches!(state(left), Some('R' | 'S')), "it is alive: {:?}", state(left));
        group.kill();
        ends(left).await;
    }

    #[tokio::test]
    async fn a_group_that_is_dropped_is_killed_with_all_that_it_started() {
        let mut group = shell("sleep 1000 & echo $!; wait");
        let (leader, started) = (group.leader(), printed(&mut group).await);
        drop(group);
        ends(started).await;
        ends(leader).await;
    }

    #[tokio::test]
    async fn a_signal_is_the_end_that_is_told() {
        let mut group = shell("kill -9 $$");
        assert_eq!(group.exited().await.unwrap().signal(), Some(9));
    }
}
