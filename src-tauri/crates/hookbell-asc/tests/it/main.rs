//! The client against real sockets: every operation with recorded answers, and every kind of failure.
//!
//! Answers are files, served verbatim. With `HOOKBELL_ASC_OPENAPI`, each answer and its request are also validated
//! against Apple's API description.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests")]

mod builds;
mod check;
mod faults;
mod jwt;
mod keys;
/// The validator is shared with the simulator's tests, and included as a file because no crate may depend on the tests.
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
