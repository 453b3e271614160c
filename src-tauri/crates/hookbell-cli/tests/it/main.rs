//! The real binary, as scripts and terminals use it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test may")]

mod apple;
mod builds;
mod completions;
mod crash;
mod events;
mod feedback;
mod headless;
mod listen;
mod listening;
mod mcp;
mod mistakes;
mod refusals;
mod rules;
mod serve;
#[cfg(target_os = "linux")]
mod terminal;
mod trigger;
mod tunnel;
mod uploads;
mod verify;
