//! Which webhooks of ours were enabled when they were last read, so that one that somebody else disables is noticed.

use hookbell_core::{AccountId, WebhookId};

use super::{AscWebhooks, find_webhook};
use crate::{
    api::ApiError,
    ours::{self, Ours},
};

/// The setting with the ids of our webhooks that were enabled.
const ENABLED_SETTING: &str = "enabledWebhooks";

/// What a look at our webhooks showed.
#[derive(Debug, Default)]
pub(crate) struct SeenEnabled {
    /// Those that were enabled and are not any more, and not by Hookbell.
    pub(crate) disabled: Vec<Ours>,
    enabled: Vec<WebhookId>,
}

impl AscWebhooks {
    /// Reads each webhook of ours once. One that can't be read is as it was.
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

    /// Remembers what was seen.
    pub(crate) async fn remember_enabled(&self, seen: &SeenEnabled) -> Result<(), ApiError> {
        let enabled: Vec<String> = seen.enabled.iter().map(ToString::to_string).collect();
        let disabled: Vec<String> = seen.disabled.iter().map(|own| own.row.id.to_string()).collect();
        let change = move |list: &mut Vec<String>| {
            list.retain(|id| !disabled.contains(id) && !enabled.contains(id));
            list.extend(enabled.iter().cloned());
        };
        Ok(self.context.store.change_list(ENABLED_SETTING, change).await?)
    }

    /// Hookbell itself is about to disable a webhook, which is no news.
    pub(super) async fn forget_enabled(&self, webhook: &WebhookId) -> Result<(), ApiError> {
        let id = webhook.to_string();
        Ok(self
            .context
            .store
            .change_list(ENABLED_SETTING, move |list: &mut Vec<String>| list.retain(|known| *known != id))
            .await?)
    }
}
