//! A stateful App Store Connect simulator: the API with everything Apple enforces, and the sender
//! that signs and delivers webhooks for real.
//!
//! It is written as if it were Apple: from the published description, answering from fixture files,
//! without a line of the client it is there to try. `hookbell simulator` runs it, tests start it, and
//! the demo shows it. Deliberately absent: what the product never asks for. An unknown path or
//! parameter is refused, never answered with a guess.

mod api;
mod build_number;
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
