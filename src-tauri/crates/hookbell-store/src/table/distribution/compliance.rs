//! A person's answer about encryption, remembered for all builds of an app.

use hookbell_core::AppId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

impl Store {
    /// Remembers the answer for an app's future builds.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remember_encryption(&self, app: AppId, uses: bool, now: Timestamp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached(
                "INSERT INTO app_compliance (app_id, uses_encryption, at_ms) VALUES (?, ?, ?)
                 ON CONFLICT (app_id) DO UPDATE SET uses_encryption = excluded.uses_encryption, at_ms = excluded.at_ms",
            )?
            .execute(params![app.as_str(), uses, now.as_millisecond()])
            .map(drop)
        })
        .await
    }

    /// The answer remembered for an app.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn remembered_encryption(&self, app: AppId) -> Result<Option<bool>, StoreError> {
        self.read(move |db| {
            db.prepare_cached("SELECT uses_encryption FROM app_compliance WHERE app_id = ?")?
                .query_row([app.as_str()], |row| row.get(0))
                .optional()
        })
        .await
    }
}
