//! News: somebody else, or Apple, disabled one of our webhooks. Nothing announces that, so each webhook is read once
//! a day, and when its deliveries fail. Reported if one was enabled, no longer is, and Hookbell didn't do it.

use std::sync::{Arc, Mutex, PoisonError};

use hookbell_core::words::OwnNews;
use jiff::{SignedDuration, Timestamp};

use super::{
    failing_deliveries::instance,
    tell::{Told, fact, tell},
};
use crate::{
    api::{ApiError, EventDetails},
    asc::AscWebhooks,
    context::Context,
    ours::Ours,
};

/// How long after the start the first check runs: a start has enough to do.
const FIRST_LOOK_AFTER: SignedDuration = SignedDuration::from_mins(10);

const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug)]
pub(super) struct WebhookDisabled {
    context: Context,
    asc_webhooks: Arc<AscWebhooks>,
    look_at: Mutex<Timestamp>,
}

impl WebhookDisabled {
    pub(super) fn new(context: Context, asc_webhooks: Arc<AscWebhooks>, now: Timestamp) -> Self {
        Self { context, asc_webhooks, look_at: Mutex::new(now + FIRST_LOOK_AFTER) }
    }

    /// Schedules a check now.
    pub(super) fn look_soon(&self, now: Timestamp) {
        *self.look_at.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Checks if it is time. `tells` says whether to report the result; it is remembered in any case.
    pub(super) async fn look(&self, tells: bool, now: Timestamp) -> Result<Option<Timestamp>, ApiError> {
        let look_at = *self.look_at.lock().unwrap_or_else(PoisonError::into_inner);
        if now < look_at {
            return Ok(Some(look_at));
        }
        let next = now + LOOK_AGAIN_AFTER;
        *self.look_at.lock().unwrap_or_else(PoisonError::into_inner) = next;
        let seen = self.asc_webhooks.look_whether_enabled().await?;
        if tells {
            let told = seen.disabled.iter().map(|own| told(own, now)).collect();
            tell(&self.context.store, told, now).await?;
        }
        // Only now: anything not reported because of a crash is found again.
        self.asc_webhooks.remember_enabled(&seen).await?;
        Ok(Some(next))
    }
}

fn told(own: &Ours, now: Timestamp) -> Told {
    Told {
        id: format!("hookbell-webhook-disabled-{}-{}", own.row.id, now.strftime("%F")),
        news: OwnNews::WebhookDisabled { webhook: own.row.name.clone() },
        instance: instance(own),
        details: EventDetails { facts: vec![fact("Webhook", &own.row.name)], ..EventDetails::default() },
    }
}
