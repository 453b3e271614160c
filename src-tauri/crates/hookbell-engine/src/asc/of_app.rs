//! The webhooks of an app, with what this computer knows about them.

use futures_util::{StreamExt, stream};
use hookbell_asc::{
    Client,
    api::webhooks::{AscWebhook, MAX_PER_APP},
};
use hookbell_core::{AccountId, AppId, AscWebhookId};
use jiff::{SignedDuration, Timestamp};

use super::{AscWebhooks, MAX_CONCURRENT_REQUESTS, last_seen};
use crate::{
    account::{Access, explain},
    api::{ApiError, App, AppWebhook, AppWebhooks, AppWebhooksRequest},
    ours::{self, Ours},
};

/// If App Store Connect never confirmed one of our webhooks and still lacks it after this long, it was never made.
/// Until then its secret is kept, because a request whose answer was lost may take effect late.
const NEVER_MADE_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// During this time another process may still be asking App Store Connect for a webhook. One with a payload URL
/// elsewhere can be recognized only by its name, so it is matched only afterwards.
const STILL_MAKING: SignedDuration = SignedDuration::from_mins(2);

impl AscWebhooks {
    /// The webhooks of one app, each with the outcome of its deliveries.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] at `app`, or an App Store Connect or keychain error.
    pub async fn of_app(&self, request: AppWebhooksRequest) -> Result<AppWebhooks, ApiError> {
        let access = self.accounts.access(request.account.as_deref()).await?;
        let app = self.apps.one(&access, request.app.trim()).await?;
        let read = self.read_webhooks(&access, &app).await?;
        let with_log = stream::iter(read).map(async |(asc, mut webhook)| {
            match self.health(&access, &asc, &app).await {
                Ok(health) => (webhook.last, webhook.failed) = (health.last, Some(health.failed)),
                Err(error) => webhook.trouble = webhook.trouble.or(Some(error)),
            }
            webhook
        });
        let webhooks = with_log.buffered(MAX_CONCURRENT_REQUESTS).collect().await;
        let read_at = self.context.clock.now();
        let list = app_webhooks(&access, app.clone(), webhooks, read_at);
        last_seen::keep_webhooks(&self.context.store, &access, std::slice::from_ref(&list), read_at).await;
        Ok(list)
    }
}

pub(super) fn app_webhooks(access: &Access, app: App, webhooks: Vec<AppWebhook>, read_at: Timestamp) -> AppWebhooks {
    AppWebhooks {
        account: access.account.as_ref().map(ToString::to_string),
        app,
        webhooks,
        most: u32::try_from(MAX_PER_APP).unwrap_or(u32::MAX),
        read_at: Some(read_at.to_string()),
        trouble: None,
    }
}

impl AscWebhooks {
    /// The webhooks of an app, each with its representation for the window.
    pub(super) async fn read_webhooks(
        &self,
        access: &Access,
        app: &App,
    ) -> Result<Vec<(AscWebhook, AppWebhook)>, ApiError> {
        let id = AppId::new(app.id.as_str()).map_err(|_| ApiError::not_found("app"))?;
        let read = access.client.webhooks().of_app(&id).all().await.map_err(explain)?;
        let mut ours = ours::list(&self.context.store).await?;
        if self.settle(&id, &read, &ours).await? {
            ours = ours::list(&self.context.store).await?;
        }
        let mut webhooks = Vec::new();
        for asc in read {
            let own = ours.iter().find(|own| own.link.apple.as_ref() == Some(&asc.id));
            let webhook = self.app_webhook(&access.client, &asc, &app.id, own).await?;
            webhooks.push((asc, webhook));
        }
        Ok(webhooks)
    }

    /// The client for a webhook: the named account's, else that of the account that made it.
    pub(super) async fn access_to(&self, account: Option<&str>, id: &AscWebhookId) -> Result<Access, ApiError> {
        if account.is_some() || self.context.options.given_key.is_some() {
            return self.accounts.access(account).await;
        }
        let made_with = ours::find(&self.context.store, id).await?.and_then(|own| own.link.account);
        self.accounts.access(made_with.as_ref().map(AccountId::as_str)).await
    }

    /// Matches existing webhooks with those of ours whose creation was never confirmed. Returns whether anything
    /// about ours changed.
    async fn settle(&self, app: &AppId, there: &[AscWebhook], ours: &[Ours]) -> Result<bool, ApiError> {
        let mut changed = false;
        let taken: Vec<&AscWebhookId> = ours.iter().filter_map(|own| own.link.apple.as_ref()).collect();
        let now = self.context.clock.now();
        for waiting in ours.iter().filter(|own| own.link.apple.is_none() && own.link.app == *app) {
            let free = |asc: &&AscWebhook| !taken.contains(&&asc.id);
            let age = now.duration_since(waiting.row.created_at);
            let same = |asc: &&AscWebhook| {
                waiting.is_at(asc.url.as_deref().unwrap_or_default())
                    || (age > STILL_MAKING && asc.name.as_deref() == Some(waiting.row.name.as_str()))
            };
            match there.iter().filter(free).find(same) {
                Some(asc) => {
                    changed |= self.context.store.set_apple_id(&waiting.row.id, &asc.id).await?;
                }
                None if age > NEVER_MADE_AFTER => {
                    self.drop_ours(&waiting.row.id).await?;
                    changed = true;
                }
                None => {}
            }
        }
        Ok(changed)
    }

    /// Converts an App Store Connect webhook for the window.
    pub(super) async fn app_webhook(
        &self,
        client: &Client,
        asc: &AscWebhook,
        app: &str,
        own: Option<&Ours>,
    ) -> Result<AppWebhook, ApiError> {
        let plain = AppWebhook {
            id: asc.id.to_string(),
            app: app.to_owned(),
            name: asc.name.clone().unwrap_or_default(),
            url: asc.url.clone().unwrap_or_default(),
            enabled: asc.enabled.unwrap_or_default(),
            event_types: asc.event_types.iter().flatten().map(|name| name.as_str().to_owned()).collect(),
            local: None,
            here: false,
            moved: false,
            previous_secret_until: None,
            last: None,
            failed: None,
            trouble: None,
        };
        let mut webhook = self.with_ours(plain, own).await?;
        if let Some(own) = own.filter(|_| webhook.here) {
            let current = self.own_url(client, &own.row.token).await;
            webhook.moved = current.is_ok_and(|current| current != webhook.url);
            if webhook.moved && webhook.trouble.is_none() {
                let stale = ours::stale(&self.context.store).await?.into_iter();
                webhook.trouble = stale.filter(|one| one.local == own.row.id.as_str()).find_map(|one| one.trouble);
            }
        }
        Ok(webhook)
    }

    /// Adds what this computer knows about a webhook.
    pub(super) async fn with_ours(&self, mut webhook: AppWebhook, own: Option<&Ours>) -> Result<AppWebhook, ApiError> {
        let Some(own) = own else { return Ok(webhook) };
        let generations = self.context.store.generations(&own.row.id, self.context.clock.now()).await?;
        let previous = generations.iter().filter_map(|generation| generation.valid_until).max();
        webhook.previous_secret_until = previous.map(|until| until.to_string());
        webhook.here = own.is_at(&webhook.url);
        webhook.local = Some(own.row.id.to_string());
        webhook.trouble = self.registry.trouble(&own.row.id);
        Ok(webhook)
    }
}
