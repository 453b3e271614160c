//! What core promises to the rest of Hookbell, tested from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod any_bytes;
mod crash;
mod crash_forms;
mod crash_limits;
mod fixture;
mod odd_bodies;
mod own_news;
mod read;
mod ready_made;
mod reference;
mod rules;
mod signature;
mod timeline;
mod vocabulary;
mod words;
