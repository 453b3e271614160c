//! The simulator's controls under `/sim`: emit events, inject faults, inspect the state, and set up scenarios. Each is
//! also a function of [`Simulator`](crate::Simulator).
//!
//! They need no token: they are not part of the simulated API, and only programs on this computer can reach them. Web
//! pages can't. They exist only if [`Config::controls`](crate::Config) enables them.

mod apps;
mod emit;
mod feedback;
mod prospect;
mod review;
mod routes;
mod scene;
mod state;

pub use self::{
    apps::AddApps,
    emit::Sent,
    feedback::AddFeedback,
    review::{DecideReview, ReviewOutcome},
    scene::{Backdate, ChangeKey},
};
pub(crate) use self::{
    apps::add_apps,
    emit::emit,
    feedback::add_feedback,
    prospect::prospects,
    review::decide_review,
    routes::routes,
    scene::{backdate, change_key, expire_pictures},
    state::state,
};

use crate::error::ControlError;

/// Limits what one call can request.
fn at_most(asked: usize, most: usize) -> Result<(), ControlError> {
    if asked > most { Err(ControlError::TooMany { asked, most }) } else { Ok(()) }
}
