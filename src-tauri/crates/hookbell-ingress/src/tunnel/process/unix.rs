//! Process groups (POSIX): a child leads one of its own, and a signal to the group reaches all of it.

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::process::Command;

/// Lets the child lead a group of its own. Ctrl-C in a terminal then does not reach it; ending it is ours.
pub(super) fn apart(command: &mut Command) {
    command.process_group(0);
}

/// Asks the group to end.
pub(super) fn ask(leader: u32) {
    signal_group(leader, Signal::TERM);
}

/// Kills the group.
pub(super) fn kill(leader: u32) {
    signal_group(leader, Signal::KILL);
}

/// Asks, or forces, one process to end.
pub(super) fn signal_one(pid: u32, forced: bool) {
    if let Some(pid) = pid_of(pid) {
        // One that is gone already is as it should be.
        let _ = kill_process(pid, if forced { Signal::KILL } else { Signal::TERM });
    }
}

fn signal_group(leader: u32, signal: Signal) {
    if let Some(leader) = pid_of(leader) {
        let _ = kill_process_group(leader, signal);
    }
}

/// Never 0 or 1, which would mean everybody.
fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw)
}
