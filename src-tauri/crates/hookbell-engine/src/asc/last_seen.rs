//! The last known state of App Store Connect, kept in the store for the next start.
//!
//! The window shows this copy until App Store Connect answers, or while it can't be reached. No decision relies on
//! it. It omits what only this computer knows about a webhook; that is added when the webhook is shown.

use std::collections::HashMap;

use hookbell_asc::api::webhooks::MAX_PER_APP;
use hookbell_core::AppId;
use hookbell_store::{AppleList, Store};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::AscWebhooks;
use crate::{
    account::Access,
    api::{ApiError, App, AppWebhook, AppWebhooks, KeptApps, KeptAppsRequest, LastDelivery},
    ours,
};

/// A webhook as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeenWebhook {
    id: String,
    name: String,
    url: String,
    enabled: bool,
    event_types: Vec<String>,
    last: Option<LastDelivery>,
    failed: Option<u32>,
}

impl SeenWebhook {
    fn of(webhook: &AppWebhook) -> Self {
        Self {
            id: webhook.id.clone(),
            name: webhook.name.clone(),
            url: webhook.url.clone(),
            enabled: webhook.enabled,
            event_types: webhook.event_types.clone(),
            last: webhook.last.clone(),
            failed: webhook.failed,
        }
    }

    /// Not every list includes how the deliveries went. One that doesn't keeps the previous result.
    fn with_deliveries_of(mut self, before: Option<&Self>) -> Self {
        if self.failed.is_none() {
            self.last = before.and_then(|before| before.last.clone());
            self.failed = before.and_then(|before| before.failed);
        }
        self
    }

    fn into_app_webhook(self, app: &App) -> AppWebhook {
        AppWebhook {
            id: self.id,
            app: app.id.clone(),
            name: self.name,
            url: self.url,
            enabled: self.enabled,
            event_types: self.event_types,
            local: None,
            here: false,
            moved: false,
            previous_secret_until: None,
            last: self.last,
            failed: self.failed,
            trouble: None,
        }
    }
}

impl AscWebhooks {
    /// An account's apps and webhooks as last read. Asks neither App Store Connect nor the keychain.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an unknown account, or a store error.
    pub async fn last_seen(&self, request: KeptAppsRequest) -> Result<KeptApps, ApiError> {
        let account = self.accounts.known(&request.account).await?;
        let mut lists: HashMap<_, _> = self
            .context
            .store
            .apple_lists(&account.id)
            .await?
            .into_iter()
            .map(|list| (list.app.clone(), list))
            .collect();
        let Some(of_apps) = lists.remove(&None) else { return Ok(KeptApps::default()) };
        let apps: Vec<App> = read(&of_apps);
        let ours = ours::list(&self.context.store).await?;
        let mut webhooks = Vec::new();
        for app in &apps {
            let Some(list) = AppId::new(app.id.as_str()).ok().and_then(|id| lists.remove(&Some(id))) else { continue };
            let mut of_app = Vec::new();
            for kept in read::<SeenWebhook>(&list) {
                let own = ours.iter().find(|own| own.link.apple.as_ref().is_some_and(|id| id.as_str() == kept.id));
                of_app.push(self.with_ours(kept.into_app_webhook(app), own).await?);
            }
            webhooks.push(AppWebhooks {
                account: Some(account.id.to_string()),
                app: app.clone(),
                webhooks: of_app,
                most: u32::try_from(MAX_PER_APP).unwrap_or(u32::MAX),
                read_at: Some(list.read_at.to_string()),
                trouble: None,
            });
        }
        Ok(KeptApps { apps, read_at: Some(of_apps.read_at.to_string()), webhooks })
    }
}

/// Data that another version wrote and this one can't parse counts as never read.
fn read<T: DeserializeOwned>(list: &AppleList) -> Vec<T> {
    serde_json::from_str(&list.value).unwrap_or_default()
}

/// Parses those lists that are lists of webhooks.
fn webhooks(lists: Vec<AppleList>) -> impl Iterator<Item = (AppleList, Vec<SeenWebhook>)> {
    lists.into_iter().filter(|list| list.app.is_some()).map(|list| {
        let kept = read(&list);
        (list, kept)
    })
}

