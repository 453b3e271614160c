//! The simulator over real sockets: what Apple enforces, the sender, faults, and persistence.
//!
//! With `HOOKBELL_ASC_OPENAPI` every answer to [`client::Client`] is also validated against Apple's API description.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod apps;
mod client;
mod controls;
mod deliveries;
mod events;
mod faults;
mod feedback;
mod kept;
/// The validator is shared with the client's tests, and included as a file because no crate may depend on the tests.
#[allow(dead_code, unreachable_pub, reason = "shared by file")]
#[path = "../../../../../tests/src/openapi.rs"]
mod openapi;
mod queries;
mod rate;
mod receiver;
mod resources;
mod testflight;
mod tokens;
mod uploads;
mod webhooks;
