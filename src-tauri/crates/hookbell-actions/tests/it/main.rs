//! Actions against real servers and real programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod certificates;
mod chats;
mod commands;
mod forwarding;
mod pictures;
mod server;
