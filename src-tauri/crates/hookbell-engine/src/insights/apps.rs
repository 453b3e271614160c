//! The apps to choose from: those in events, and those of the accounts.

use std::collections::{BTreeMap, HashSet};

use hookbell_core::WebhookId;
use hookbell_store::Subject;

use super::{Insights, local_id};
use crate::api::{ApiError, App, InsightsApp};

struct Known {
    name: String,
    changed: bool,
}

impl Insights {
    /// The apps to choose from, by name. Apps with a known state come first. Needs neither App Store Connect nor the
    /// keychain.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn apps(&self) -> Result<Vec<InsightsApp>, ApiError> {
        let store = &self.context.store;
        let changed_apps = store.changed_apps().await?;
        let mut apps: BTreeMap<String, Known> = BTreeMap::new();
        for (id, name) in changed_apps.named {
            apps.insert(id.clone(), Known { name: name.unwrap_or(id), changed: true });
        }
        // The account's list has the current name.
        for app in self.kept_app_names().await? {
            let known = apps.entry(app.id).or_insert(Known { name: String::new(), changed: false });
            known.name = app.name;
        }
        let mut shown = Vec::new();
        let links = store.apple_webhooks().await?;
        let names = store.webhook_names().await?;
        for webhook in changed_apps.unnamed {
            match links.iter().find(|link| link.webhook == webhook) {
                Some(link) => {
                    let id = link.app.to_string();
                    let known = apps.entry(id.clone()).or_insert(Known { name: id, changed: false });
                    known.changed = true;
                }
                None => shown.push(InsightsApp {
                    app: None,
                    name: names.get(&webhook).map_or_else(|| webhook.to_string(), |known| known.name.clone()),
                    webhook: Some(webhook.to_string()),
                    changed: true,
                }),
            }
        }
        shown.extend(apps.into_iter().map(|(id, Known { name, changed })| InsightsApp {
            app: Some(id),
            webhook: None,
            name,
            changed,
        }));
        shown.sort_by_cached_key(|app| (!app.changed, app.app.is_none(), app.name.to_lowercase(), app.app.clone()));
        Ok(shown)
    }

    /// The webhooks of one of these apps.
    pub(super) async fn webhooks_of(&self, one: &InsightsApp) -> Result<HashSet<WebhookId>, ApiError> {
        Ok(match self.subject(one.app.as_deref(), one.webhook.as_deref()).await? {
            Subject::App { webhooks, .. } => webhooks.into_iter().collect(),
            Subject::Webhook(webhook) => HashSet::from([webhook]),
        })
    }

    /// The apps of all accounts as last read.
    async fn kept_app_names(&self) -> Result<Vec<App>, ApiError> {
        let mut all = Vec::new();
        for account in self.context.store.accounts().await? {
            let lists = self.context.store.apple_lists(&account.id).await?;
            let of_apps = lists.iter().filter(|list| list.app.is_none());
            all.extend(of_apps.flat_map(|list| serde_json::from_str::<Vec<App>>(&list.value).unwrap_or_default()));
        }
        Ok(all)
    }

    /// The app or the webhook that a request is about.
    pub(super) async fn subject(&self, app: Option<&str>, webhook: Option<&str>) -> Result<Subject, ApiError> {
        match (app, webhook) {
            (Some(app), None) => {
                let app = app.parse().map_err(|_| ApiError::not_found("app"))?;
                let links = self.context.store.apple_webhooks().await?;
                let own: HashSet<_> =
                    links.into_iter().filter(|link| link.app == app).map(|link| link.webhook).collect();
                Ok(Subject::App { app, webhooks: own.into_iter().collect() })
            }
            (None, Some(webhook)) => Ok(Subject::Webhook(local_id(webhook)?)),
            _ => Err(ApiError::field("app", "choose an app or a webhook, not both", "choose an app")),
        }
    }
}
