//! How much of a key's hourly limit may go into details that nobody asked for.
//!
//! App Store Connect says with each answer what is left of a rolling hour. Below a rest, reading stops until enough
//! of what this program used is an hour old; where other programs used the limit, it looks again a little later.

use hookbell_asc::Client;
use jiff::{SignedDuration, Timestamp};

/// A tenth of the hourly limit is left for what somebody asks for by hand.
const LEFT_BY_HAND: u32 = 10;

/// Feedback may go down to a twentieth.
const LEFT_AFTER_FEEDBACK: u32 = 20;

/// Reading goes on with at least a twentieth of the limit, so that it does not stop again at once.
const ROOM: u32 = 20;

/// What App Store Connect said of the limit longer ago may not be true any more.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// When reading goes on, if what is left of the hour is for other things.
pub(super) fn spent_until(client: &Client, feedback: bool, now: Timestamp) -> Option<Timestamp> {
    let hour = client.rate_limit().borrow().hour?;
    let rest = hour.limit / if feedback { LEFT_AFTER_FEEDBACK } else { LEFT_BY_HAND };
    if hour.remaining > rest || now.duration_since(hour.at) > LOOK_AGAIN {
        return None;
    }
    let missing = (rest - hour.remaining).saturating_add((hour.limit / ROOM).max(1));
    let regained = client.regained_at(missing).filter(|at| *at > now);
    Some(regained.unwrap_or_else(|| now.saturating_add(LOOK_AGAIN).unwrap_or(now)))
}
