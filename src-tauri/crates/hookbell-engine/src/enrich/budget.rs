//! Reserves part of a key's hourly limit for what somebody asks for by hand.
//!
//! Every answer from App Store Connect says what is left of a rolling hour. Below the reserve, reading stops until
//! enough of this program's own requests are an hour old. If other programs used up the limit, it checks again a
//! little later.

use hookbell_asc::Client;
use jiff::{SignedDuration, Timestamp};

/// One part in this many of the hourly limit is reserved for what somebody asks for by hand.
const RESERVED_FRACTION: u32 = 10;

/// The same while reading feedback, which may use more.
const RESERVED_FRACTION_FROM_FEEDBACK: u32 = 20;

/// Reading resumes with at least one part in this many above the reserve, so that it doesn't stop again at once.
const RESUME_FRACTION: u32 = 20;

/// How long an answer about the limit is trusted.
const LIMIT_KNOWN_FOR: SignedDuration = SignedDuration::from_mins(5);

/// When reading may continue; `None` if it may continue now.
pub(crate) fn spent_until(client: &Client, feedback: bool, now: Timestamp) -> Option<Timestamp> {
    let hour = client.rate_limit().borrow().hour?;
    let rest = hour.limit / if feedback { RESERVED_FRACTION_FROM_FEEDBACK } else { RESERVED_FRACTION };
    if hour.remaining > rest || now.duration_since(hour.at) > LIMIT_KNOWN_FOR {
        return None;
    }
    let missing = (rest - hour.remaining).saturating_add((hour.limit / RESUME_FRACTION).max(1));
    let regained = client.regained_at(missing).filter(|at| *at > now);
    Some(regained.unwrap_or_else(|| now.saturating_add(LIMIT_KNOWN_FOR).unwrap_or(now)))
}
