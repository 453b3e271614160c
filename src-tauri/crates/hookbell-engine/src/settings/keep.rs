//! The row that holds the document, and this process's copy of it.

use hookbell_store::StoreError;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{
    check::retention_field,
    document::{Kept, written},
};
use crate::{
    api::{ApiError, Retention, Settings},
    context::Context,
};

/// The key of the row in the store.
const SETTINGS: &str = "settings";

/// The stored settings.
#[derive(Debug)]
pub(crate) struct StoredSettings {
    context: Context,
    /// Held from reading or changing the settings until they are applied, so that a value read before a change is
    /// never applied after it.
    one_at_a_time: Mutex<()>,
}

impl StoredSettings {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, one_at_a_time: Mutex::default() }
    }

    /// The current settings, read from the store: another process may have changed them a moment ago.
    pub(crate) async fn read(&self) -> Result<Kept, StoreError> {
        let _one_at_a_time = self.one_at_a_time.lock().await;
        let kept = match self.context.store.setting(SETTINGS).await {
            Ok(stored) => Kept::read(stored),
            Err(StoreError::Setting { source, .. }) => Kept::Damaged(source.to_string()),
            Err(error) => return Err(error),
        };
        self.follow(&kept);
        Ok(kept)
    }

    /// Changes the settings, however many processes do so at once.
    pub(crate) async fn write<C>(&self, change: C) -> Result<Settings, ApiError>
    where
        C: Fn(Kept) -> Result<Settings, ApiError> + Send + 'static,
    {
        let change = move |stored: Option<Value>| written(&change(Kept::read(stored))?);
        let _one_at_a_time = self.one_at_a_time.lock().await;
        let kept = Kept::read(Some(self.context.store.change_setting(SETTINGS, change).await??));
        self.follow(&kept);
        Ok(kept.in_force())
    }

    /// Remembers how long testers' pictures and logs are kept, and how many bytes of them.
    pub(crate) async fn set_retention_of_files(&self, days: u32, max_bytes: u64) -> Result<(), ApiError> {
        let change = move |kept: Kept| {
            let settings = kept.usable()?;
            let retention = Retention { days, max_bytes, ..settings.retention };
            Settings { retention, ..settings.clone() }.checked(&settings)
        };
        self.write(change).await.map(drop).map_err(retention_field)
    }

    /// Applies the settings. Subscribers wake only if something changed.
    fn follow(&self, kept: &Kept) {
        let now = kept.in_force();
        self.context.settings.send_if_modified(|known| std::mem::replace(known, now.clone()) != now);
        self.context.change(|conditions| conditions.settings = kept.trouble());
    }
}
