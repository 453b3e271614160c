//! Our side of a webhook: prepared before App Store Connect is asked, taken back when it refuses.

use hookbell_core::{AppId, AscWebhookId, Secret, WebhookId};
use hookbell_store::{AppleWebhook, NewWebhook, Origin};
use hookbell_vault::Key;

use crate::{
    account::Access,
    api::{ApiError, ErrorCode},
    engine::Inner,
    ours::Ours,
    random,
};

impl Inner {
    /// Makes our side of a webhook: its secret in the keychain, then its row. From here on what arrives is taken.
    pub(super) async fn prepare_ours(
        &self,
        access: &Access,
        app: &AppId,
        apple: Option<AscWebhookId>,
        name: &str,
        secret: Secret,
        token: String,
    ) -> Result<Ours, ApiError> {
        let id = WebhookId::new(format!("account-{}", random::short_id()?))
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "try again"))?;
        let entry = Key::webhook_secret(&id, 1);
        self.vault.set(&entry, secret).await?;
        let created_at = self.clock.now();
        let (origin, name) = (Origin::Account, name.to_owned());
        let new = NewWebhook { id: id.clone(), name, token, origin, created_at };
        let link = AppleWebhook { webhook: id.clone(), account: access.account.clone(), app: app.clone(), apple };
        if let Err(error) = self.store.add_apple_webhook(new, link.clone()).await {
            self.vault.forget(&entry).await;
            return Err(error.into());
        }
        self.registry.refresh(created_at).await?;
        let row = self.store.webhook(&id).await?.ok_or_else(|| ApiError::not_found("webhook"))?;
        Ok(Ours { row, link })
    }

    /// Takes our side of a webhook back: its row, its path, its secrets. Its events stay.
    pub(crate) async fn drop_ours(&self, webhook: &WebhookId) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.store.remove_webhook(webhook, now).await?;
        self.registry.refresh(now).await?;
        self.registry.forget_expired(now).await?;
        Ok(())
    }
}
