//! A person's requests for an upload. The process that works on it reads the row and acts on them.

use jiff::Timestamp;
use rusqlite::params;

use super::advance::{START_OVER, forget_parts, stop_plan};
use crate::{Store, StoreError};

impl Store {
    /// Pauses or resumes an upload. Returns `false` if it has ended or doesn't exist.
    ///
    /// # Errors
    /// Write errors.
    pub async fn pause_upload(&self, id: i64, paused: bool) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE upload SET paused = ?, waits = NULL WHERE id = ? AND ended_ms IS NULL")?
                .execute(params![paused, id])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Ends an upload and deletes it in App Store Connect. Returns `false` if it has ended or doesn't exist.
    ///
    /// # Errors
    /// Write errors.
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

    /// Restarts a failed upload. Returns `false` if it has not failed, or if the same build number is on its way again.
    ///
    /// # Errors
    /// Write errors.
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

    /// Records why an upload doesn't progress, as JSON; `None` once it does.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_upload_waits(&self, id: i64, waits: Option<String>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE upload SET waits = ?1 WHERE id = ?2 AND waits IS NOT ?1 AND ended_ms IS NULL")?
                .execute(params![waits, id])
                .map(drop)
        })
        .await
    }

    /// Deletes an ended upload and stops the plan that waits for its build. Returns `false` if it has not ended or
    /// doesn't exist.
    ///
    /// # Errors
    /// Write errors.
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
