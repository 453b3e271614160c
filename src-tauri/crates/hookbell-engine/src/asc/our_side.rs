//! Our side of a webhook: prepared before App Store Connect is asked, rolled back if it refuses.

use hookbell_core::{AppId, AscWebhookId, Secret, WebhookId};
use hookbell_store::{AppleWebhook, NewWebhook, Origin};
use hookbell_vault::Key;

use super::AscWebhooks;
use crate::{
    account::Access,
    api::{ApiError, ErrorCode},
    ours::Ours,
    random,
};

impl AscWebhooks {
    /// Creates our side of a webhook: its secret in the keychain, then its row. From here on we accept its
    /// deliveries.
    pub(super) async fn prepare_ours(
        &self,
        access: &Access,
        app: &AppId,
        asc: Option<AscWebhookId>,
        name: &str,
        secret: Secret,
        token: String,
    ) -> Result<Ours, ApiError> {
        let id = WebhookId::new(format!("account-{}", random::short_id()?))
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "try again"))?;
        let entry = Key::webhook_secret(&id, 1);
        self.context.vault.set(&entry, secret).await?;
        let created_at = self.context.clock.now();
        let (origin, name) = (Origin::Account, name.to_owned());
        let new = NewWebhook { id: id.clone(), name, token, origin, created_at };
        let link = AppleWebhook { webhook: id.clone(), account: access.account.clone(), app: app.clone(), apple: asc };
        if let Err(error) = self.context.store.add_apple_webhook(new, link.clone()).await {
            self.context.vault.forget(&entry).await;
            return Err(error.into());
        }
        self.registry.refresh(created_at).await?;
        let row = self.context.store.webhook(&id).await?.ok_or_else(|| ApiError::not_found("webhook"))?;
        Ok(Ours { row, link })
    }

    /// Removes our side of a webhook: its row, its path, its secrets. Its events stay.
    pub(crate) async fn drop_ours(&self, webhook: &WebhookId) -> Result<(), ApiError> {
        let now = self.context.clock.now();
        self.context.store.remove_webhook(webhook, now).await?;
        self.registry.refresh(now).await?;
        self.registry.forget_expired(now).await?;
        Ok(())
    }
}
