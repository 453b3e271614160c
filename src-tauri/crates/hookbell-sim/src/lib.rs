//! A stateful App Store Connect simulator: the API with everything Apple enforces, and the sender that really signs and
//! delivers webhooks.
//!
//! It is written as if it were Apple: from the published description, with answers from fixture files, and without
//! sharing code with the client that it tests. `hookbell simulator` runs it, tests start it, and the demo uses it.
//! Deliberately absent: what the product never requests. An unknown path or parameter is refused, never answered with a
//! guess.

mod api;
mod config;
mod control;
mod error;
mod fixture;
mod gate;
mod keys;
mod links;
mod processing;
mod sender;
mod server;
mod shared;
mod simulator;
mod testflight;
mod world;

pub use crate::{
    config::{Config, SimClock},
    control::{AddApps, AddFeedback, Backdate, ChangeKey, DecideReview, ReviewOutcome, Sent},
    error::{ControlError, SimulatorError},
    gate::{Counts, Fault, FaultKind, SimulatorSettings, TokenError},
    keys::Role,
    sender::{Emit, Prospect},
    simulator::{Ready, Simulator},
    world::AttemptState,
};
