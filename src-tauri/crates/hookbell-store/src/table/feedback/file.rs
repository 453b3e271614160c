//! The files of feedback: the state of each, and what is stored.

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
    /// The state of a screenshot or a log.
    #[cfg_attr(feature = "ts", ts(rename = "FeedbackFileState"))]
    FileState, "the state of a file" {
        /// It is being fetched, or will be retried.
        Waiting = "waiting",
        /// It is stored here.
        Kept = "kept",
        /// App Store Connect denies access to it.
        Refused = "refused",
        /// It no longer exists.
        Gone = "gone",
        /// It exceeds Hookbell's limit in bytes or pixels.
        TooLarge = "tooLarge",
        /// It isn't an image.
        NotAnImage = "notAnImage",
        /// It was cleared or is too old to keep. Refreshing fetches it.
        Cleared = "cleared",
    }
);

/// A file of a feedback item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its number, never reused.
    pub id: i64,
    /// The feedback it belongs to.
    pub feedback: String,
    /// Its role.
    pub role: Role,
    /// Its position among files of the same role, from 0.
    pub number: u32,
    /// Its state.
    pub state: FileState,
    /// Why it isn't stored.
    pub reason: Option<String>,
    /// The number of attempts.
    pub tries: u32,
    /// When the next attempt is due, while it waits.
    pub next_at: Timestamp,
    /// Its name in the feedback directory.
    pub name: Option<String>,
    /// `png`, `jpeg`, `heic` or `text`.
    pub kind: Option<String>,
    /// Width in pixels; as announced until it is stored.
    pub width: Option<u32>,
    /// Height in pixels; as announced until it is stored.
    pub height: Option<u32>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// The name of its thumbnail.
    pub thumbnail: Option<String>,
}

/// A fetched file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name in the feedback directory.
    pub name: String,
    /// `png`, `jpeg`, `heic` or `text`.
    pub kind: String,
    /// Width in pixels, if the file says so.
    pub width: Option<u32>,
    /// Height in pixels, if the file says so.
    pub height: Option<u32>,
    /// Its size in bytes.
    pub bytes: u64,
    /// The name and size of its thumbnail.
    pub thumbnail: Option<(String, u64)>,
}

/// How much space files take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileUse {
    /// The number of files.
    pub files: u64,
    /// Their total size in bytes, thumbnails included.
    pub bytes: u64,
}

/// A stored file's id, name, thumbnail name and bytes, and when its feedback was sent.
type Oldest = (i64, Option<String>, Option<String>, i64, i64);

pub(super) fn selection(rest: &str) -> String {
    format!(
        "SELECT feedback_file.id, feedback_id, role, number, state, reason, tries, next_at, name, feedback_file.kind,
                width, height, bytes, thumbnail
         FROM feedback_file WHERE {rest}"
    )
}

impl Store {
    /// The files of a feedback item: its log, then its screenshots in Apple's order.
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

    /// Takes at most `limit` due files, newest feedback first; those not stored by `next` become due again then.
    ///
    /// # Errors
    /// Write errors.
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

    /// When the next file is due, if any is waiting.
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

    /// Makes every waiting file due, for example after a restart.
    ///
    /// # Errors
    /// Write errors.
    pub async fn hurry_files(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE feedback_file SET next_at = ?1 WHERE state = 'waiting' AND next_at > ?1")?
                .execute([now.as_microsecond()])
                .map(drop)
        })
        .await
    }

    /// Restarts fetching every file of a feedback item that isn't stored or is empty.
    ///
    /// # Errors
    /// Write errors.
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

    /// Records that a file is stored. Returns `false` if it is no longer expected: the caller then removes it.
    ///
    /// # Errors
    /// Write errors.
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

    /// Records why a fetch failed; it is retried at `next`. `tries` is 0 if the attempt revealed nothing about the
    /// file, else 1.
    ///
    /// # Errors
    /// Write errors.
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

    /// Records that a file won't be fetched, and why.
    ///
    /// # Errors
    /// Write errors.
    pub async fn end_file(&self, id: i64, state: FileState, reason: &str) -> Result<(), StoreError> {
        let reason = reason.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("UPDATE feedback_file SET state = ?, reason = ? WHERE id = ? AND state = 'waiting'")?
                .execute(params![Text(state), reason, id])
                .map(drop)
        })
        .await
    }

    /// How much space the files take.
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

    /// When the oldest feedback with a stored file was sent.
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

    /// Clears files, oldest feedback first: those of feedback sent before `before`, then as many as needed until at
    /// most `most` bytes are left. Clears at most `limit` files at once and returns the names in the directory that are
    /// now orphaned.
    ///
    /// # Errors
    /// Write errors.
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

    /// The names of everything in the directory that belongs to a file.
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
