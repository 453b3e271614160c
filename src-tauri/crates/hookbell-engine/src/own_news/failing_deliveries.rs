//! News: a webhook's deliveries fail, three in a row or a fifth of a day's. Once a day per webhook.
//!
//! A failure counts only if this computer was awake and its tunnel up: that a sleeping laptop misses deliveries isn't
//! news, and they are fetched later.

use hookbell_core::{Instance, words::OwnNews};
use hookbell_store::{Failure, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact};
use crate::{
    api::{EventDetails, TunnelState},
    ours::{self, Ours},
};

/// The fewest failures to report, in a row or in total.
const MIN_FAILURES: usize = 3;

/// Too many of a day's deliveries failed if it is at least one in this many.
const MAX_SHARE_ONE_IN: usize = 5;

const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Only failures after this time say something about the webhook; `None` while the tunnel is down, which is reported
/// separately.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fair(Option<Timestamp>);

impl Fair {
    pub(super) fn of(tunnel: Option<&TunnelState>, awake_since: Timestamp) -> Self {
        match tunnel {
            // Without a tunnel of ours, deliveries may have another route.
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

/// What to report about one webhook. Failures are in order; arrivals need not be.
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
