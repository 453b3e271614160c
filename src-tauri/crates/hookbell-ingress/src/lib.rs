//! How events get in: the local listener that verifies every webhook, and the tunnel that leads to it.
//!
//! This crate ends where trust begins: it hands on [`Verified`](hookbell_core::Verified) deliveries
//! and nothing else. Deliberately absent: the store, the keychain and the meaning of an event.
//! Whoever receives deliveries implements [`listener::Receive`].

pub mod child;
pub mod listener;
pub mod tunnel;
