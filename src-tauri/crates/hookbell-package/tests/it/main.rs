//! Build files that the kit makes, good and broken, and bytes that are anything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod any_bytes;
mod good;
mod hostile;
mod lists;
mod refused;
mod support;
