//! The builds of an app: where each stands on its way to testers, who has it, and what testers said about it.
//!
//! A list is answered from what is kept, with the time it was read, so that it stands there before App Store Connect has
//! answered. Nothing is decided by it.

mod detail;
mod expire;
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
};

/// The room of builds.
#[derive(Debug)]
pub struct Builds {
    context: Context,
    accounts: Arc<Accounts>,
    distributions: Arc<Distributions>,
    /// When the builds of an app were last asked for.
    asked: Mutex<HashMap<(Option<AccountId>, AppId), Timestamp>>,
}

impl Builds {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>, distributions: Arc<Distributions>) -> Self {
        Self { context, accounts, distributions, asked: Mutex::default() }
    }

    /// The app of a build.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; what App Store Connect or the keychain refuses.
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

/// The app that a request names.
fn app_id(text: &str) -> Result<AppId, ApiError> {
    AppId::new(text.trim()).map_err(|_| ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") })
}

/// The build that a request names.
fn build_id(text: &str) -> Result<BuildId, ApiError> {
    BuildId::new(text.trim()).map_err(|_| ApiError::not_found("build"))
}
