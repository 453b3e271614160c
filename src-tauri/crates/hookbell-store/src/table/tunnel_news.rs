//! What happened to the tunnel and what was fixed, for people.

use hookbell_core::vocabulary;
use jiff::Timestamp;
use rusqlite::params;

use crate::{
    Store, StoreError,
    column::{Text, word},
};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/012-tunnel-news.sql");

/// The number of rows kept.
const MAX_KEPT_ROWS: i64 = 200;

vocabulary!(
    /// What happened to the tunnel and what was fixed.
    TunnelNewsKind, "a kind of news of the tunnel" {
        /// It came up.
        Up = "up",
        /// It went down.
        Down = "down",
        /// Its address changed.
        AddressChanged = "addressChanged",
        /// Webhooks were repointed to the new address in App Store Connect.
        Moved = "moved",
        /// Webhooks could not be repointed.
        NotMoved = "notMoved",
        /// Missed events were fetched.
        Fetched = "fetched",
        /// Events before a certain day can no longer be fetched.
        Gap = "gap",
    }
);

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTunnelNews {
    /// When.
    pub at: Timestamp,
    /// Its kind.
    pub kind: TunnelNewsKind,
    /// What happened, in a sentence.
    pub sentence: String,
    /// The number of webhooks or events affected.
    pub count: u32,
}

impl Store {
    /// Adds an entry and deletes the oldest beyond 200.
    ///
    /// # Errors
    /// Write errors.
    pub async fn add_tunnel_news(&self, news: StoredTunnelNews) -> Result<(), StoreError> {
        self.write(news.sentence.len(), move |db| {
            db.prepare_cached("INSERT INTO tunnel_news (at, kind, sentence, count) VALUES (?, ?, ?, ?)")?
                .execute(params![Text(news.at), Text(news.kind), news.sentence, news.count])?;
            db.prepare_cached("DELETE FROM tunnel_news WHERE id <= ?")?
                .execute([db.last_insert_rowid() - MAX_KEPT_ROWS])
                .map(drop)
        })
        .await
    }

    /// The newest entries, newest first. Kinds that only a newer Hookbell knows are left out.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn tunnel_news(&self, limit: u32) -> Result<Vec<StoredTunnelNews>, StoreError> {
        self.read(move |db| {
            db.prepare_cached("SELECT at, kind, sentence, count FROM tunnel_news ORDER BY id DESC LIMIT ?")?
                .query_map([limit], |row| {
                    let Some(kind) = word(row, 1)? else { return Ok(None) };
                    Ok(Some(StoredTunnelNews {
                        at: row.get::<_, Text<_>>(0)?.0,
                        kind,
                        sentence: row.get(2)?,
                        count: row.get(3)?,
                    }))
                })?
                .filter_map(Result::transpose)
                .collect()
        })
        .await
    }
}
