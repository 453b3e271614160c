//! Decides when a window opens with the welcome: nothing exists yet, and nobody has dismissed it.

use hookbell_store::StoreError;

use crate::{api::ApiError, context::Context};

/// The setting for whether the welcome was seen.
const WELCOMED_SETTING: &str = "welcomed";

/// Where a window opens.
const INBOX_ROUTE: &str = "#/inbox";

/// Where it opens the first time.
const WELCOME_ROUTE: &str = "#/welcome";

/// The room of the welcome.
#[derive(Debug)]
pub struct Welcome {
    context: Context,
}

impl Welcome {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    /// Where a window opens if no route was requested.
    pub async fn opening_route(&self) -> &'static str {
        match self.is_due().await {
            Ok(true) => WELCOME_ROUTE,
            // If the store can't be read, the inbox reports it.
            Ok(false) | Err(_) => INBOX_ROUTE,
        }
    }

    /// Dismisses the welcome. It can be opened again from the settings.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn finish(&self) -> Result<(), ApiError> {
        Ok(self.context.store.set_setting(WELCOMED_SETTING, &true).await?)
    }

    async fn is_due(&self) -> Result<bool, StoreError> {
        let store = &self.context.store;
        Ok(!store.setting::<bool>(WELCOMED_SETTING).await?.unwrap_or_default()
            && store.last_seq().await? == 0
            && store.accounts().await?.is_empty()
            && store.webhooks().await?.is_empty())
    }
}
