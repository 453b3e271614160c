//! Delivery health, by day and webhook.
//!
//! Hookbell knows what arrived. It learns what failed from App Store Connect's delivery log, which it reads through
//! an account. For a webhook without an account no failures are known, and the answer says so.

use std::collections::{HashMap, HashSet};

use hookbell_core::{WebhookId, timeline::quantile};
use hookbell_store::{Arrived, CaughtUp, Failure, Source, WebhookName};
use jiff::Timestamp;

use super::{Days, Insights};
use crate::api::{
    ApiError, Delay, Gap, HealthCount, HealthDay, HealthOfWebhook, LastFailure, WebhookHealth, WebhookHealthRequest,
};

/// Counts of deliveries, and the known delays in milliseconds.
#[derive(Debug, Clone, Default)]
struct Bin {
    count: HealthCount,
    delays: Vec<i64>,
}

/// Counts for all days and webhooks.
struct Sum {
    /// When each day begins, in milliseconds since 1970.
    starts: Vec<i64>,
    days: Vec<Bin>,
    webhooks: HashMap<WebhookId, Bin>,
    last_failures: HashMap<WebhookId, (i64, String)>,
    early: u32,
}

impl Insights {
    /// The health of all webhooks over the last days. A fetched event counts on the day it happened, a delivered one
    /// on the day it arrived, and a failure on the day App Store Connect tried.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `days` or `timeZone`, or a store error.
    pub async fn webhook_health(&self, request: WebhookHealthRequest) -> Result<WebhookHealth, ApiError> {
        self.health(request, None).await
    }

    /// The same for these webhooks only; for all if none are given.
    pub(super) async fn health(
        &self,
        request: WebhookHealthRequest,
        only: Option<&HashSet<WebhookId>>,
    ) -> Result<WebhookHealth, ApiError> {
        let days = Days::until(self.context.clock.now(), request.days, &request.time_zone)?;
        let since = days.first();
        let store = &self.context.store;
        let (arrived, failures, caught_up, mut names) = tokio::try_join!(
            store.arrived_since(since),
            store.failures_since(since),
            store.caught_up(),
            store.webhook_names(),
        )?;
        let is_asked_for = |webhook: &WebhookId| only.is_none_or(|only| only.contains(webhook));
        let mut sum = Sum::new(&days);
        for arrived in arrived.into_iter().filter(|one| is_asked_for(&one.webhook)) {
            sum.add_arrived(arrived);
        }
        for failure in failures.into_iter().filter(|one| is_asked_for(&one.webhook)) {
            sum.add_failure(failure);
        }
        names.retain(|webhook, _| is_asked_for(webhook));
        Ok(sum.health(&days, &caught_up, names))
    }
}

impl Sum {
    fn new(days: &Days) -> Self {
        let starts: Vec<i64> = days.starts.iter().map(|day| day.timestamp().as_millisecond()).collect();
        Self {
            days: vec![Bin::default(); starts.len()],
            starts,
            webhooks: HashMap::new(),
            last_failures: HashMap::new(),
            early: 0,
        }
    }

    /// The index of the day that a moment falls on, if it is within the period.
    fn day(&self, at: i64) -> Option<usize> {
        self.starts.partition_point(|start| *start <= at).checked_sub(1)
    }

    fn add_arrived(&mut self, arrived: Arrived) {
        let mut own = Bin::default();
        for one in arrived.first {
            let due = match one.source {
                Source::Delivered => one.received_ms,
                Source::Fetched => one.happened_ms.map_or(one.received_ms, |at| at.min(one.received_ms)),
            };
            let Some(day) = self.day(due) else { continue };
            let delay = one.happened_ms.filter(|_| one.source == Source::Delivered).map(|at| one.received_ms - at);
            self.early += u32::from(delay.is_some_and(|delay| delay < 0));
            for bin in [&mut own, &mut self.days[day]] {
                match one.source {
                    Source::Delivered => bin.count.delivered += 1,
                    Source::Fetched => bin.count.fetched += 1,
                }
                bin.delays.extend(delay.map(|delay| delay.max(0)));
            }
        }
        for at in arrived.again_ms {
            let Some(day) = self.day(at) else { continue };
            own.count.delivered += 1;
            self.days[day].count.delivered += 1;
        }
        self.webhooks.insert(arrived.webhook, own);
    }

    fn add_failure(&mut self, failure: Failure) {
        let Some(day) = self.day(failure.at_ms) else { return };
        if !failure.fetched {
            self.days[day].count.failed += 1;
            self.webhooks.entry(failure.webhook.clone()).or_default().count.failed += 1;
        }
        // They are in order, so the last one wins.
        self.last_failures.insert(failure.webhook, (failure.at_ms, failure.reason));
    }

    fn health(mut self, days: &Days, caught_up: &[CaughtUp], names: HashMap<WebhookId, WebhookName>) -> WebhookHealth {
        let mut all = Bin::default();
        for id in names.iter().filter(|(_, known)| !known.removed).map(|(id, _)| id) {
            self.webhooks.entry(id.clone()).or_default();
        }
        for bin in &self.days {
            all.delays.extend(&bin.delays);
            all.count.delivered += bin.count.delivered;
            all.count.fetched += bin.count.fetched;
            all.count.failed += bin.count.failed;
        }
        let mut webhooks: Vec<HealthOfWebhook> = self
            .webhooks
            .into_iter()
            .map(|(id, bin)| {
                let log = caught_up.iter().find(|log| log.webhook == id);
                let name = names.get(&id);
                let lost = log.and_then(|log| log.gap).filter(|(_, to)| *to >= days.first());
                HealthOfWebhook {
                    name: name.map_or_else(|| id.to_string(), |known| known.name.clone()),
                    removed: name.is_none_or(|known| known.removed),
                    count: bin.count,
                    delay: delay(bin.delays),
                    failures_since: log.and_then(|log| log.failures_since).map(|at| at.to_string()),
                    gap: lost.map(|(from, to)| Gap { from: from.to_string(), to: to.to_string() }),
                    last_failure: self.last_failures.remove(&id).and_then(|(at, reason)| {
                        Some(LastFailure { at: Timestamp::from_millisecond(at).ok()?.to_string(), reason })
                    }),
                    id: id.to_string(),
                }
            })
            .collect();
        webhooks.sort_by_cached_key(|webhook| {
            let HealthCount { delivered, fetched, failed } = webhook.count;
            (std::cmp::Reverse(delivered + fetched + failed), webhook.name.to_lowercase(), webhook.id.clone())
        });
        let shown = days.starts.iter().zip(self.days).map(|(start, bin)| HealthDay {
            date: start.date().to_string(),
            count: bin.count,
            delay: delay(bin.delays),
        });
        WebhookHealth { days: shown.collect(), total: all.count, delay: delay(all.delays), early: self.early, webhooks }
    }
}

fn delay(mut delays: Vec<i64>) -> Option<Delay> {
    delays.sort_unstable();
    Some(Delay {
        median_ms: quantile(&delays, 0.5)?,
        p95_ms: quantile(&delays, 0.95)?,
        samples: u32::try_from(delays.len()).unwrap_or(u32::MAX),
    })
}
