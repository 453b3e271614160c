//! The known apps, and which of them an event is about.
//!
//! App Store Connect names the app in an event's details. Until they are known, the event's webhook tells us, because
//! a webhook belongs to one app. If only one app is known, texts don't need to name it.

use std::collections::{BTreeMap, HashMap};

use hookbell_core::{AppIcon, AppId, WebhookId, words::one_line};
use hookbell_store::{Store, StoreError, StoredEvent};

use crate::api::{App, EventDetails, KnownApp};

/// The longest name of an app. App Store Connect allows 30 characters.
const MAX_NAME_CHARS: usize = 60;

/// The known apps.
#[derive(Debug, Default)]
pub(crate) struct KnownApps {
    names: BTreeMap<AppId, String>,
    of_webhook: HashMap<WebhookId, AppId>,
}

impl KnownApps {
    /// Reads the apps from the store. Needs neither App Store Connect nor the keychain.
    pub(crate) async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut names = BTreeMap::new();
        let mut add = |id: String, name: &str| {
            let name = one_line(name, MAX_NAME_CHARS);
            if let Ok(id) = AppId::new(id)
                && !name.is_empty()
            {
                names.insert(id, name);
            }
        };
        for (id, name) in store.apps_of_events().await? {
            add(id, &name.unwrap_or_default());
        }
        // The account's list has the current name.
        for list in store.app_lists().await? {
            for app in serde_json::from_str::<Vec<App>>(&list).unwrap_or_default() {
                add(app.id, &app.name);
            }
        }
        Ok(Self { names, of_webhook: store.webhook_apps().await? })
    }

    /// Whether several apps are known, so that texts must name them.
    pub(crate) fn are_several(&self) -> bool {
        self.names.len() > 1
    }

    /// All of them, by name.
    pub(crate) fn all(&self) -> Vec<KnownApp> {
        let mut all: Vec<_> = self.names.iter().map(|(id, name)| known(id, name)).collect();
        all.sort_by_cached_key(|app| (app.name.to_lowercase(), app.id.clone()));
        all
    }

    /// Whether this app is known.
    pub(crate) fn has(&self, app: &AppId) -> bool {
        self.names.contains_key(app)
    }

    /// The app that an event is about: from its details, otherwise from its webhook.
    pub(crate) fn of(&self, event: &StoredEvent, details: &EventDetails) -> Option<KnownApp> {
        let named = details.app.as_ref().and_then(|app| Some((AppId::new(app.id.as_str()).ok()?, app.name.as_str())));
        match named {
            Some((id, name)) => {
                let name = one_line(self.names.get(&id).map_or(name, String::as_str), MAX_NAME_CHARS);
                (!name.is_empty()).then(|| known(&id, &name))
            }
            None => {
                let id = self.of_webhook.get(&event.webhook)?;
                Some(known(id, self.names.get(id)?))
            }
        }
    }
}

fn known(id: &AppId, name: &str) -> KnownApp {
    KnownApp { id: id.to_string(), name: name.to_owned(), icon: AppIcon::new(id, name) }
}
