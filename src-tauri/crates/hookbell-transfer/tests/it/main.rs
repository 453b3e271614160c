//! Parts sent over real sockets to a model of the storage.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod any_interleaving;
mod desk;
mod failing;
mod sending;
mod storage;
