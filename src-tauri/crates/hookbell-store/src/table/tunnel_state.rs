//! What the tunnel does, as the process that runs it says. Like the listener's row it is only as good as
//! that process: its nonce tells whose word it is.

use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/011-tunnel-state.sql");

impl Store {
    /// Says what the tunnel of the listener with this nonce does.
    ///
    /// # Errors
    /// [`StoreError::Setting`] if it has no JSON form, and those of a write.
    pub async fn set_tunnel_state<T: Serialize>(&self, nonce: &str, state: &T) -> Result<(), StoreError> {
        let state = serde_json::to_value(state).map_err(super::setting::unreadable("tunnel_state"))?;
        let nonce = nonce.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("INSERT OR REPLACE INTO tunnel_state (id, nonce, state) VALUES (1, ?, ?)")?
                .execute(params![nonce, Text(&state)])
                .map(drop)
        })
        .await
    }

    /// What the tunnel of the listener with this nonce does, if it has said so in a way that can be read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn tunnel_state<T: DeserializeOwned>(&self, nonce: &str) -> Result<Option<T>, StoreError> {
        let nonce = nonce.to_owned();
        let state = self
            .read(move |db| {
                db.prepare_cached("SELECT state FROM tunnel_state WHERE nonce = ?")?
                    .query_row([nonce], |row| Ok(row.get::<_, Text<Value>>(0)?.0))
                    .optional()
            })
            .await?;
        // A newer version may say it in another way.
        Ok(state.and_then(|state| serde_json::from_value(state).ok()))
    }
}
