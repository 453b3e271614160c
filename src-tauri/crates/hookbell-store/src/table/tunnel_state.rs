//! The tunnel's state, as reported by the process that runs it. Like the listener's row, it is only valid while that
//! process runs: the nonce identifies the process.

use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/011-tunnel-state.sql");

impl Store {
    /// Stores the tunnel state of the listener with this nonce.
    ///
    /// # Errors
    /// [`StoreError::Setting`] if it has no JSON form, and write errors.
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

    /// The tunnel state of the listener with this nonce, if stored and readable.
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
        // A newer version may store it in another form.
        Ok(state.and_then(|state| serde_json::from_value(state).ok()))
    }
}
