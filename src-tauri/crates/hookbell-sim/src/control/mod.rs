//! The simulator's own controls, under `/sim`: emit events, fail on purpose, look inside, and set the
//! scene. Every one is a function of [`Simulator`](crate::Simulator) too.
//!
//! They need no token: they are not part of what is simulated, and only this machine reaches them.

mod emit;
mod error;
mod routes;
mod scene;
mod state;

pub(crate) use self::{
    emit::emit,
    routes::routes,
    scene::{add_apps, add_feedback, backdate, change_key, expire_pictures},
    state::state,
};
pub use self::{
    emit::{Emit, Sent},
    error::ControlError,
    scene::{AddApps, AddFeedback, Backdate, ChangeKey},
};
