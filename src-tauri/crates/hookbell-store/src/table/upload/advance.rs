//! From stage to stage. Each change names the stage it leaves, so two processes never move a row past each other.

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
    /// App Store Connect does not know it: it said no, or never heard of it.
    NotReserved,
    /// Its file is reserved too: from now on parts are sent.
    Sending {
        /// The file's id.
        file: BuildUploadFileId,
        /// How many parts App Store Connect asks for.
        parts: u32,
    },
    /// All parts are there, and App Store Connect is about to be told so.
    Committing,
    /// A part is missing after all.
    Incomplete,
    /// App Store Connect has it and works on it.
    Committed,
    /// App Store Connect made a build of it. A plan for it has that build from now on.
    Done {
        /// The build.
        build: BuildId,
        /// The event that told.
        told_by: Option<i64>,
        /// What App Store Connect warned of, JSON.
        warnings: Option<String>,
    },
    /// Nothing more happens by itself.
    Failed {
        /// Why, JSON.
        failure: String,
        /// The event that told.
        told_by: Option<i64>,
    },
    /// It is about to be deleted at App Store Connect.
    Canceling,
    /// It is gone there.
    Canceled,
    /// App Store Connect has all of it, and works on it.
    NotCanceled,
    /// What was reserved is of no use: a new reservation takes its place.
    StartedOver,
    /// The former reservation is gone at App Store Connect.
    AbandonedDeleted,
}

impl Store {
    /// Writes down what happened to an upload. `false` if its stage is another one by now: then nothing was written.
    ///
    /// # Errors
    /// Those of a write.
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
                "stage = 'done', build_id = ?2, told_seq = ?3, warnings = ?4, ended_ms = ?5",
                "'processing'",
                params![id, build.as_str(), told_by, warnings, now],
            )?;
            if done {
                give_build_to_plan(db, id, build, now)?;
            }
            Ok(done)
        }
        UploadChange::Failed { failure, told_by } => update(
            "stage = 'failed', failure = ?2, told_seq = ?3, ended_ms = ?4",
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

/// What is left of an upload that begins anew.
pub(super) const START_OVER: &str = "stage = 'reserving', abandoned = coalesce(asc_id, abandoned), asc_id = NULL,
    file_id = NULL, part_count = NULL, reserved_ms = NULL";

pub(super) fn forget_parts(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM upload_part WHERE upload_id = ?")?.execute([id]).map(drop)
}

/// The plan of an upload is the plan of its build from now on, unless the build has one of its own by now.
fn give_build_to_plan(db: &Connection, id: i64, build: &BuildId, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE OR IGNORE distribution SET build_id = ?2, state = 'running', due_ms = ?3
         WHERE upload_id = ?1 AND ended_ms IS NULL",
    )?
    .execute(params![id, build.as_str(), now])?;
    stop_plan(db, id, now)
}

/// Ends a plan that waits for a build which this upload will not become.
pub(super) fn stop_plan(db: &Connection, id: i64, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE distribution SET state = 'stopped', due_ms = NULL, ended_ms = ?2
         WHERE upload_id = ?1 AND build_id IS NULL AND ended_ms IS NULL",
    )?
    .execute(params![id, now])
    .map(drop)
}
