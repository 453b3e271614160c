//! The apps that an account sees. The list is kept for a moment, because every view of webhooks needs their names.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_core::AccountId;
use jiff::{SignedDuration, Timestamp};

use super::last_seen;
use crate::{
    account::{Access, Accounts, explain},
    api::{ApiError, App, AppsRequest},
    context::Context,
};

/// How long a list of apps is good. New apps are rare, and the window can ask afresh.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(2);

/// The room of apps.
#[derive(Debug)]
pub struct Apps {
    context: Context,
    accounts: Arc<Accounts>,
    /// The list of each account.
    cache: Mutex<HashMap<Option<AccountId>, Cached>>,
}

/// Every app, and when they were read.
type Cached = (Timestamp, Arc<[App]>);

impl Apps {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>) -> Self {
        Self { context, accounts, cache: Mutex::default() }
    }

    /// The apps of an account by name, all pages of them.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an unknown account, or what App Store Connect or the keychain refuses.
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

    /// Every app of an account.
    pub(crate) async fn all(&self, access: &Access, fresh: bool) -> Result<Arc<[App]>, ApiError> {
        let now = self.context.clock.now();
        let cached = self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(&access.account).cloned();
        if let Some((at, apps)) = cached.filter(|(at, _)| !fresh && now.duration_since(*at) < FRESH_FOR) {
            tracing::trace!(%at, "the list of apps is fresh enough");
            return Ok(apps);
        }
        let read = access.client.apps().list().all().await.map_err(explain)?;
        let apps: Arc<[App]> = read.into_iter().map(app).collect();
        last_seen::keep_apps(&self.context.store, access, &apps, now).await;
        let mut cached = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cached.insert(access.account.clone(), (now, Arc::clone(&apps)));
        Ok(apps)
    }

    /// One app by its id.
    pub(crate) async fn one(&self, access: &Access, id: &str) -> Result<App, ApiError> {
        for fresh in [false, true] {
            if let Some(app) = self.all(access, fresh).await?.iter().find(|app| app.id == id) {
                return Ok(app.clone());
            }
        }
        let message = format!("this account has no app {id}");
        Err(ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") }.saying(message))
    }
}

fn app(read: hookbell_asc::api::apps::AscApp) -> App {
    App {
        name: read.name.unwrap_or_else(|| read.id.to_string()),
        bundle_id: read.bundle_id.unwrap_or_default(),
        id: read.id.to_string(),
    }
}
