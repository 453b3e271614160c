//! Windows has no process groups that could be ended; `taskkill /T` ends a process with its descendants.

use std::process::{Command as Plain, Stdio};

use tokio::process::Command;

/// `CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW`: no Ctrl-C from our console, and no console window.
const FLAGS: u32 = 0x0000_0200 | 0x0800_0000;

const NO_WINDOW: u32 = 0x0800_0000;

/// Keeps the child apart from our console.
pub(super) fn apart(command: &mut Command) {
    command.creation_flags(FLAGS);
}

/// A console program without a window can't be asked to end, so this does nothing.
pub(super) fn ask(_leader: u32) {}

/// Ends the process and its descendants.
pub(super) fn kill(leader: u32) {
    taskkill(leader);
}

/// Ends one process and its descendants.
pub(super) fn signal_one(pid: u32, forced: bool) {
    if forced {
        taskkill(pid);
    }
}

fn taskkill(pid: u32) {
    use std::os::windows::process::CommandExt;

    let mut command = Plain::new("taskkill");
    command.args(["/T", "/F", "/PID", &pid.to_string()]).creation_flags(NO_WINDOW);
    // One that is gone already is as it should be.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
