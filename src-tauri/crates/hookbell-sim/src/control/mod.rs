//! The simulator's own controls, under `/sim`: emit events, fail on purpose, look inside, and set the
//! scene. Every one is a function of [`Simulator`](crate::Simulator) too.
//!
//! They need no token: they are not part of what is simulated, and only programs on this computer reach
//! them. A web page does not, and they are not there at all unless [`Config::controls`](crate::Config)
//! asks for them.

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

/// Bounds what one call may ask for.
fn at_most(asked: usize, most: usize) -> Result<(), ControlError> {
    if asked > most { Err(ControlError::TooMany { asked, most }) } else { Ok(()) }
}
