//! The files of feedback: how far each is, and what is kept.

use hookbell_core::vocabulary;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError, column::Text};

vocabulary!(
    /// What a file is to its feedback.
    Role, "the role of a file" {
        /// A screenshot.
        Picture = "picture",
        /// The crash log.
        Log = "log",
    }
);

vocabulary!(
    /// How far a picture or a log is.
    #[cfg_attr(feature = "ts", ts(rename = "FeedbackFileState"))]
    FileState, "the state of a file" {
        /// It is being fetched, or will be tried again.
        Waiting = "waiting",
        /// It is here.
        Kept = "kept",
        /// App Store Connect does not let us have it.
        Refused = "refused",
        /// It is not there any more.
        Gone = "gone",
        /// It is larger than Hookbell takes, in bytes or in pixels.
        TooLarge = "tooLarge",
        /// It is something else than an image.
        NotAnImage = "notAnImage",
        /// It was cleared away, or is too old to be kept. Refreshing fetches it.
        Cleared = "cleared",
    }
);

/// A file of a feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its number; never given twice.
    pub id: i64,
    /// The feedback it belongs to.
    pub feedback: String,
    /// What it is to it.
    pub role: Role,
    /// Its place among those of the same role, from 0.
    pub number: u32,
    /// How far it is.
    pub state: FileState,
    /// Why it is not here.
    pub reason: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, while it waits.
    pub next_at: Timestamp,
    /// Its name in the directory of feedback.
    pub name: Option<String>,
    /// `png`, `jpeg`, `heic` or `text`.
    pub kind: Option<String>,
    /// Pixels from left to right; as announced until it is here.
    pub width: Option<u32>,
    /// Pixels from top to bottom; as announced until it is here.
    pub height: Option<u32>,
    /// Its size.
    pub bytes: Option<u64>,
    /// The name of its thumbnail.
    pub thumbnail: Option<String>,
}

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name in the directory of feedback.
    pub name: String,
    /// `png`, `jpeg`, `heic` or `text`.
    pub kind: String,
    /// Pixels from left to right, if the file says so.
    pub width: Option<u32>,
    /// Pixels from top to bottom, if the file says so.
    pub height: Option<u32>,
    /// Its size.
    pub bytes: u64,
    /// The name and the size of its thumbnail.
    pub thumbnail: Option<(String, u64)>,
}

/// How much room files take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileUse {
    /// How many.
    pub files: u64,
    /// Bytes of all of them, thumbnails included.
    pub bytes: u64,
}

/// Of a kept file: its id, its name, its thumbnail's, its bytes, and when its feedback was sent.
type Oldest = (i64, Option<String>, Option<String>, i64, i64);

pub(super) fn selection(rest: &str) -> String {
    format!(
        "SELECT feedback_file.id, feedback_id, role, number, state, reason, tries, next_at, name, feedback_file.kind,
                width, height, bytes, thumbnail
         FROM feedback_file WHERE {rest}"
    )
}