fn to_list<T: Serialize>(app: Option<AppId>, items: &[T], read_at: Timestamp) -> Option<AppleList> {
    let value = serde_json::to_string(items).ok()?;
    Some(AppleList { app, value, read_at })
}

/// The copy is a convenience. If it can't be written, the next start shows less.
fn log_failure(outcome: Result<(), hookbell_store::StoreError>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "what App Store Connect has is not kept for the next start");
    }
}

/// Stores an account's apps, and drops the webhooks of apps that no longer exist.
pub(super) async fn keep_apps(store: &Store, access: &Access, apps: &[App], read_at: Timestamp) {
    let (Some(account), Some(list)) = (&access.account, to_list(None, apps, read_at)) else { return };
    let ids = apps.iter().filter_map(|app| AppId::new(app.id.as_str()).ok()).collect();
    log_failure(store.keep_apple_lists(account, vec![list], Some(ids)).await);
}

/// Stores the webhooks of apps.
pub(super) async fn keep_webhooks(store: &Store, access: &Access, lists: &[AppWebhooks], read_at: Timestamp) {
    let Some(account) = &access.account else { return };
    let read_now: Vec<(AppId, Vec<SeenWebhook>)> = lists
        .iter()
        .filter(|list| list.trouble.is_none())
        .filter_map(|list| {
            let id = AppId::new(list.app.id.as_str()).ok()?;
            Some((id, list.webhooks.iter().map(SeenWebhook::of).collect()))
        })
        .collect();
    if read_now.is_empty() {
        return;
    }
    let change = move |before: Vec<AppleList>| {
        let before: HashMap<String, SeenWebhook> =
            webhooks(before).flat_map(|(_, kept)| kept).map(|kept| (kept.id.clone(), kept)).collect();
        let list = |(id, kept): &(AppId, Vec<SeenWebhook>)| {
            let kept = kept.iter().map(|kept| kept.clone().with_deliveries_of(before.get(&kept.id)));
            to_list(Some(id.clone()), &kept.collect::<Vec<_>>(), read_at)
        };
        read_now.iter().filter_map(list).collect()
    };
    log_failure(store.change_apple_lists(account, change).await);
}

/// Stores one webhook that was made or changed, if the webhooks of its app are stored.
pub(super) async fn keep_webhook(store: &Store, access: &Access, changed: &AppWebhook) {
    let (app_of_it, changed) = (changed.app.clone(), SeenWebhook::of(changed));
    let patch = move |app: &AppId, kept: &mut Vec<SeenWebhook>| {
        let at = kept.iter().position(|kept| kept.id == changed.id);
        match at {
            Some(at) => kept[at] = changed.clone().with_deliveries_of(Some(&kept[at])),
            None if app.as_str() == app_of_it => kept.push(changed.clone()),
            None => return false,
        }
        true
    };
    self::patch(store, access, patch).await;
}

/// Drops one webhook that was deleted.
pub(super) async fn forget_webhook(store: &Store, access: &Access, id: &str) {
    let id = id.to_owned();
    let patch = move |_: &AppId, kept: &mut Vec<SeenWebhook>| {
        let before = kept.len();
        kept.retain(|kept| kept.id != id);
        kept.len() < before
    };
    self::patch(store, access, patch).await;
}

async fn patch<P>(store: &Store, access: &Access, patch: P)
where
    P: Fn(&AppId, &mut Vec<SeenWebhook>) -> bool + Send + 'static,
{
    let Some(account) = &access.account else { return };
    let change = move |before: Vec<AppleList>| {
        let patched = webhooks(before).filter_map(|(list, mut kept)| {
            let changed = list.app.as_ref().is_some_and(|app| patch(app, &mut kept));
            changed.then(|| to_list(list.app, &kept, list.read_at)).flatten()
        });
        patched.collect()
    };
    log_failure(store.change_apple_lists(account, change).await);
}
