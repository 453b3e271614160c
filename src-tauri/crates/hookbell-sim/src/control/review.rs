//! Decides a Beta App Review: starts, approves or rejects it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{error::ControlError, sender::Attempt, testflight, world::World};

/// Moves a build's Beta App Review submission on. The body of `POST /sim/reviews`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideReview {
    /// The submitted build.
    pub build_id: String,
    /// The outcome.
    pub outcome: ReviewOutcome,
}

/// The outcome of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewOutcome {
    /// The review has started.
    InReview,
    /// The build is approved. Testers get it immediately if they are notified automatically.
    Approved,
    /// The build is rejected. Apple's reasons are not in the API.
    Rejected,
}

/// Executes a [`DecideReview`], and returns the deliveries to send.
pub(crate) fn decide_review(
    world: &mut World,
    decide: &DecideReview,
    now: Timestamp,
) -> Result<Vec<Attempt>, ControlError> {
    let build = &decide.build_id;
    let state = testflight::external(world, build);
    if !matches!(state.as_deref(), Some("WAITING_FOR_BETA_REVIEW" | "IN_BETA_REVIEW")) {
        return Err(ControlError::NotInReview(build.clone()));
    }
    Ok(match decide.outcome {
        ReviewOutcome::InReview => testflight::move_external(world, build, "IN_BETA_REVIEW", now),
        ReviewOutcome::Approved => testflight::approve(world, build, now),
        ReviewOutcome::Rejected => testflight::move_external(world, build, "BETA_REJECTED", now),
    })
}
