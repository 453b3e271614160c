//! Both engines from outside: real stores, real listeners, and the simulated App Store Connect; only the user's
//! keychain and the desktop are fakes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test may")]

mod bindings;
mod demo;
mod studio;
