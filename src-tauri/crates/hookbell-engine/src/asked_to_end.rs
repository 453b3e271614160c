//! Detects when a person or the system asks this process to end: Ctrl-C, a closed terminal, a signal, a shutdown.
//!
//! All of them are handled alike: a process that just dies leaves its tunnel running and a simulator's keys on disk.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// Listens from this call on, and waits until the process is asked to end. Signals that can't be listened for are
/// ignored.
///
/// Call it before announcing that the process is ready: a signal before this call kills it. Needs a tokio runtime.
pub fn asked_to_end() -> impl Future<Output = ()> + Send {
    system::asked_to_end()
}
