//! Our webhooks at App Store Connect: a row here, linked to the webhook there.

use hookbell_core::AscWebhookId;
use hookbell_store::{AppleWebhook, Store, StoreError, StoredWebhook};

use crate::api::StaleWebhook;

/// Our side of a webhook at App Store Connect.
#[derive(Debug, Clone)]
pub(crate) struct Ours {
    pub(crate) row: StoredWebhook,
    pub(crate) link: AppleWebhook,
}

impl Ours {
    /// Whether a payload URL leads to this webhook's path.
    pub(crate) fn is_at(&self, url: &str) -> bool {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        path.strip_suffix(self.row.token.as_str()).is_some_and(|base| base.ends_with("/hooks/"))
    }
}

/// Our side of all webhooks at App Store Connect.
pub(crate) async fn list(store: &Store) -> Result<Vec<Ours>, StoreError> {
    let mut rows = store.webhooks().await?;
    let mut ours = Vec::new();
    for link in store.apple_webhooks().await? {
        if let Some(at) = rows.iter().position(|row| row.id == link.webhook) {
            ours.push(Ours { row: rows.swap_remove(at), link });
        }
    }
    Ok(ours)
}

/// Our side of one webhook at App Store Connect. `None` if the webhook isn't ours.
pub(crate) async fn find(store: &Store, id: &AscWebhookId) -> Result<Option<Ours>, StoreError> {
    Ok(list(store).await?.into_iter().find(|own| own.link.apple.as_ref() == Some(id)))
}

/// The stale webhooks: those of ours known to point to a former address.
pub(crate) async fn stale(store: &Store) -> Result<Vec<StaleWebhook>, StoreError> {
    let kept = store.strays().await?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let ours = list(store).await?;
    let webhooks = kept.into_iter().filter_map(|stray| {
        let own = ours.iter().find(|own| own.row.id == stray.webhook)?;
        Some(StaleWebhook {
            local: stray.webhook.to_string(),
            id: own.link.apple.as_ref()?.to_string(),
            account: own.link.account.as_ref()?.to_string(),
            app: own.link.app.to_string(),
            name: own.row.name.clone(),
            url: stray.url,
            trouble: stray.trouble.and_then(|trouble| serde_json::from_value(trouble).ok()),
        })
    });
    Ok(webhooks.collect())
}
