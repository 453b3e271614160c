//! How versions and builds went through their states, worked out from the events that told of it.
//!
//! Events come late, twice, in any order, or not at all; what can't be known from those that are there
//! is said to be unknown rather than guessed. Deliberately absent: which events belong to one version
//! and how that is called, which needs more than the events themselves, and the present: a stage that
//! lasts has no end.

mod pace;
mod spans;
mod stage;

pub use self::{
    pace::{ReviewPace, TypicalTime, quantile},
    spans::{Change, Span, end_sales, spans},
    stage::TimelineStage,
};
