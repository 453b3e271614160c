//! The client against real sockets: every operation with recorded answers, and every bad day.
//!
//! Answers are files, served as they are. With `HOOKBELL_ASC_OPENAPI` each of them, and each request
//! that asked for it, is also held against Apple's own description of the API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests")]

mod builds;
mod check;
mod faults;
mod jwt;
mod keys;
/// The judge is shared with the simulator's tests, and by file, as no crate may depend on the tests.
#[allow(dead_code, unreachable_pub, reason = "shared by file")]
#[path = "../../../../../tests/src/openapi.rs"]
mod openapi;
mod paging;
mod reading;
mod resources;
mod secrecy;
mod server;
mod webhooks;
mod world;
