//! Every address at which this data directory has been reachable. A webhook of ours that still points to one of these
//! may be repointed; one that somebody pointed elsewhere by hand must not be.

use jiff::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/013-payload-base.sql");

impl Store {
    /// Remembers an address, without a path, permanently.
    ///
    /// # Errors
    /// Write errors.
    pub async fn add_payload_base(&self, base: &str, since: Timestamp) -> Result<(), StoreError> {
        let base = base.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("INSERT INTO payload_base (base, since) VALUES (?, ?) ON CONFLICT (base) DO NOTHING")?
                .execute(params![base, Text(since)])
                .map(drop)
        })
        .await
    }

    /// Every address so far.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn payload_bases(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| db.prepare_cached("SELECT base FROM payload_base")?.query_map([], |row| row.get(0))?.collect())
            .await
    }
}
