//! When a window begins with the welcome: nothing is there yet, and nobody has put it away.

use hookbell_store::StoreError;

use crate::{Hookbell, api::ApiError, engine::Inner};

/// The setting that says that the welcome was seen.
const WELCOMED: &str = "welcomed";

/// Where a window begins.
const INBOX: &str = "#/inbox";

/// Where it begins the first time.
const WELCOME: &str = "#/welcome";

impl Hookbell {
    /// Where a window that is asked for no place begins.
    pub async fn opening_route(&self) -> &'static str {
        match self.inner.welcome_is_due().await {
            Ok(true) => WELCOME,
            // A store that can't be read is for the inbox to tell of.
            Ok(false) | Err(_) => INBOX,
        }
    }

    /// Puts the welcome away. It can be opened again from the settings.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be kept.
    pub async fn finish_welcome(&self) -> Result<(), ApiError> {
        Ok(self.inner.store.set_setting(WELCOMED, &true).await?)
    }
}

impl Inner {
    async fn welcome_is_due(&self) -> Result<bool, StoreError> {
        let store = &self.store;
        Ok(!store.setting::<bool>(WELCOMED).await?.unwrap_or_default()
            && store.last_seq().await? == 0
            && store.accounts().await?.is_empty()
            && store.webhooks().await?.is_empty())
    }
}
