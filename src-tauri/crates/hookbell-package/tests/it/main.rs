//! Build files from the kit, valid and broken, and arbitrary bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod any_bytes;
mod good;
mod hostile;
mod lists;
mod refused;
mod support;
