//! When a person or the system asks this process to end: Ctrl-C, a terminal that is closed, a signal, a shutdown.
//!
//! All of them mean the same, as a process that just dies leaves its tunnel running and a simulator's keys on disk.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// Waits until this process is asked to end. What can't be listened for never comes.
pub async fn asked_to_end() {
    system::asked_to_end().await;
}
