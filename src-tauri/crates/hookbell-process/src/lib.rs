//! A program and everything it starts, as one unit that can be ended.
//!
//! Tunnels and rule commands are other people's programs, which start further programs. Ending only the first would
//! leave the others running. On Unix they form a process group, on Windows a job object.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use self::unix::{ProgramGroup, append_verbatim, signal_one};
#[cfg(windows)]
pub use self::windows::{ProgramGroup, append_verbatim, signal_one};
