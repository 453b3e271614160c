//! What a person wants of an upload. The process that works on it reads the row and does it.

use jiff::Timestamp;
use rusqlite::params;

use super::advance::{START_OVER, forget_parts, stop_plan};
use crate::{Store, StoreError};

impl Store {
    /// Pauses an upload, or has it go on. `false` if it has ended, or there is none.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn pause_upload(&self, id: i64, paused: bool) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE upload SET paused = ?, waits = NULL WHERE id = ? AND ended_ms IS NULL")?
                .execute(params![paused, id])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Has an upload end, and be deleted at App Store Connect. `false` if it has ended, or there is none.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn cancel_upload(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE upload SET cancel = 1, paused = 0, waits = NULL WHERE id = ? AND ended_ms IS NULL",
            )?
            .execute([id])
            .map(|changed| changed == 1)
        })
        .await
    }

    /// Has an upload that failed begin anew. `false` if it has not failed, or the same number is on its way again.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn retry_upload(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            let sql = format!(
                "UPDATE OR IGNORE upload SET {START_OVER}, paused = 0, cancel = 0, waits = NULL, failure = NULL,
                    told_seq = NULL, committed_ms = NULL, ended_ms = NULL
                 WHERE id = ? AND stage = 'failed'"
            );
            let changed = db.prepare_cached(&sql)?.execute([id])? == 1;
            if changed {
                forget_parts(db, id)?;
            }
            Ok(changed)
        })
        .await
    }

    /// Says why an upload does not move, as JSON; `None` once it moves.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn set_upload_waits(&self, id: i64, waits: Option<String>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE upload SET waits = ?1 WHERE id = ?2 AND waits IS NOT ?1 AND ended_ms IS NULL")?
                .execute(params![waits, id])
                .map(drop)
        })
        .await
    }

    /// Takes an upload that has ended off the list, and stops the plan that waits for its build. `false` if it has not ended, or there is none.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn forget_upload(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            let sql = "DELETE FROM upload WHERE id = ? AND ended_ms IS NOT NULL";
            let forgotten = db.prepare_cached(sql)?.execute([id])? == 1;
            if forgotten {
                forget_parts(db, id)?;
                stop_plan(db, id, now.as_millisecond())?;
            }
            Ok(forgotten)
        })
        .await
    }
}
