//! Which events App Store Connect can be asked about, and through which accounts.

use std::collections::HashMap;

use hookbell_core::{AccountId, AppId, WebhookId, event::EventKind};
use hookbell_store::{StoreError, StoredEvent};

use super::queue::ResourceKey;
use crate::context::Context;

/// The types of resources that can be read.
const READABLE_TYPES: [&str; 10] = [
    "appStoreVersions",
    "buildBetaDetails",
    "buildUploads",
    "builds",
    "betaFeedbackScreenshotSubmissions",
    "betaFeedbackCrashSubmissions",
    "backgroundAssetVersions",
    "backgroundAssetVersionInternalBetaReleases",
    "backgroundAssetVersionExternalBetaReleases",
    "backgroundAssetVersionAppStoreReleases",
];

/// All accounts, and the account and app of each webhook.
#[derive(Debug, Default)]
pub(super) struct WebhookAccounts {
    accounts: Vec<AccountId>,
    webhooks: HashMap<WebhookId, (Option<AccountId>, AppId)>,
}

impl WebhookAccounts {
    /// Reads them from the store. An engine that serves a single given webhook has none.
    pub(super) async fn stored(context: &Context) -> Result<Self, StoreError> {
        if context.options.only.is_some() {
            return Ok(Self::default());
        }
        let accounts = context.store.accounts().await?;
        if accounts.is_empty() {
            return Ok(Self::default());
        }
        let webhooks = context.store.apple_webhooks().await?;
        Ok(Self {
            accounts: accounts.into_iter().map(|account| account.id).collect(),
            webhooks: webhooks.into_iter().map(|one| (one.webhook, (one.account, one.app))).collect(),
        })
    }

    /// Whether App Store Connect can say more about an event.
    pub(super) fn can_read(&self, event: &StoredEvent) -> bool {
        // Alternative distribution names its app in the event, and sometimes a package.
        let readable = event.kind == EventKind::Distribution
            || event.instance.as_ref().is_some_and(|instance| READABLE_TYPES.contains(&instance.kind.as_str()));
        readable && !event.kind.is_own() && !self.accounts.is_empty()
    }

    /// The resource to read for an event.
    pub(super) fn resource(&self, event: &StoredEvent) -> ResourceKey {
        let accounts = self.accounts_for(&event.webhook).into_iter().cloned().collect();
        let (kind, id) = match &event.instance {
            Some(instance) => (instance.kind.clone(), instance.id.clone()),
            // Only the event itself says what it is about.
            None => (EventKind::Distribution.to_string(), event.id.to_string()),
        };
        let feedback = event.kind.feedback().is_some();
        ResourceKey { accounts, event_type: event.type_name.clone(), kind, id, feedback }
    }

    /// The accounts to ask: the webhook's own if it has one, otherwise all of them.
    pub(super) fn accounts_for(&self, webhook: &WebhookId) -> Vec<&AccountId> {
        match self.webhooks.get(webhook) {
            Some((Some(account), _)) if self.accounts.contains(account) => vec![account],
            _ => self.accounts.iter().collect(),
        }
    }

    /// The app that a webhook belongs to.
    pub(super) fn app_of(&self, webhook: &WebhookId) -> Option<&AppId> {
        self.webhooks.get(webhook).map(|(_, app)| app)
    }
}
