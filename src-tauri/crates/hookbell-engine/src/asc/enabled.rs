//! Remembers which of our webhooks were enabled when last read, to notice when somebody else disables one.

use hookbell_core::{AccountId, WebhookId};

use super::{AscWebhooks, find_webhook};
use crate::{
    api::ApiError,
    ours::{self, Ours},
};

/// The setting that holds the ids of our enabled webhooks.
const ENABLED_SETTING: &str = "enabledWebhooks";

/// The result of checking our webhooks.
#[derive(Debug, Default)]
pub(crate) struct SeenEnabled {
    /// Were enabled and no longer are, and Hookbell didn't disable them.
    pub(crate) disabled: Vec<Ours>,
    enabled: Vec<WebhookId>,
}

impl AscWebhooks {
    /// Reads each of our webhooks once. One that can't be read counts as unchanged.
    pub(crate) async fn look_whether_enabled(&self) -> Result<SeenEnabled, ApiError> {
        let before: Vec<String> = self.context.store.setting(ENABLED_SETTING).await?.unwrap_or_default();
        let mut seen = SeenEnabled::default();
        for own in ours::list(&self.context.store).await? {
            let (Some(account), Some(id)) = (&own.link.account, &own.link.apple) else { continue };
            let Ok(access) = self.accounts.access(Some(AccountId::as_str(account))).await else { continue };
            let Ok(Some(webhook)) = find_webhook(&access.client, id).await else { continue };
            match webhook.enabled {
                Some(true) => seen.enabled.push(own.row.id),
                Some(false) if before.iter().any(|id| id == own.row.id.as_str()) => seen.disabled.push(own),
                _ => {}
            }
        }
        Ok(seen)
    }

    /// Stores what was seen.
    pub(crate) async fn remember_enabled(&self, seen: &SeenEnabled) -> Result<(), ApiError> {
        let enabled: Vec<String> = seen.enabled.iter().map(ToString::to_string).collect();
        let disabled: Vec<String> = seen.disabled.iter().map(|own| own.row.id.to_string()).collect();
        let change = move |list: &mut Vec<String>| {
            list.retain(|id| !disabled.contains(id) && !enabled.contains(id));
            list.extend(enabled.iter().cloned());
        };
        Ok(self.context.store.change_list(ENABLED_SETTING, change).await?)
    }

    /// Call before Hookbell itself disables a webhook, so that this isn't reported.
    pub(super) async fn forget_enabled(&self, webhook: &WebhookId) -> Result<(), ApiError> {
        let id = webhook.to_string();
        Ok(self
            .context
            .store
            .change_list(ENABLED_SETTING, move |list: &mut Vec<String>| list.retain(|known| *known != id))
            .await?)
    }
}
