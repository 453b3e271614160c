//! The engine from the outside: real store, real listener, real sockets; only the keychain, the clock and the desktop
//! are doubles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test may")]

mod asc;
mod deletion;
mod diagnostics;
mod feedback;
mod inbox;
mod insights;
mod keychain;
mod listening;
mod menu;
mod notifications;
#[cfg(unix)]
mod own_news;
#[cfg(unix)]
mod reach;
mod refused;
mod resend;
mod rules;
mod rules_reference;
mod settings;
mod studio;
mod testflight;
mod trackers;
mod updates;
mod uploads;
mod webhooks;
mod welcome;
