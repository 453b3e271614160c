//! Stage transitions. Each change requires the stage it leaves, so two processes never move a row past each other.

use hookbell_core::{BuildId, BuildUploadFileId, BuildUploadId};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError};

/// What happened to an upload, or is about to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadChange {
    /// It is about to be announced to App Store Connect.
    Announcing,
    /// App Store Connect knows it by this id.
    Reserved(BuildUploadId),
    /// App Store Connect has no reservation: it rejected the request or never received it.
    NotReserved,
    /// Its file is reserved too: from now on parts are sent.
    Sending {
        /// The file's id.
        file: BuildUploadFileId,
        /// The number of parts App Store Connect expects.
        parts: u32,
    },
    /// All parts are there, and the commit is about to be sent.
    Committing,
    /// A part is missing after all.
    Incomplete,
    /// App Store Connect has it and is processing it.
    Committed,
    /// App Store Connect made a build of it, which its plan now uses.
    Done {
        /// The build.
        build: BuildId,
        /// The event that reported it. If `None`, one that has arrived by now counts.
        told_by: Option<i64>,
        /// App Store Connect's warnings, as JSON.
        warnings: Option<String>,
    },
    /// Nothing more happens without a person.
    Failed {
        /// Why, as JSON.
        failure: String,
        /// As for [`UploadChange::Done`].
        told_by: Option<i64>,
    },
    /// It is about to be deleted in App Store Connect.
    Canceling,
    /// It is deleted there.
    Canceled,
    /// App Store Connect has all of it and is processing it.
    NotCanceled,
    /// The reservation is unusable: a new one replaces it.
    StartedOver,
    /// The former reservation is deleted in App Store Connect.
    AbandonedDeleted,
}

impl Store {
    /// Records what happened to an upload. Returns `false`, without writing, if its stage has changed in the meantime.
    ///
    /// # Errors
    /// Write errors.
    pub async fn advance_upload(&self, id: i64, change: UploadChange, now: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| advance(db, id, &change, now.as_millisecond())).await
    }
}

fn advance(db: &Connection, id: i64, change: &UploadChange, now: i64) -> rusqlite::Result<bool> {
    let update = |set: &str, from: &str, values: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<bool> {
        let sql =
            format!("UPDATE upload SET waits = NULL, {set} WHERE id = ?1 AND ended_ms IS NULL AND stage IN ({from})");
        Ok(db.prepare_cached(&sql)?.execute(values)? == 1)
    };
    match change {
        UploadChange::Announcing => update("reserved_ms = coalesce(reserved_ms, ?2)", "'reserving'", params![id, now]),
        UploadChange::Reserved(asc_id) => {
            update("asc_id = ?2", "'reserving', 'canceling'", params![id, asc_id.as_str()])
        }
        UploadChange::NotReserved => update("reserved_ms = NULL", "'reserving', 'canceling'", params![id]),
        UploadChange::Sending { file, parts } => update(
            "stage = 'sending', file_id = ?2, part_count = ?3",
            "'reserving', 'sending'",
            params![id, file.as_str(), parts],
        ),
        UploadChange::Committing => update("stage = 'committing'", "'sending'", params![id]),
        UploadChange::Incomplete => {
            let incomplete = update("stage = 'sending'", "'committing'", params![id])?;
            if incomplete {
                forget_parts(db, id)?;
            }
            Ok(incomplete)
        }
        UploadChange::Committed => update("stage = 'processing', committed_ms = ?2", "'committing'", params![id, now]),
        UploadChange::Done { build, told_by, warnings } => {
            let done = update(
                &format!(
                    "stage = 'done', build_id = ?2, told_seq = coalesce(?3, {}), warnings = ?4, ended_ms = ?5",
                    told_by_now("COMPLETE")
                ),
                "'processing'",
                params![id, build.as_str(), told_by, warnings, now],
            )?;
            if done {
                give_build_to_plan(db, id, build, now)?;
            }
            Ok(done)
        }
        UploadChange::Failed { failure, told_by } => update(
            &format!(
                "stage = 'failed', failure = ?2, told_seq = coalesce(?3, {}), ended_ms = ?4",
                told_by_now("FAILED")
            ),
            "'reserving', 'sending', 'committing', 'processing'",
            params![id, failure, told_by, now],
        ),
        UploadChange::Canceling => {
            update("stage = 'canceling'", "'reserving', 'sending', 'committing', 'processing'", params![id])
        }
        UploadChange::Canceled => {
            let canceled = update("stage = 'canceled', ended_ms = ?2", "'canceling'", params![id, now])?;
            if canceled {
                stop_plan(db, id, now)?;
            }
            Ok(canceled)
        }
        UploadChange::NotCanceled => update(
            "stage = 'processing', cancel = 0, committed_ms = coalesce(committed_ms, ?2)",
            "'canceling'",
            params![id, now],
        ),
        UploadChange::StartedOver => {
            let started_over = update(START_OVER, "'reserving', 'sending', 'committing'", params![id])?;
            if started_over {
                forget_parts(db, id)?;
            }
            Ok(started_over)
        }
        UploadChange::AbandonedDeleted => {
            db.prepare_cached("UPDATE upload SET abandoned = NULL WHERE id = ?")?.execute([id]).map(|one| one == 1)
        }
    }
}

/// The event that has reported the end of an upload by now. Without one, Hookbell's own news reports it and a later event
/// stays silent. Deciding this in the transaction that ends the upload makes it exactly one of the two.
fn told_by_now(state: &str) -> String {
    format!(
        "(SELECT max(seq) FROM event
          WHERE kind IN ('version', 'build', 'upload') AND instance_id IS NOT NULL AND instance_id = upload.asc_id
              AND kind = 'upload' AND to_state = '{state}')"
    )
}

/// What is left of an upload that begins anew.
pub(super) const START_OVER: &str = "stage = 'reserving', abandoned = coalesce(asc_id, abandoned), asc_id = NULL,
    file_id = NULL, part_count = NULL, reserved_ms = NULL";

pub(super) fn forget_parts(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM upload_part WHERE upload_id = ?")?.execute([id]).map(drop)
}

/// Turns an upload's plan into its build's plan, unless the build already has one.
fn give_build_to_plan(db: &Connection, id: i64, build: &BuildId, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE OR IGNORE distribution SET build_id = ?2, state = 'running', due_ms = ?3
         WHERE upload_id = ?1 AND ended_ms IS NULL",
    )?
    .execute(params![id, build.as_str(), now])?;
    stop_plan(db, id, now)
}

/// Ends a plan that waits for a build that this upload won't become.
pub(super) fn stop_plan(db: &Connection, id: i64, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE distribution SET state = 'stopped', due_ms = NULL, ended_ms = ?2
         WHERE upload_id = ?1 AND build_id IS NULL AND ended_ms IS NULL",
    )?
    .execute(params![id, now])
    .map(drop)
}