impl Store {
    /// The files of a feedback: its log, then its pictures in Apple's order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback_files(&self, feedback: &str) -> Result<Vec<StoredFile>, StoreError> {
        let feedback = feedback.to_owned();
        let sql = selection("feedback_id = ? ORDER BY role, number");
        self.read(move |db| db.prepare_cached(&sql)?.query_map([feedback], from_row)?.collect()).await
    }

    /// One file.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback_file(&self, id: i64) -> Result<Option<StoredFile>, StoreError> {
        let sql = selection("feedback_file.id = ?");
        self.read(move |db| db.prepare_cached(&sql)?.query_row([id], from_row).optional()).await
    }

    /// Takes at most `limit` files that are due, those of the newest feedback first; if they are not here
    /// by `next`, they are due again then.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn take_files(&self, now: Timestamp, next: Timestamp, limit: u32) -> Result<Vec<StoredFile>, StoreError> {
        let sql = selection(
            "state = 'waiting' AND next_at <= ? ORDER BY
             (SELECT sent_order FROM feedback WHERE feedback.id = feedback_id) DESC, feedback_file.id LIMIT ?",
        );
        self.write(0, move |db| {
            let due: Vec<StoredFile> = db
                .prepare_cached(&sql)?
                .query_map(params![now.as_microsecond(), limit], from_row)?
                .collect::<rusqlite::Result<_>>()?;
            let mut taken = db.prepare_cached("UPDATE feedback_file SET next_at = ? WHERE id = ?")?;
            due.iter().try_for_each(|file| taken.execute(params![next.as_microsecond(), file.id]).map(drop))?;
            Ok(due)
        })
        .await
    }

    /// When the next file is due, if any waits.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn next_file(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = self
            .read(|db| {
                db.prepare_cached("SELECT min(next_at) FROM feedback_file WHERE state = 'waiting'")?
                    .query_row([], |row| row.get(0))
            })
            .await?;
        Ok(next.and_then(|next| Timestamp::from_microsecond(next).ok()))
    }

    /// Makes every file that waits due, as after a restart.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn hurry_files(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE feedback_file SET next_at = ?1 WHERE state = 'waiting' AND next_at > ?1")?
                .execute([now.as_microsecond()])
                .map(drop)
        })
        .await
    }

    /// Has every file of a feedback that is not here, or is empty, fetched again, from the beginning.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn retry_files(&self, feedback: &str, now: Timestamp) -> Result<(), StoreError> {
        let feedback = feedback.to_owned();
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE feedback_file SET state = 'waiting', reason = NULL, tries = 0, next_at = ?
                 WHERE feedback_id = ? AND (state <> 'kept' OR bytes = 0)",
            )?
            .execute(params![now.as_microsecond(), feedback])
            .map(drop)
        })
        .await
    }

    /// Notes that a file is here. `false` if it is not waited for any more: the caller takes it away again.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn keep_file(&self, id: i64, kept: KeptFile) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            let (thumbnail, thumbnail_bytes) = kept.thumbnail.clone().unzip();
            db.prepare_cached(
                "UPDATE feedback_file SET state = 'kept', reason = NULL, name = ?, kind = ?, width = coalesce(?, width),
                    height = coalesce(?, height), bytes = ?, thumbnail = ?, thumbnail_bytes = ?
                 WHERE id = ? AND state = 'waiting'",
            )?
            .execute(params![
                kept.name,
                kept.kind,
                kept.width,
                kept.height,
                kept.bytes as i64,
                thumbnail,
                thumbnail_bytes.map(|bytes| bytes as i64),
                id
            ])
            .map(|changed| changed == 1)
        })
        .await
    }

    /// Notes that a file did not come, and why; it is tried again at `next`. `tries` is 0 if nothing was learned of
    /// it, else 1.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn postpone_file(&self, id: i64, reason: &str, next: Timestamp, tries: u32) -> Result<(), StoreError> {
        let reason = reason.to_owned();
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE feedback_file SET reason = ?, tries = tries + ?, next_at = ? WHERE id = ? AND state = 'waiting'",
            )?
            .execute(params![reason, tries, next.as_microsecond(), id])
            .map(drop)
        })
        .await
    }

    /// Notes that a file will not come, and why.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn end_file(&self, id: i64, state: FileState, reason: &str) -> Result<(), StoreError> {
        let reason = reason.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("UPDATE feedback_file SET state = ?, reason = ? WHERE id = ? AND state = 'waiting'")?
                .execute(params![Text(state), reason, id])
                .map(drop)
        })
        .await
    }

    /// How much room the files take.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn file_use(&self) -> Result<FileUse, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT count(*), coalesce(sum(bytes + coalesce(thumbnail_bytes, 0)), 0)
                 FROM feedback_file WHERE state = 'kept'",
            )?
            .query_row([], |row| {
                let (files, bytes): (i64, i64) = (row.get(0)?, row.get(1)?);
                Ok(FileUse { files: files.unsigned_abs(), bytes: bytes.unsigned_abs() })
            })
        })
        .await
    }

    /// When the oldest feedback that has a file here was sent.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn oldest_kept(&self) -> Result<Option<Timestamp>, StoreError> {
        let oldest: Option<i64> = self
            .read(|db| {
                db.prepare_cached(
                    "SELECT min(sent_order) FROM feedback_file JOIN feedback ON feedback.id = feedback_id
                     WHERE state = 'kept'",
                )?
                .query_row([], |row| row.get(0))
            })
            .await?;
        Ok(oldest.and_then(|oldest| Timestamp::from_microsecond(oldest).ok()))
    }

    /// Lets files go, those of the oldest feedback first: of feedback sent before `before`, and then as
    /// many as it takes until no more than `most` bytes are left. The names of what lies in the directory
    /// and belongs to nothing any more; at most `limit` files' at once.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn clear_files(&self, before: Timestamp, most: u64, limit: u32) -> Result<Vec<String>, StoreError> {
        self.write(0, move |db| {
            let mut left: i64 = db
                .prepare_cached(
                    "SELECT coalesce(sum(bytes + coalesce(thumbnail_bytes, 0)), 0) FROM feedback_file WHERE state = 'kept'",
                )?
                .query_row([], |row| row.get(0))?;
            let oldest: Vec<Oldest> = db
                .prepare_cached(
                    "SELECT feedback_file.id, name, thumbnail, bytes + coalesce(thumbnail_bytes, 0), sent_order
                     FROM feedback_file JOIN feedback ON feedback.id = feedback_id WHERE state = 'kept'
                     ORDER BY sent_order, feedback_file.id LIMIT ?",
                )?
                .query_map([limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut clear = db.prepare_cached(
                "UPDATE feedback_file SET state = 'cleared', reason = NULL, name = NULL, thumbnail = NULL, bytes = NULL,
                    thumbnail_bytes = NULL WHERE id = ?",
            )?;
            let mut names = Vec::new();
            for (id, name, thumbnail, bytes, sent) in oldest {
                if sent >= before.as_microsecond() && left.unsigned_abs() <= most {
                    break;
                }
                clear.execute([id])?;
                names.extend([name, thumbnail].into_iter().flatten());
                left -= bytes;
            }
            Ok(names)
        })
        .await
    }

    /// The name of everything in the directory that belongs to a file.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn file_names(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT name FROM feedback_file WHERE name IS NOT NULL
                 UNION ALL SELECT thumbnail FROM feedback_file WHERE thumbnail IS NOT NULL",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
        })
        .await
    }
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredFile> {
    Ok(StoredFile {
        id: row.get(0)?,
        feedback: row.get(1)?,
        role: row.get::<_, Text<_>>(2)?.0,
        number: row.get(3)?,
        state: row.get::<_, Text<_>>(4)?.0,
        reason: row.get(5)?,
        tries: row.get(6)?,
        next_at: Timestamp::from_microsecond(row.get(7)?).unwrap_or(Timestamp::MAX),
        name: row.get(8)?,
        kind: row.get(9)?,
        width: row.get(10)?,
        height: row.get(11)?,
        bytes: row.get::<_, Option<i64>>(12)?.map(i64::unsigned_abs),
        thumbnail: row.get(13)?,
    })
}
