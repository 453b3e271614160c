//! Hookbell's own news: what no webhook tells, put into the inbox as events of its own.
//!
//! Each source says what is to be told now and when to look again. An id is made of what a piece of news is about, so
//! the store keeps it once for good, whoever looks however often. Nothing is polled: the room looks when something was
//! stored, set or fetched, when the tunnel changes, after sleep, and at the next moment that a source named.

mod agreement;
mod digest;
mod distributed;
mod expiring_builds;
mod failing_deliveries;
mod long_waits;
mod tell;
mod tunnel_down;
mod webhook_disabled;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

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

/// A timer stands still while the computer sleeps, and a clock may be moved.
const MAX_SLEEP: Duration = Duration::from_secs(10 * 60);

/// How long to wait before what could not be read is read again.
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
    /// Since when this computer has been awake and Hookbell has run.
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

    /// The computer slept: what happened meanwhile says nothing about this computer's tunnel or listener.
    pub(crate) fn woke(&self) {
        *self.awake_since.lock().unwrap_or_else(PoisonError::into_inner) = self.context.clock.now();
        self.woken.notify_one();
    }

    /// Tells what is due, until this is dropped.
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
            // Many events that come together are looked at once.
            tokio::time::sleep(self.context.options.pace.own_news).await;
        }
    }

    fn until(&self, due: Timestamp) -> Duration {
        let wait = self.context.clock.now().duration_until(due);
        Duration::try_from(wait).unwrap_or_default().min(MAX_SLEEP)
    }

    /// Tells what is due of what somebody wants to hear, and returns when to look again.
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
            // Somebody may have disabled it meanwhile.
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
        let zone = self.context.settings.borrow().quiet_hours.zone();
        found.add(digest::look(store, chosen.digest, &zone, now).await?);
        // What asks App Store Connect comes last: it may take a while.
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
