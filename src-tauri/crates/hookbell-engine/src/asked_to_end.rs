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

/// Listens from this call on, and waits until this process is asked to end. What can't be listened for never comes.
///
/// Call it before anybody can know that the process is ready: asked earlier, it just dies. It needs a tokio runtime.
pub fn asked_to_end() -> impl Future<Output = ()> + Send {
    system::asked_to_end()
}
