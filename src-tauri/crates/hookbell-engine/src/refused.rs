//! A webhook whose deliveries are refused here is trouble at once, and told once.
//!
//! Apple's log says so too, but nobody opens it before they miss something.

use std::{sync::Arc, time::Duration};

use hookbell_store::StoreError;

use crate::{
    api::Importance,
    conditions::Refusing,
    engine::Inner,
    host::Notification,
    notify::{MAX_BODY_CHARS, MAX_TITLE_CHARS, sound},
    refusing,
    text::{cut, segment},
};

/// How long further refusals are added up before they are stored.
const ADDED_UP: Duration = Duration::from_secs(1);

/// How often it is tried to tell what could not be told yet.
const AGAIN: Duration = Duration::from_secs(15);

/// Stores what was refused, and tells of it, until the engine is stopped.
pub(crate) async fn watch(inner: Arc<Inner>) {
    let watching = async {
        let mut untold = true;
        loop {
            let again = async {
                match untold {
                    true => tokio::time::sleep(AGAIN).await,
                    false => std::future::pending().await,
                }
            };
            tokio::select! {
                () = inner.intake.refusal_added() => {}
                () = again => {}
            }
            untold = inner.tell_refused().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "refusals could not be counted");
                true
            });
            tokio::time::sleep(ADDED_UP).await;
        }
    };
    inner.unless_stopped(watching).await;
}

impl Inner {
    /// Stores what was refused and tells the person; says whether somebody is still to be told.
    async fn tell_refused(&self) -> Result<bool, StoreError> {
        self.intake.count_refusals().await?;
        let untold: Vec<_> = self.conditions.borrow().refusing.iter().filter(|one| !one.told).cloned().collect();
        // A command that serves one webhook has nobody to tell but its own terminal.
        if untold.is_empty() || self.options.only.is_some() {
            return Ok(false);
        }
        if !self.notifications.may_show() {
            return Ok(true);
        }
        for one in untold {
            let notification = self.notification_of(&one).await?;
            if self.notifications.show(notification).await.is_err() {
                return Ok(true);
            }
            let now = self.clock.now();
            refusing::know(self, &one.webhook, move |known| known.told_at = Some(now)).await?;
        }
        refusing::check(self).await?;
        Ok(false)
    }

    async fn notification_of(&self, refusing: &Refusing) -> Result<Notification, StoreError> {
        let link = self.store.apple_webhook(&refusing.webhook).await?;
        let route = match link.and_then(|link| link.account.map(|account| (account, link.app))) {
            Some((account, app)) => format!("#/webhooks/{}/{}", segment(account.as_str()), segment(app.as_str())),
            None => format!("#/webhooks/{}", segment(refusing.webhook.as_str())),
        };
        Ok(Notification {
            title: cut("Deliveries are refused", MAX_TITLE_CHARS),
            body: cut(&format!("{}: {}", refusing.name, refusing.reason), MAX_BODY_CHARS),
            route,
            importance: Importance::NeedsYou,
            sound: sound(Importance::NeedsYou, self.settings.borrow().sound),
            image: None,
            tag: Some(format!("refused-{}", refusing.webhook)),
        })
    }
}
