//! A webhook's deliveries fail: three in a row, or a fifth of a day's. It tells once a day for each webhook.
//!
//! Only failures count for which this computer was awake and its tunnel up: that a laptop misses deliveries while it
//! sleeps is no news, and they are fetched.

use hookbell_core::{Instance, words::OwnNews};
use hookbell_store::{Failure, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact};
use crate::{
    api::{EventDetails, TunnelState},
    ours::{self, Ours},
};

/// The fewest failures that are news, in a row or among others.
const MIN_FAILURES: usize = 3;

/// The share of a day's deliveries that is too many: one in so many.
const MAX_SHARE_ONE_IN: usize = 5;

const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

/// From when on a failure says something about the webhook; `None` while the tunnel is down, which is news of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fair(Option<Timestamp>);

impl Fair {
    pub(super) fn of(tunnel: Option<&TunnelState>, awake_since: Timestamp) -> Self {
        match tunnel {
            // Whoever has no tunnel of ours may have a way of their own.
            None | Some(TunnelState::Off) => Self(Some(awake_since)),
            Some(TunnelState::Up { since, .. }) => Self(since.parse::<Timestamp>().ok().map(|up| up.max(awake_since))),
            Some(TunnelState::Starting | TunnelState::Retrying { .. } | TunnelState::Failed { .. }) => Self(None),
        }
    }
}

pub(super) async fn look(store: &Store, fair: Fair, now: Timestamp) -> Result<Found, StoreError> {
    let Fair(Some(fair)) = fair else { return Ok(Found::default()) };
    let since = fair.max(now.saturating_sub(ONE_DAY).unwrap_or(Timestamp::MIN));
    let failures = store.failures_since(since).await?;
    if failures.len() < MIN_FAILURES {
        return Ok(Found::default());
    }
    let arrived = store.arrived_since(since).await?;
    let mut found = Found::default();
    for own in ours::list(store).await? {
        let failed: Vec<&Failure> = failures.iter().filter(|failure| failure.webhook == own.row.id).collect();
        let arrived = arrived.iter().find(|arrived| arrived.webhook == own.row.id);
        let delivered: Vec<i64> = arrived.map_or_else(Vec::new, |arrived| {
            let first = arrived.first.iter().filter(|one| one.source == hookbell_store::Source::Delivered);
            first.map(|one| one.received_ms).chain(arrived.again_ms.iter().copied()).collect()
        });
        found.told.extend(verdict(&own, &failed, &delivered, now));
    }
    Ok(found)
}

/// What to tell of one webhook. Failures come in order; arrivals in any.
fn verdict(own: &Ours, failed: &[&Failure], delivered: &[i64], now: Timestamp) -> Option<Told> {
    let last_delivered = delivered.iter().max();
    let in_a_row = failed.iter().filter(|failure| last_delivered.is_none_or(|last| failure.at_ms > *last)).count();
    let all = failed.len() + delivered.len();
    let (count, of) = match in_a_row {
        MIN_FAILURES.. => (in_a_row, None),
        _ if failed.len() >= MIN_FAILURES && failed.len() * MAX_SHARE_ONE_IN >= all => (failed.len(), Some(all)),
        _ => return None,
    };
    let reason = failed.last().map(|failure| fact("Last failure", &failure.reason));
    Some(Told {
        id: format!("hookbell-deliveries-failing-{}-{}", own.row.id, now.strftime("%F")),
        news: OwnNews::DeliveriesFailing { webhook: own.row.name.clone(), failed: count, of },
        instance: instance(own),
        details: EventDetails {
            facts: [Some(fact("Webhook", &own.row.name)), reason].into_iter().flatten().collect(),
            ..EventDetails::default()
        },
    })
}

/// The webhook in App Store Connect.
pub(super) fn instance(own: &Ours) -> Option<Instance> {
    own.link.apple.as_ref().map(|id| Instance { kind: "webhooks".to_owned(), id: id.to_string() })
}
