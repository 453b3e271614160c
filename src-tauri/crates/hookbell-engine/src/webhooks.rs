//! Local webhooks: a payload URL and a secret. Those with an account are changed in App Store Connect too.
//!
//! The secret goes from the form, or from the system's random generator, to the keychain, and from there to the
//! clipboard; no reply contains it. The keychain is written before the store, so that an interruption leaves at worst
//! an entry that nobody uses.

use std::sync::Arc;

use hookbell_core::{Secret, SignatureError, WebhookId};
use hookbell_store::{NewWebhook, Origin, StoredRefusal, StoredWebhook};
use hookbell_vault::Key;
use jiff::ToSpan;

use crate::{
    api::{
        self, AddWebhookRequest, ApiError, AppWebhookRequest, CopySecretReply, LastEvent, Refused,
        RenameWebhookRequest, RotateSecretRequest, TestReply, UpdateAppWebhookRequest, Webhook, WebhookRequest,
    },
    asc::AscWebhooks,
    clipboard::Clipboard,
    context::Context,
    random::{self, given_or_new},
    refusing,
    registry::Registry,
    test_ping,
    text::checked_name,
    turns::Turns,
};

/// The room of local webhooks.
#[derive(Debug)]
pub struct Webhooks {
    context: Context,
    registry: Arc<Registry>,
    asc: Arc<AscWebhooks>,
    clipboard: Arc<Clipboard>,
    /// Serializes changes to a webhook or its secret, here and in App Store Connect.
    changes: Arc<Turns>,
}

impl Webhooks {
    pub(crate) fn new(
        context: Context,
        registry: Arc<Registry>,
        asc: Arc<AscWebhooks>,
        clipboard: Arc<Clipboard>,
        changes: Arc<Turns>,
    ) -> Self {
        Self { context, registry, asc, clipboard, changes }
    }

