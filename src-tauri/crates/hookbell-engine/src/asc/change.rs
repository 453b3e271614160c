//! Changes a webhook in App Store Connect: its form, its address, its secret.
//!
//! A new secret is valid here before App Store Connect gets it. The previous one stays valid until we know which of
//! the two is in use, plus one day. So no delivery is rejected in between, whichever half fails.

use std::time::Duration;

use hookbell_asc::{
    Error,
    api::webhooks::{AscWebhook, WebhookChange},
};
use hookbell_core::{AppId, AscWebhookId, Secret, WebhookId};
use hookbell_vault::Key;
use jiff::ToSpan;

use super::{
    AscWebhooks, asc_id,
    form::{checked_types, checked_url},
    last_seen, unsettled,
};
use crate::{
    account::{Access, explain, is_unsettled},
    api::{ApiError, AppWebhook, ListenerState, UpdateAppWebhookRequest},
    ours::{self, Ours},
    random::{self, given_or_new},
    refusing,
    text::checked_name,
};

/// How often a change is resent if its answer is lost. Changes are idempotent.
const MAX_LOST_ANSWERS: u32 = 2;

/// Wait before the first resend. The wait grows by the same amount each time.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// How long another listening process may take to fetch a new secret from the keychain: it polls the store ten times
/// a second, and a keychain takes a few tenths of a second.
const OTHERS_READ_WITHIN: Duration = Duration::from_secs(1);

/// Why a change failed.
pub(crate) enum Unchanged {
    /// App Store Connect refused it, or never received it.
    Refused(Error),
    /// The change may have been made.
    Unknown(Error),
}

impl AscWebhooks {
    /// Changes a webhook; what the request leaves out stays as it is.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] or [`crate::api::ErrorCode::AppleRefused`] at a field, or a keychain
    /// error: nothing was changed. [`crate::api::ErrorCode::OutcomeUnknown`]: it may have been changed; a new secret
    /// is then valid here alongside the old one.
    pub async fn update(&self, request: UpdateAppWebhookRequest) -> Result<AppWebhook, ApiError> {
        let mut change = WebhookChange {
            name: request.name.as_deref().map(|name| checked_name("a webhook", name)).transpose()?,
            url: request.url.as_deref().map(checked_url).transpose()?,
            event_types: request.event_types.as_deref().map(checked_types).transpose()?,
            enabled: request.enabled,
            secret: None,
        };
        let id = asc_id(&request.id)?;
        let access = self.access_to(request.account.as_deref(), &id).await?;
        let _turn = self.changes.take().await;
        let own = ours::find(&self.context.store, &id).await?;
        let given = request.secret.is_some();
        let wants_secret = request.new_secret || given || (request.here && own.is_none());

        let token = own.as_ref().map_or_else(random::token, |own| Ok(own.row.token.clone()))?;
        if request.here {
            change.url = Some(self.claim_url(&access.client, &token).await?);
        }
        let url_changed = change.url.is_some();
        let is_nothing =
            change.name.is_none() && change.url.is_none() && change.event_types.is_none() && change.enabled.is_none();
        if is_nothing && !wants_secret {
            return Err(ApiError::field("request", "nothing to change", "choose what to change"));
        }
        if let (Some(own), Some(false)) = (&own, change.enabled) {
            self.forget_enabled(&own.row.id).await?;
        }
        let secret = if wants_secret { Some(given_or_new(request.secret)?) } else { None };
        // With a key from the command line and a secret from the caller, we must not store either.
        let kept = access.account.is_some() || request.here || !given;
        let (asc, own) = match (secret, own) {
            (Some(secret), Some(own)) => (self.rotate(&access, &own, change, secret).await?, Some(own)),
            (Some(secret), None) if kept => self.take_over(&access, &id, change, secret, token).await?,
            (secret, own) => {
                let change = WebhookChange { secret, ..change };
                (self.patch(&access, &id, &change).await.map_err(|why| why.without_secret())?, own)
            }
        };
        if let Some(own) = &own {
            let name = asc.name.as_deref().unwrap_or(&own.row.name);
            self.context.store.rename_webhook(&own.row.id, name).await?;
            if url_changed {
                self.context.store.remove_stray(&own.row.id).await?;
            }
        }
        let app = match (&own, &asc.app) {
            (Some(own), _) => own.link.app.to_string(),
            (None, Some(app)) => app.id.to_string(),
            (None, None) => self.app_of(&access, &id).await?.to_string(),
        };
        let webhook = self.app_webhook(&access.client, &asc, &app, own.as_ref()).await?;
        last_seen::keep_webhook(&self.context.store, &access, &webhook).await;
        Ok(webhook)
    }
}

impl Unchanged {
    pub(crate) fn without_secret(self) -> ApiError {
        match self {
            Self::Refused(error) => explain(error),
            Self::Unknown(error) => {
                let state = "The webhook may or may not have been changed.";
                unsettled(&error, state, "check the webhook; making the same change again is safe")
            }
        }
    }
}

