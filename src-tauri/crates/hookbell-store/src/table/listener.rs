//! Which process listens. The row doesn't prove that the process is still running; its nonce does.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/006-listener.sql");

/// The listening process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// The address it listens on, without a webhook's path.
    pub url: String,
    /// Its process id.
    pub pid: u32,
    /// Its answer to a probe, which proves that it is this very run.
    pub nonce: String,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Records this process as the listener, replacing any other.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_listener(&self, listening: Listening) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("INSERT OR REPLACE INTO listener (id, url, pid, nonce, since) VALUES (1, ?, ?, ?, ?)")?
                .execute(params![listening.url, listening.pid, listening.nonce, Text(listening.since)])
                .map(drop)
        })
        .await
    }

    /// Removes the listener unless another process has taken over by now. Returns whether it was this one.
    ///
    /// # Errors
    /// Write errors.
    pub async fn clear_listener(&self, nonce: &str) -> Result<bool, StoreError> {
        let nonce = nonce.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM listener WHERE nonce = ?")?.execute([&nonce]).map(|removed| removed == 1)
        })
        .await
    }

    /// The current listener, if any.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn listener(&self) -> Result<Option<Listening>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT url, pid, nonce, since FROM listener")?
                .query_row([], |row| {
                    Ok(Listening {
                        url: row.get(0)?,
                        pid: row.get(1)?,
                        nonce: row.get(2)?,
                        since: row.get::<_, Text<_>>(3)?.0,
                    })
                })
                .optional()
        })
        .await
    }
}
