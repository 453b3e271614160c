//! Builds as App Store Connect last listed them, to show a list before the next answer. No decision depends on them.

use hookbell_core::{AccountId, AppId, BuildId};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, column::Text};

/// A build as of its last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownBuild {
    /// Its id.
    pub id: BuildId,
    /// When it was uploaded, with millisecond precision.
    pub uploaded_at: Option<Timestamp>,
    /// What was read about it, as JSON.
    pub document: String,
    /// When it was read.
    pub read_at: Timestamp,
}

impl Store {
    /// Stores an app's builds that were just read.
    ///
    /// # Errors
    /// Write errors.
    pub async fn keep_known_builds(
        &self,
        app: AppId,
        account: Option<AccountId>,
        builds: Vec<KnownBuild>,
    ) -> Result<(), StoreError> {
        let bytes = builds.iter().map(|build| build.document.len()).sum();
        self.write(bytes, move |db| {
            let mut keep = db.prepare_cached(
                "INSERT INTO known_build (build_id, app_id, account_id, uploaded_ms, document, read_ms)
                 VALUES (?, ?, ?, ?, ?, ?)
                 ON CONFLICT (build_id) DO UPDATE SET app_id = excluded.app_id, account_id = excluded.account_id,
                    uploaded_ms = excluded.uploaded_ms, document = excluded.document, read_ms = excluded.read_ms",
            )?;
            for build in &builds {
                keep.execute(params![
                    build.id.as_str(),
                    app.as_str(),
                    account.as_ref().map(AccountId::as_str),
                    build.uploaded_at.map(Timestamp::as_millisecond),
                    build.document,
                    build.read_at.as_millisecond(),
                ])?;
            }
            Ok(())
        })
        .await
    }

    /// The known builds of an app, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn known_builds(&self, app: AppId, limit: u32) -> Result<Vec<KnownBuild>, StoreError> {
        self.read(move |db| {
            db.prepare_cached(
                "SELECT build_id, uploaded_ms, document, read_ms FROM known_build WHERE app_id = ?
                 ORDER BY uploaded_ms DESC, build_id DESC LIMIT ?",
            )?
            .query_map(params![app.as_str(), limit], |row| {
                let uploaded: Option<i64> = row.get(1)?;
                Ok(KnownBuild {
                    id: row.get::<_, Text<_>>(0)?.0,
                    uploaded_at: uploaded.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
                    document: row.get(2)?,
                    read_at: Timestamp::from_millisecond(row.get(3)?).unwrap_or_default(),
                })
            })?
            .collect()
        })
        .await
    }
}

/// Removes the known builds of an account.
pub(crate) fn remove(db: &Connection, account: &AccountId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM known_build WHERE account_id = ?")?.execute([account.as_str()]).map(drop)
}
