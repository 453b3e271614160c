//! The parts of the end-to-end tests: a private desktop, and what a real one has.
//!
//! Nothing here replaces Hookbell. The app under test is the built binary; around it run a real display server, a real
//! session bus and a real keyring, plus the two programs of a desktop that a test must be able to inspect: the tray
//! host and the notification server. Deliberately absent: anything from the shell, which the tests know only as a
//! process.

pub mod app;
pub mod desktop;
mod error;
pub mod keyring;
pub mod leaks;
pub mod notifications;
pub mod openapi;
pub mod post;
pub mod process;
pub mod procfs;
pub mod program;
pub mod skip;
pub mod trackers;
pub mod tray;
pub mod wait;
pub mod webdriver;

pub use crate::error::Error;
