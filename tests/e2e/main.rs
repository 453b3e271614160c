//! End-to-end tests: the real app on a private display, and before that, the harness itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "in a test, a panic is the way to fail"
)]

mod apple;
mod demo;
mod events;
mod guard;
mod harness;
mod inbox;
mod lifetime;
mod link;
mod package;
mod pictures;
mod rules;
mod secrecy;
mod settings;
mod studio;
mod tray;
mod trouble;
mod tunnel;
mod webhooks;
mod welcome;
