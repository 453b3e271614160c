//! Notifications about rejected deliveries, once for each webhook.
//!
//! Apple's log reports them too, but nobody opens it before missing something.

use std::{sync::Arc, time::Duration};

use hookbell_store::StoreError;

use crate::{
    api::Importance,
    conditions::Refusing,
    context::Context,
    host::Notification,
    intake::Intake,
    notify::{MAX_BODY_CHARS, MAX_TITLE_CHARS, Notifications, sound},
    refusing,
    text::cut,
};

/// How long rejections are gathered before they are stored.
const GATHER_FOR: Duration = Duration::from_secs(1);

/// Wait before retrying a notification that couldn't be shown.
const RETRY_AFTER: Duration = Duration::from_secs(15);

/// The room of notifications about rejected deliveries.
#[derive(Debug)]
pub(crate) struct RefusalNotices {
    context: Context,
    intake: Arc<Intake>,
    notifications: Arc<Notifications>,
}

impl RefusalNotices {
    pub(crate) fn new(context: Context, intake: Arc<Intake>, notifications: Arc<Notifications>) -> Self {
        Self { context, intake, notifications }
    }

    /// Stores rejections and notifies the person of them, until the engine stops.
    pub(crate) async fn run(self) {
        let watching = async {
            let mut untold = true;
            loop {
                let again = async {
                    match untold {
                        true => tokio::time::sleep(RETRY_AFTER).await,
                        false => std::future::pending().await,
                    }
                };
                tokio::select! {
                    () = self.intake.refusal_added() => {}
                    () = again => {}
                }
                untold = self.tell().await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "refusals could not be counted");
                    true
                });
                tokio::time::sleep(GATHER_FOR).await;
            }
        };
        self.context.unless_stopped(watching).await;
    }

    /// Stores rejections and notifies the person. Returns whether a notification is still pending.
    async fn tell(&self) -> Result<bool, StoreError> {
        self.intake.count_refusals().await?;
        let untold: Vec<_> =
            self.context.conditions.borrow().refusing.iter().filter(|one| !one.told).cloned().collect();
        // A command that serves one webhook reports only to its own terminal.
        if untold.is_empty() || self.context.options.only.is_some() {
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
            let now = self.context.clock.now();
            refusing::know(&self.context, &one.webhook, move |known| known.told_at = Some(now)).await?;
        }
        refusing::check(&self.context).await?;
        Ok(false)
    }

    async fn notification_of(&self, refusing: &Refusing) -> Result<Notification, StoreError> {
        Ok(Notification {
            title: cut("Deliveries rejected", MAX_TITLE_CHARS),
            body: cut(&format!("{}: {}", refusing.name, refusing.reason), MAX_BODY_CHARS),
            route: refusing::route(&self.context, &refusing.webhook).await?,
            importance: Importance::NeedsYou,
            sound: sound(Importance::NeedsYou, self.context.settings.borrow().sound),
            image: None,
            tag: Some(format!("refused-{}", refusing.webhook)),
        })
    }
}