impl AscWebhooks {
    /// The app of a webhook.
    pub(super) async fn app_of(&self, access: &Access, id: &AscWebhookId) -> Result<AppId, ApiError> {
        let asc = access.client.webhooks().get(id).await.map_err(explain)?;
        asc.app.map(|app| app.id).ok_or_else(|| ApiError::not_found("webhook"))
    }

    /// Gives one of our webhooks a new secret, together with any other changes, in one request.
    async fn rotate(
        &self,
        access: &Access,
        own: &Ours,
        change: WebhookChange,
        secret: Secret,
    ) -> Result<AscWebhook, ApiError> {
        let (row, asc) = (&own.row.id, own.link.apple.as_ref());
        let asc = asc.ok_or_else(|| ApiError::not_found("webhook"))?;
        let (generation, entry) = self.free_generation(row).await?;
        self.context.vault.set(&entry, secret.clone()).await?;
        if let Err(error) = self.context.store.add_generation_beside(row, generation).await {
            self.context.vault.forget(&entry).await;
            return Err(error.into());
        }
        self.registry.refresh(self.context.clock.now()).await?;
        if !matches!(self.context.conditions.borrow().listener, ListenerState::Listening { .. }) {
            tokio::time::sleep(OTHERS_READ_WITHIN).await;
        }
        let change = WebhookChange { secret: Some(secret), ..change };
        match self.patch(access, asc, &change).await {
            Ok(changed) => {
                let now = self.context.clock.now();
                let until = now.saturating_add(random::SECRET_OVERLAP_HOURS.hours()).unwrap_or(now);
                self.context.store.end_generations_before(row, generation, until).await?;
                refusing::settle(&self.context, row, now).await?;
                self.registry.refresh(now).await?;
                Ok(changed)
            }
            Err(Unchanged::Refused(error)) => {
                self.context.store.remove_generation(row, generation).await?;
                self.registry.refresh(self.context.clock.now()).await?;
                self.context.vault.forget(&entry).await;
                Err(explain(error))
            }
            Err(Unchanged::Unknown(error)) => Err(unsettled(
                &error,
                "The secret may or may not have been changed. Hookbell accepts both the old and the new one.",
                "rotate it again once App Store Connect responds; no delivery is rejected until then",
            )),
        }
    }

    /// Adopts a webhook that was made elsewhere: from now on we keep its secret.
    async fn take_over(
        &self,
        access: &Access,
        id: &AscWebhookId,
        change: WebhookChange,
        secret: Secret,
        token: String,
    ) -> Result<(AscWebhook, Option<Ours>), ApiError> {
        let there = access.client.webhooks().get(id).await.map_err(explain)?;
        let app = there.app.as_ref().map(|app| app.id.clone()).ok_or_else(|| ApiError::not_found("webhook"))?;
        let name = there.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "Webhook".to_owned());
        let own = self.prepare_ours(access, &app, Some(id.clone()), &name, secret.clone(), token).await?;
        let change = WebhookChange { secret: Some(secret), ..change };
        match self.patch(access, id, &change).await {
            Ok(changed) => Ok((changed, Some(own))),
            Err(Unchanged::Refused(error)) => {
                self.drop_ours(&own.row.id).await?;
                Err(explain(error))
            }
            Err(Unchanged::Unknown(error)) => Err(unsettled(
                &error,
                "The webhook may or may not have its new secret. Hookbell keeps the secret in case it has.",
                "try again once App Store Connect responds",
            )),
        }
    }

    /// A generation number for a new secret. If a number already has an entry, it may belong to a change in progress.
    async fn free_generation(&self, webhook: &WebhookId) -> Result<(u32, Key), ApiError> {
        let mut generation = self.context.store.current_generation(webhook).await?.unwrap_or(0);
        loop {
            generation = generation.saturating_add(1);
            let entry = Key::webhook_secret(webhook, generation);
            if self.context.vault.get_asking(&entry).await?.is_none() {
                return Ok((generation, entry));
            }
        }
    }

    /// Sends a change, and resends it if the answer is lost.
    pub(crate) async fn patch(
        &self,
        access: &Access,
        id: &AscWebhookId,
        change: &WebhookChange,
    ) -> Result<AscWebhook, Unchanged> {
        let mut lost = 0;
        loop {
            match access.client.webhooks().update(id, change).await {
                Ok(changed) => return Ok(changed),
                Err(error) if is_unsettled(&error) && lost < MAX_LOST_ANSWERS => {
                    lost += 1;
                    tokio::time::sleep(RETRY_AFTER * lost).await;
                }
                Err(error) if is_unsettled(&error) || lost > 0 => return Err(Unchanged::Unknown(error)),
                Err(error) => return Err(Unchanged::Refused(error)),
            }
        }
    }
}
