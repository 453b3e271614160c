//! The result of reading a resource. In its own module because the queue remembers it for a moment.

use jiff::Timestamp;

use crate::api::EventDetails;

/// The result of reading.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Found(Box<EventDetails>),
    /// App Store Connect has nothing to say about the event.
    Nothing,
    /// The resource doesn't exist: not yet, no longer, or not for any of the accounts we asked.
    Gone {
        accounts: usize,
    },
    Forbidden(String),
    Later(String),
    /// Until then the rest of the hourly limit is reserved.
    Spent(Timestamp),
}
