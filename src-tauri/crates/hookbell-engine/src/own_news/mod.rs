//! Hookbell's own news: what no webhook reports, added to the inbox as events.
//!
//! Each source returns what to report now and when to check again. An id is derived from what the news is about, so
//! the store keeps it only once, however often and in whichever process the check runs. Nothing is polled: the room
//! checks when something was stored, set or fetched, when the tunnel changes, after sleep, and at the next time that
//! a source named.

mod agreement;
mod digest;
mod distributed;
mod expiring_builds;
mod failing_deliveries;
mod long_waits;
mod tell;
mod tunnel_down;
mod uploads;
mod webhook_disabled;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

pub(crate) use self::uploads::UPLOADS;
use self::{
    expiring_builds::ExpiringBuilds, failing_deliveries::Fair, tell::Found, tunnel_down::TunnelDown,
    webhook_disabled::WebhookDisabled,
};
use crate::{
    account::Accounts,
    api::{ApiError, OwnNewsChoice, TunnelState},
    asc::AscWebhooks,
    context::Context,
    insights::Insights,
};

/// Timers stand still while the computer sleeps, and the clock may be changed.
const MAX_SLEEP: Duration = Duration::from_secs(10 * 60);

/// Wait before retrying after a read failed.
const RETRY_AFTER: Duration = Duration::from_secs(60);

/// The room of Hookbell's own news.
#[derive(Debug)]
pub(crate) struct OwnNewsRoom {
    context: Context,
    insights: Arc<Insights>,
    /// Whether missed events, and failures with them, are being fetched.
    catching_up: watch::Receiver<bool>,
    expiring_builds: ExpiringBuilds,
    webhook_disabled: WebhookDisabled,
    /// Since when this computer has been awake with Hookbell running.
    awake_since: Mutex<Timestamp>,
    woken: Notify,
}

impl OwnNewsRoom {
    pub(crate) fn new(
        context: Context,
        accounts: Arc<Accounts>,
        asc_webhooks: Arc<AscWebhooks>,
        insights: Arc<Insights>,
        catching_up: watch::Receiver<bool>,
    ) -> Self {
        let now = context.clock.now();
        Self {
            expiring_builds: ExpiringBuilds::new(context.clone(), accounts),
            webhook_disabled: WebhookDisabled::new(context.clone(), asc_webhooks, now),
            awake_since: Mutex::new(now),
            woken: Notify::new(),
            context,
            insights,
            catching_up,
        }
    }

    /// Call after the computer slept: failures from that time say nothing about this computer's tunnel or listener.
    pub(crate) fn woke(&self) {
        *self.awake_since.lock().unwrap_or_else(PoisonError::into_inner) = self.context.clock.now();
        self.woken.notify_one();
    }

    /// Reports what is due, until dropped.
    pub(crate) async fn run(&self) {
        let mut stored = self.context.store.changes();
        let mut settings = self.context.settings.subscribe();
        let mut conditions = self.context.conditions.subscribe();
        let mut catching_up = self.catching_up.clone();
        let mut tunnel_down = TunnelDown::default();
        loop {
            stored.mark_unchanged();
            let chosen = settings.borrow_and_update().own_news;
            let tunnel = conditions.borrow_and_update().tunnel.as_ref().map(|status| status.tunnel.clone());
            let is_catching_up = *catching_up.borrow_and_update();
            let wait = match self.look(chosen, &mut tunnel_down, tunnel.as_ref()).await {
                Ok(due) => due.map_or(MAX_SLEEP, |due| self.until(due)),
                Err(error) => {
                    tracing::warn!(%error, "Hookbell's own news wait");
                    RETRY_AFTER
                }
            };
            let tunnel_changes =
                conditions.wait_for(|now| now.tunnel.as_ref().map(|status| &status.tunnel) != tunnel.as_ref());
            tokio::select! {
                changed = stored.changed() => if changed.is_err() { return },
                changed = settings.wait_for(|now| now.own_news != chosen) => if changed.is_err() { return },
                changed = tunnel_changes => if changed.is_err() { return },
                changed = catching_up.wait_for(|now| is_catching_up && !now) => if changed.is_err() { return },
                () = self.woken.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
            // Handle a burst of events in one check.
            tokio::time::sleep(self.context.options.pace.own_news).await;
        }
    }

    fn until(&self, due: Timestamp) -> Duration {
        let wait = self.context.clock.now().duration_until(due);
        Duration::try_from(wait).unwrap_or_default().min(MAX_SLEEP)
    }

    /// Reports what is due and enabled in the settings, and returns when to check again.
    async fn look(
        &self,
        chosen: OwnNewsChoice,
        tunnel_down: &mut TunnelDown,
        tunnel: Option<&TunnelState>,
    ) -> Result<Option<Timestamp>, ApiError> {
        let now = self.context.clock.now();
        let awake_since = *self.awake_since.lock().unwrap_or_else(PoisonError::into_inner);
        let store = &self.context.store;
        let mut found = Found::default();
        let down = tunnel_down.look(tunnel, awake_since, now);
        if chosen.tunnel {
            found.add(down);
        }
        if chosen.failing {
            let failing = failing_deliveries::look(store, Fair::of(tunnel, awake_since), now).await?;
            // Somebody may have disabled it in the meantime.
            if !failing.told.is_empty() && !tell::untold(store, &failing.told).await?.is_empty() {
                self.webhook_disabled.look_soon(now);
            }
            found.add(failing);
        }
        if chosen.agreement {
            found.add(agreement::look(store, now).await?);
        }
        if chosen.unusually_long {
            found.add(long_waits::look(&self.insights, now).await?);
        }
        found.add(distributed::look(store, now).await?);
        found.add(uploads::look(store, now).await?);
        let zone = self.context.settings.borrow().quiet_hours.zone();
        found.add(digest::look(store, chosen.digest, &zone, now).await?);
        // Sources that ask App Store Connect come last, because they may take a while.
        tell::tell(store, found.told, now).await?;
        let mut due = found.due;
        if chosen.expiry {
            let expiring = self.expiring_builds.look(now).await?;
            tell::tell(store, expiring.told, now).await?;
            due = tell::earlier(due, expiring.due);
        }
        Ok(tell::earlier(due, self.webhook_disabled.look(chosen.disabled, now).await?))
    }
}
