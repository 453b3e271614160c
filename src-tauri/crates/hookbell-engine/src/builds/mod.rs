//! The builds of an app: how far each is on its way to testers, who has it, and what testers said about it.
//!
//! A list is answered from the stored copy, with the time it was read, so that it shows before App Store Connect has
//! answered. No decision relies on it.

mod detail;
mod expire;
mod fixed;
mod label;
mod list;
mod view;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_core::{AccountId, AppId, BuildId};
use jiff::Timestamp;

use crate::{
    account::{Access, Accounts, explain},
    api::ApiError,
    context::Context,
    distribution::Distributions,
    trackers::Trackers,
};

/// The room of builds.
#[derive(Debug)]
pub struct Builds {
    context: Context,
    accounts: Arc<Accounts>,
    distributions: Arc<Distributions>,
    trackers: Arc<Trackers>,
    /// When each app's builds were last requested.
    asked: Mutex<HashMap<(Option<AccountId>, AppId), Timestamp>>,
}

impl Builds {
    pub(crate) fn new(
        context: Context,
        accounts: Arc<Accounts>,
        distributions: Arc<Distributions>,
        trackers: Arc<Trackers>,
    ) -> Self {
        Self { context, accounts, distributions, trackers, asked: Mutex::default() }
    }

    /// The app of a build.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error.
    pub async fn app_of(&self, account: Option<&str>, build: &str) -> Result<String, ApiError> {
        let access = self.accounts.access(account).await?;
        let read = access.client.builds().get(&build_id(build)?).await.map_err(explain)?;
        read.app.map(|app| app.id.to_string()).ok_or_else(|| ApiError::not_found("build"))
    }

    fn asked_at(&self, access: &Access, app: &AppId) -> Option<Timestamp> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(&(access.account.clone(), app.clone())).copied()
    }

    fn asked_now(&self, access: &Access, app: &AppId) {
        let now = self.context.clock.now();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert((access.account.clone(), app.clone()), now);
    }
}

/// Parses the app id of a request.
fn app_id(text: &str) -> Result<AppId, ApiError> {
    AppId::new(text.trim()).map_err(|_| ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") })
}

/// Parses the build id of a request.
fn build_id(text: &str) -> Result<BuildId, ApiError> {
    BuildId::new(text.trim()).map_err(|_| ApiError::not_found("build"))
}