    /// All webhooks, oldest first.
    ///
    /// # Errors
    /// [`api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Webhook>, ApiError> {
        let mut shown = Vec::new();
        for webhook in self.context.store.webhooks().await? {
            shown.push(self.shown(webhook).await?);
        }
        Ok(shown)
    }

    /// Adds a webhook; its path is new and unguessable.
    ///
    /// # Errors
    /// [`api::ErrorCode::InvalidInput`] at `name` or `secret`, or a keychain error.
    pub async fn add(&self, request: AddWebhookRequest) -> Result<Webhook, ApiError> {
        let name = checked_name("a webhook", &request.name)?;
        let secret = given_or_new(request.secret)?;
        let id = WebhookId::new(format!("local-{}", random::short_id()?))
            .map_err(|error| ApiError::field("name", error.to_string(), "try again"))?;
        self.context.vault.set(&Key::webhook_secret(&id, 1), secret).await?;
        let token = random::token()?;
        let created_at = self.context.clock.now();
        let webhook = NewWebhook { id: id.clone(), name, token, origin: Origin::Local, created_at };
        self.context.store.add_webhook_with_secret(webhook).await?;
        self.taken_over(&id).await
    }

    /// Renames a webhook.
    ///
    /// # Errors
    /// [`api::ErrorCode::InvalidInput`] at `name`, [`api::ErrorCode::NotFound`].
    pub async fn rename(&self, request: RenameWebhookRequest) -> Result<Webhook, ApiError> {
        let name = checked_name("a webhook", &request.name)?;
        let webhook = self.known(&request.id).await?;
        if let Some(there) = self.managed(&webhook.id).await? {
            self.asc.update(UpdateAppWebhookRequest { name: Some(name.clone()), ..there }).await?;
        }
        self.context.store.rename_webhook(&webhook.id, &name).await?;
        self.taken_over(&webhook.id).await
    }

    /// Removes a webhook and its secrets. Its events stay, under its former name. A webhook that is managed through
    /// an account is deleted in App Store Connect first.
    ///
    /// The listener forgets it at once. If the keychain can't be used now, its entry is removed later.
    ///
    /// # Errors
    /// [`api::ErrorCode::NotFound`].
    pub async fn remove(&self, request: WebhookRequest) -> Result<(), ApiError> {
        let webhook = self.known(&request.id).await?;
        match self.managed(&webhook.id).await? {
            Some(UpdateAppWebhookRequest { account, id, .. }) => {
                self.asc.delete(AppWebhookRequest { account, id }).await
            }
            None => self.asc.drop_ours(&webhook.id).await,
        }
    }

    /// Gives a webhook a new secret; the previous one stays valid for 24 hours.
    ///
    /// # Errors
    /// [`api::ErrorCode::InvalidInput`] at `secret`, [`api::ErrorCode::NotFound`], or a keychain error: then the
    /// secret is unchanged.
    pub async fn rotate_secret(&self, request: RotateSecretRequest) -> Result<Webhook, ApiError> {
        let webhook = self.known_local(&request.id).await?;
        if let Some(there) = self.managed(&webhook.id).await? {
            let request = UpdateAppWebhookRequest { new_secret: true, secret: request.secret, ..there };
            self.asc.update(request).await?;
            return self.taken_over(&webhook.id).await;
        }
        let secret = given_or_new(request.secret)?;
        // Two concurrent rotations would both write the same next secret.
        let _turn = self.changes.take().await;
        let current = self.context.store.current_generation(&webhook.id).await?.unwrap_or(0);
        self.context.vault.set(&Key::webhook_secret(&webhook.id, current + 1), secret).await?;
        let now = self.context.clock.now();
        let until = now.saturating_add(random::SECRET_OVERLAP_HOURS.hours()).unwrap_or(now);
        self.context.store.add_generation(&webhook.id, current + 1, until).await?;
        refusing::settle(&self.context, &webhook.id, now).await?;
        self.taken_over(&webhook.id).await
    }

    /// Copies the current secret to the clipboard for a minute.
    ///
    /// # Errors
    /// [`api::ErrorCode::NotFound`], [`api::ErrorCode::Clipboard`], or a keychain error.
    pub async fn copy_secret(&self, request: WebhookRequest) -> Result<CopySecretReply, ApiError> {
        let webhook = self.known_local(&request.id).await?;
        let secret = self.current_secret(&webhook.id).await?;
        self.clipboard.copy_secret(secret).await?;
        let seconds = self.context.options.pace.clipboard.as_secs();
        Ok(CopySecretReply { clears_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) })
    }

    /// Copies the payload URL to the clipboard.
    ///
    /// # Errors
    /// [`api::ErrorCode::NotFound`], [`api::ErrorCode::NotListening`] or [`api::ErrorCode::Clipboard`].
    pub async fn copy_payload_url(&self, request: WebhookRequest) -> Result<(), ApiError> {
        let webhook = self.known(&request.id).await?;
        let url = self.context.conditions.borrow().payload_url(&webhook.token).ok_or_else(ApiError::not_listening)?;
        self.clipboard.copy(url).await
    }

    /// Signs a ping with a webhook's secret, posts it to its payload URL, and returns the result.
    ///
    /// # Errors
    /// [`api::ErrorCode::NotFound`], [`api::ErrorCode::NotListening`], or a keychain error.
    pub async fn send_test(&self, request: WebhookRequest) -> Result<TestReply, ApiError> {
        let webhook = self.known_local(&request.id).await?;
        let url = self.context.conditions.borrow().local_url(&webhook.token).ok_or_else(ApiError::not_listening)?;
        let secret = self.current_secret(&webhook.id).await?;
        test_ping::send(&self.context, url, &secret).await
    }

    /// A webhook's current secret; may ask the person to unlock the keychain.
    pub(crate) async fn current_secret(&self, id: &WebhookId) -> Result<Secret, ApiError> {
        let current = self.context.store.current_generation(id).await?.unwrap_or(0);
        let secret = self.context.vault.get_asking(&Key::webhook_secret(id, current)).await?;
        secret.ok_or_else(|| ApiError::not_found("secret"))
    }

    /// The base of an update request for a webhook that is managed through an account, if it is. One made with a key
    /// that isn't stored is known only here.
    async fn managed(&self, id: &WebhookId) -> Result<Option<UpdateAppWebhookRequest>, ApiError> {
        let link = self.context.store.apple_webhook(id).await?;
        Ok(link.and_then(|link| link.account.zip(link.apple)).map(|(account, apple)| UpdateAppWebhookRequest {
            account: Some(account.to_string()),
            id: apple.to_string(),
            ..UpdateAppWebhookRequest::default()
        }))
    }

    async fn known(&self, id: &str) -> Result<StoredWebhook, ApiError> {
        let missing = || ApiError::not_found("webhook");
        let id = WebhookId::new(id).map_err(|_| missing())?;
        self.context.store.webhook(&id).await?.ok_or_else(missing)
    }

    /// A webhook whose secret is in the keychain.
    async fn known_local(&self, id: &str) -> Result<StoredWebhook, ApiError> {
        let webhook = self.known(id).await?;
        match webhook.origin {
            Origin::Local | Origin::Account => Ok(webhook),
            Origin::Command => Err(ApiError::new(
                api::ErrorCode::InvalidInput,
                "this webhook’s secret is held by hookbell listen, not the keychain",
                "change it where that command was started",
            )),
        }
    }

    /// A webhook after the listener has applied the change.
    async fn taken_over(&self, id: &WebhookId) -> Result<Webhook, ApiError> {
        self.registry.refresh(self.context.clock.now()).await?;
        self.shown(self.known(id.as_str()).await?).await
    }

    async fn shown(&self, webhook: StoredWebhook) -> Result<Webhook, ApiError> {
        let store = &self.context.store;
        let now = self.context.clock.now();
        let tally = store.tally(&webhook.id).await?;
        let generations = store.generations(&webhook.id, now).await?;
        let mut refusals = store.refusals().await?;
        refusals.retain(|refusal| refusal.webhook == webhook.id);
        // A verified delivery settles all earlier rejections.
        let verified_at = store.last_delivery(&webhook.id).await?;
        let is_open = |refusal: &&StoredRefusal| verified_at.is_none_or(|verified_at| refusal.last_at > verified_at);
        let last_refusal = refusals.iter().filter(is_open).max_by_key(|refusal| refusal.last_at);
        Ok(Webhook {
            payload_url: self.context.conditions.borrow().payload_url(&webhook.token),
            trouble: self.registry.trouble(&webhook.id),
            created_at: webhook.created_at.to_string(),
            events: tally.events,
            last: tally.last.map(|last| LastEvent {
                seq: last.seq,
                title: last.title,
                at: last.received_at.to_string(),
            }),
            refused: last_refusal.map(|last| Refused {
                count: refusals.iter().map(|refusal| refusal.count).sum(),
                last_at: last.last_at.to_string(),
                mismatch: last.reason == SignatureError::Mismatch.to_string(),
                reason: last.reason.clone(),
            }),
            previous_secret_until: generations
                .iter()
                .filter_map(|generation| generation.valid_until)
                .max()
                .map(|at| at.to_string()),
            id: webhook.id.to_string(),
            name: webhook.name,
            origin: webhook.origin,
        })
    }
}
