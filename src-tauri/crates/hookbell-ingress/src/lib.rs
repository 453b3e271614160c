//! How events get in: the local listener that verifies every webhook, and the tunnel that leads to it.
//!
//! This crate is the trust boundary: it passes on only [`Verified`](hookbell_core::Verified) deliveries. Deliberately
//! absent: the store, the keychain and the meaning of events. The receiver of deliveries implements
//! [`listener::Receive`].

pub mod child;
pub mod listener;
pub mod tunnel;
