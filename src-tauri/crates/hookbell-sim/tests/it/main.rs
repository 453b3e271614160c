//! The simulator over real sockets: what Apple enforces, the sender, faults, and what it keeps.
//!
//! With `HOOKBELL_ASC_OPENAPI` every answer that [`client::Client`] gets is also held against Apple's own
//! description of the API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod apps;
mod client;
mod controls;
mod deliveries;
mod events;
mod faults;
mod feedback;
mod kept;
/// The judge is shared with the client's tests, and by file, as no crate may depend on the tests.
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
