//! The apps that an account sees. Every view of webhooks needs their names, and so does every event, so one list is shared
//! by all who ask.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_core::{AccountId, KeyId};
use jiff::{SignedDuration, Timestamp};

use super::last_seen;
use crate::{
    account::{Access, Accounts, explain},
    api::{ApiError, App, AppsRequest},
    context::Context,
};

/// How long a list of apps is good. New apps are rare, and the window can ask afresh.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(1);

/// An app that is missing from a list older than this may be a new one.
const COMPLETE_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The room of apps.
#[derive(Debug)]
pub struct Apps {
    context: Context,
    accounts: Arc<Accounts>,
    /// The list of each account.
    lists: Mutex<HashMap<Option<AccountId>, Arc<AppList>>>,
}

/// The apps of one account.
#[derive(Debug, Default)]
struct AppList {
    known: Mutex<Option<Known>>,
    /// Held while App Store Connect is asked, so that everybody who waits for the same list shares one request.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Known {
    apps: Arc<[App]>,
    /// The key it was read with. Another key may see other apps.
    key_id: KeyId,
    read_at: Timestamp,
}

impl AppList {
    /// The list, if it was read with this key and is younger than `age`.
    fn younger_than(&self, age: SignedDuration, key_id: &KeyId, now: Timestamp) -> Option<Arc<[App]>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref().filter(|known| known.key_id == *key_id)?;
        (now.duration_since(known.read_at) < age).then(|| Arc::clone(&known.apps))
    }
}

impl Apps {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>) -> Self {
        Self { context, accounts, lists: Mutex::default() }
    }

    /// All apps of an account, by name, across all pages.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an unknown account, or an App Store Connect or keychain error.
    pub async fn list(&self, request: AppsRequest) -> Result<Vec<App>, ApiError> {
        let access = self.accounts.access(request.account.as_deref()).await?;
        let apps = self.all(&access, request.fresh).await?;
        let words: Vec<String> = request.search.split_whitespace().map(str::to_lowercase).collect();
        let fits = |app: &&App| {
            let text = format!("{} {} {}", app.name, app.bundle_id, app.id).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        Ok(apps.iter().filter(fits).cloned().collect())
    }

    /// Every app of an account. `fresh`: asks App Store Connect even if it was asked a moment ago.
    pub(crate) async fn all(&self, access: &Access, fresh: bool) -> Result<Arc<[App]>, ApiError> {
        self.younger_than(if fresh { SignedDuration::ZERO } else { FRESH_FOR }, access).await
    }

    /// One app by its id.
    pub(crate) async fn one(&self, access: &Access, id: &str) -> Result<App, ApiError> {
        if let Some(app) = self.find(access, id, SignedDuration::ZERO).await? {
            return Ok(app);
        }
        let message = format!("this account has no app {id}");
        Err(ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") }.saying(message))
    }

    /// One app by its id, for what asks about it again and again: an app that the account doesn't have costs a request
    /// every few minutes, and not every time.
    pub(crate) async fn one_lately(&self, access: &Access, id: &str) -> Result<Option<App>, ApiError> {
        self.find(access, id, COMPLETE_FOR).await
    }

    /// Looks for an app, and once more in a list younger than `age` if it isn't there.
    async fn find(&self, access: &Access, id: &str, age: SignedDuration) -> Result<Option<App>, ApiError> {
        for age in [FRESH_FOR, age] {
            if let Some(app) = self.younger_than(age, access).await?.iter().find(|app| app.id == id) {
                return Ok(Some(app.clone()));
            }
        }
        Ok(None)
    }

    async fn younger_than(&self, age: SignedDuration, access: &Access) -> Result<Arc<[App]>, ApiError> {
        let list = {
            let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(lists.entry(access.account.clone()).or_default())
        };
        let known = || list.younger_than(age, access.client.key_id(), self.context.clock.now());
        if let Some(apps) = known() {
            return Ok(apps);
        }
        let _turn = list.reading.lock().await;
        // Whoever held it may have read what is wanted here too.
        if let Some(apps) = known() {
            return Ok(apps);
        }
        let read_at = self.context.clock.now();
        let read = access.client.apps().list().all().await.map_err(explain)?;
        let apps: Arc<[App]> = read.into_iter().map(app).collect();
        last_seen::keep_apps(&self.context.store, access, &apps, read_at).await;
        let known = Known { apps: Arc::clone(&apps), key_id: access.client.key_id().clone(), read_at };
        *list.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(apps)
    }
}

fn app(read: hookbell_asc::api::apps::AscApp) -> App {
    App {
        name: read.name.unwrap_or_else(|| read.id.to_string()),
        bundle_id: read.bundle_id.unwrap_or_default(),
        id: read.id.to_string(),
    }
}
