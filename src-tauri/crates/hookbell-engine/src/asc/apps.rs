//! The apps an account sees, kept for a moment, as every view of webhooks needs their names.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_core::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Hookbell,
    account::{Access, explain},
    api::{ApiError, App, AppsRequest},
    engine::Inner,
};

/// How long a list of apps is good. New apps are rare, and the window can ask afresh.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(2);

/// The lists of apps, by account.
#[derive(Debug, Default)]
pub(crate) struct AppsCache(Mutex<HashMap<Option<AccountId>, Kept>>);

/// Every app, and when they were read.
type Kept = (Timestamp, Arc<[App]>);

impl Hookbell {
    /// The apps of an account by name, all pages of them.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an unknown account, or what App Store Connect or the keychain refuses.
    pub async fn apps(&self, request: AppsRequest) -> Result<Vec<App>, ApiError> {
        let access = self.inner.accounts.access(request.account.as_deref()).await?;
        let apps = self.inner.apps_of(&access, request.fresh).await?;
        let words: Vec<String> = request.search.split_whitespace().map(str::to_lowercase).collect();
        let fits = |app: &&App| {
            let text = format!("{} {} {}", app.name, app.bundle_id, app.id).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        Ok(apps.iter().filter(fits).cloned().collect())
    }
}

impl Inner {
    /// Every app of an account.
    pub(crate) async fn apps_of(&self, access: &Access, fresh: bool) -> Result<Arc<[App]>, ApiError> {
        let now = self.clock.now();
        let kept = self.apps.0.lock().unwrap_or_else(PoisonError::into_inner).get(&access.account).cloned();
        if let Some((at, apps)) = kept.filter(|(at, _)| !fresh && now.duration_since(*at) < GOOD_FOR) {
            tracing::trace!(%at, "the apps were asked for a moment ago");
            return Ok(apps);
        }
        let read = access.client.apps().list().all().await.map_err(explain)?;
        let apps: Arc<[App]> = read.into_iter().map(shown).collect();
        self.keep_apps(access, &apps, now).await;
        let mut kept = self.apps.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(access.account.clone(), (now, Arc::clone(&apps)));
        Ok(apps)
    }

    /// One app by its id.
    pub(crate) async fn app(&self, access: &Access, id: &str) -> Result<App, ApiError> {
        for fresh in [false, true] {
            if let Some(app) = self.apps_of(access, fresh).await?.iter().find(|app| app.id == id) {
                return Ok(app.clone());
            }
        }
        let message = format!("this account sees no app {id}");
        Err(ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") }.saying(message))
    }
}

fn shown(app: hookbell_asc::api::apps::App) -> App {
    App {
        name: app.name.unwrap_or_else(|| app.id.to_string()),
        bundle_id: app.bundle_id.unwrap_or_default(),
        id: app.id.to_string(),
    }
}
