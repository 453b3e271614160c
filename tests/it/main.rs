//! Tests that need no display: the rules of the house.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "in a test, a panic is the way to fail"
)]

mod house;
#[cfg(unix)]
mod reach;
mod release;
mod script;
