//! The tunnel of this data directory: chosen in the settings, run by the process that listens, seen by all.
//!
//! What is wanted stands in the store, so that a command in a script, the window and `hookbell serve` all change
//! the same thing; the process that holds the listener's lock follows it. What the tunnel does is told back through
//! the store. A token is in the keychain and goes to the supervisor alone.

mod chosen;
mod commands;
mod news;
mod providers;
mod run;
mod view;

pub(crate) use self::{
    chosen::{Chosen, heals},
    news::report,
    run::{Hands, Leading, run, tunnel_down},
    view::{elsewhere, now, public_base},
};
