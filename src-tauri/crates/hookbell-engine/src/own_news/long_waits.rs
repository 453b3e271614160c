//! News: a version or a build is in one state for unusually long, compared with how long that took before. Once per
//! visit to a state.

use hookbell_core::{Instance, words::OwnNews};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact, known};
use crate::{
    api::{ApiError, EventDetails},
    insights::{Insights, Wait},
};

/// A shorter wait is never unusual.
const AT_LEAST: SignedDuration = SignedDuration::from_hours(24);

/// What counts as unusual while too few samples exist.
const WITHOUT_HISTORY: SignedDuration = SignedDuration::from_hours(72);

/// A wait is unusual if it takes this many times as long as nine out of ten did.
const TIMES_USUAL: i32 = 2;

/// Anything due longer ago is no longer news: Hookbell wasn't running, or history was imported.
const STALE_AFTER: SignedDuration = SignedDuration::from_hours(24 * 7);

pub(super) async fn look(insights: &Insights, now: Timestamp) -> Result<Found, ApiError> {
    let mut found = Found::default();
    for wait in insights.waits(now).await? {
        let due = wait.since.saturating_add(unusual_after(wait.usual)).unwrap_or(Timestamp::MAX);
        if due > now {
            found.wake_at(Some(due));
        } else if now.duration_since(due) < STALE_AFTER {
            found.told.push(told(wait, now));
        }
    }
    Ok(found)
}

/// How long something may last before we report it.
fn unusual_after(usual: Option<SignedDuration>) -> SignedDuration {
    usual.map_or(WITHOUT_HISTORY, |usual| usual.saturating_mul(TIMES_USUAL)).max(AT_LEAST)
}

fn told(wait: Wait, now: Timestamp) -> Told {
    let Wait { details, instance, event_type, state, since, usual } = wait;
    let lasted = now.duration_since(since);
    let state_name = hookbell_core::words::state_name(Some(event_type), &state);
    let usually = usual.map(|usual| fact("Usually up to", hookbell_core::words::duration(usual)));
    let facts = [Some(fact("Status", state_name)), usually].into_iter().flatten().collect();
    Told {
        id: format!("hookbell-unusually-long-{instance}-{state}-{}", since.as_second()),
        news: OwnNews::UnusuallyLong { thing: known(&details), event_type, state, lasted, usual },
        instance: Some(Instance { kind: wait_kind(event_type).to_owned(), id: instance }),
        details: EventDetails { facts, trouble: None, ..details },
    }
}

fn wait_kind(event_type: hookbell_core::EventType) -> &'static str {
    use hookbell_core::EventType as T;
    match event_type {
        T::AppStoreVersionAppVersionStateUpdated => "appStoreVersions",
        T::BuildUploadStateUpdated => "buildUploads",
        _ => "buildBetaDetails",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusual_is_twice_the_usual_and_never_less_than_a_day() {
        let hours = |hours| unusual_after(Some(SignedDuration::from_hours(hours))).as_hours();
        assert_eq!((hours(1), hours(12), hours(30)), (24, 24, 60));
        assert_eq!(unusual_after(None).as_hours(), 72);
    }
}
