//! The vault from outside: in memory, against a keychain that hangs or panics, and against a real one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)]

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod database;
mod deadline;
mod memory;
#[cfg(target_os = "linux")]
mod secret_service;
mod support;
