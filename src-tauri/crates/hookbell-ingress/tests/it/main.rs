//! The listener over real sockets. Each test has its own listener on a free port.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod body;
mod connections;
mod hostile;
mod port;
mod slow;
mod stop;
mod support;
mod table;
#[cfg(unix)]
mod tunnel;
