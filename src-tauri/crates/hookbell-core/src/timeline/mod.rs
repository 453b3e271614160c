//! How versions and builds went through their states, derived from their events.
//!
//! Events arrive late, twice, in any order, or not at all; what they don't show counts as unknown and isn't guessed.
//! Deliberately absent: which events belong to a version and what it is called, which takes more than the events, and
//! the current time: an ongoing stage has no end.

mod pace;
mod spans;
mod stage;

pub use self::{
    pace::{ReviewPace, TypicalTime, quantile},
    spans::{Change, Span, end_sales, spans},
    stage::TimelineStage,
};
