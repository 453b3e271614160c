//! The one row that holds the document, and what this process knows of it.

use hookbell_store::StoreError;
use serde_json::Value;

use super::document::{Kept, written};
use crate::{
    api::{ApiError, Settings},
    engine::Inner,
};

/// The row of the store.
const SETTINGS: &str = "settings";

impl Inner {
    /// What is set now, read from the store: another process may have changed it a moment ago.
    pub(crate) async fn read_settings(&self) -> Result<Kept, StoreError> {
        let _one_at_a_time = self.setting.lock().await;
        let kept = match self.store.setting(SETTINGS).await {
            Ok(stored) => Kept::read(stored),
            Err(StoreError::Setting { source, .. }) => Kept::Damaged(source.to_string()),
            Err(error) => return Err(error),
        };
        self.follow(&kept);
        Ok(kept)
    }

    /// Changes what is set, however many processes do so at once.
    pub(super) async fn write_settings<C>(&self, change: C) -> Result<Settings, ApiError>
    where
        C: Fn(Kept) -> Result<Settings, ApiError> + Send + 'static,
    {
        let change = move |stored: Option<Value>| written(&change(Kept::read(stored))?);
        let _one_at_a_time = self.setting.lock().await;
        let kept = Kept::read(Some(self.store.change_setting(SETTINGS, change).await??));
        self.follow(&kept);
        Ok(kept.in_force())
    }

    /// Takes over what is set. Who follows is woken only if it is something else.
    fn follow(&self, kept: &Kept) {
        let now = kept.in_force();
        self.settings.send_if_modified(|known| std::mem::replace(known, now.clone()) != now);
        self.change(|conditions| conditions.settings = kept.trouble());
    }
}
