//! Builds on their way to App Store Connect: one row each, written before anything is sent.
//!
//! [`advance`] moves a row from stage to stage, [`parts`] records confirmed parts, [`wishes`] records a person's
//! requests. Which process works on an upload isn't stored here: a file lock says that, because it ends with its
//! process.

pub(crate) mod advance;
pub(crate) mod parts;
pub(crate) mod wishes;

use hookbell_core::{AccountId, AppId, BuildId, BuildUploadFileId, BuildUploadId, vocabulary};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    column::{Text, word_or},
};

pub(crate) const MIGRATION: &str = include_str!("../../../migrations/029-upload.sql");
pub(crate) const COPY: &str = include_str!("../../../migrations/033-upload-copy.sql");

vocabulary!(
    /// The stage of an upload.
    UploadStage, "a stage of an upload" {
        /// It is being reserved in App Store Connect.
        Reserving = "reserving",
        /// Its parts are being sent.
        Sending = "sending",
        /// All parts are there, and the upload is being committed.
        Committing = "committing",
        /// App Store Connect is processing it.
        Processing = "processing",
        /// App Store Connect made a build of it.
        Done = "done",
        /// It ended without a build.
        Failed = "failed",
        /// It is being deleted in App Store Connect.
        Canceling = "canceling",
        /// It was deleted there.
        Canceled = "canceled",
    }
);

/// An upload to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// The account whose key it uses; none for the command line's key.
    pub account: Option<AccountId>,
    /// The app it is for.
    pub app: AppId,
    /// `CFBundleIdentifier`.
    pub bundle_id: String,
    /// `CFBundleShortVersionString`.
    pub version: String,
    /// `CFBundleVersion`.
    pub number: String,
    /// App Store Connect's constant: `IOS`.
    pub platform: String,
    /// The file's type: `com.apple.ipa`.
    pub uti: String,
    /// The file's name.
    pub file_name: String,
    /// Where the file is.
    pub path: String,
    /// Its length in bytes.
    pub size: i64,
    /// The file's identity, so that another file under the same name isn't mistaken for it.
    pub identity: String,
    /// The file's own answer about encryption.
    pub uses_encryption: Option<bool>,
}

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUpload {
    /// Its number, never reused.
    pub id: i64,
    /// What is sent, and for which app.
    pub build: NewUpload,
    /// Its stage.
    pub stage: UploadStage,
    /// A person paused it.
    pub paused: bool,
    /// A person canceled it.
    pub cancel: bool,
    /// Its id in App Store Connect, once known. The build gets the same id.
    pub asc_id: Option<BuildUploadId>,
    /// The file's id in App Store Connect.
    pub file_id: Option<BuildUploadFileId>,
    /// Its former id in App Store Connect after starting over, until that is deleted there.
    pub abandoned: Option<BuildUploadId>,
    /// The number of parts App Store Connect expects.
    pub part_count: Option<u32>,
    /// How many of them it has.
    pub confirmed_parts: u32,
    /// The total size of those parts in bytes.
    pub confirmed_bytes: i64,
    /// The build it became.
    pub build_id: Option<BuildId>,
    /// The event that reported the end of processing; none if Hookbell asked.
    pub told_by: Option<i64>,
    /// Why it doesn't progress, as JSON.
    pub waits: Option<String>,
    /// Why it failed, as JSON.
    pub failure: Option<String>,
    /// App Store Connect's warnings, as JSON.
    pub warnings: Option<String>,
    /// The identity of our copy of the file, once the copy is complete.
    pub copy_identity: Option<String>,
    /// When it was stored. All times here have millisecond precision.
    pub written_at: Timestamp,
    /// When a reservation was first requested, perhaps without an answer.
    pub reserved_at: Option<Timestamp>,
    /// When App Store Connect had all of it.
    pub committed_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Which uploads to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadQuery {
    /// Uploads for an app.
    pub app: Option<AppId>,
    /// Only those that have not ended.
    pub open: bool,
    /// The maximum number of uploads.
    pub limit: u32,
}

impl Store {
    /// Stores an upload. Returns `None` if the same build number of the same app is already on its way.
    ///
    /// # Errors
    /// Write errors.
    pub async fn write_upload(&self, new: NewUpload, now: Timestamp) -> Result<Option<i64>, StoreError> {
        self.write(new.path.len(), move |db| {
            db.prepare_cached(
                "INSERT INTO upload (account_id, app_id, bundle_id, version, number, platform, uti, file_name, path, size,
                    identity, uses_encryption, stage, written_ms)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserving', ?) ON CONFLICT DO NOTHING RETURNING id",
            )?
            .query_row(
                params![
                    new.account.as_ref().map(AccountId::as_str),
                    new.app.as_str(),
                    new.bundle_id,
                    new.version,
                    new.number,
                    new.platform,
                    new.uti,
                    new.file_name,
                    new.path,
                    new.size,
                    new.identity,
                    new.uses_encryption,
                    now.as_millisecond(),
                ],
                |row| row.get(0),
            )
            .optional()
        })
        .await
    }

    /// Records the identity of the completed copy of an upload's file.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_upload_copy(&self, id: i64, identity: String) -> Result<(), StoreError> {
        self.write(identity.len(), move |db| {
            db.prepare_cached("UPDATE upload SET copy_identity = ? WHERE id = ?")?
                .execute(params![identity, id])
                .map(drop)
        })
        .await
    }

    /// One upload.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn upload(&self, id: i64) -> Result<Option<StoredUpload>, StoreError> {
        self.read(move |db| db.prepare_cached(&select("WHERE id = ?"))?.query_row([id], read).optional()).await
    }

    /// The upload with this id in App Store Connect.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn upload_of_asc_id(&self, id: BuildUploadId) -> Result<Option<StoredUpload>, StoreError> {
        self.read(move |db| db.prepare_cached(&select("WHERE asc_id = ?"))?.query_row([id.as_str()], read).optional())
            .await
    }

    /// Uploads, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn uploads(&self, query: UploadQuery) -> Result<Vec<StoredUpload>, StoreError> {
        self.read(move |db| {
            let UploadQuery { app, open, limit } = query;
            db.prepare_cached(&select(
                "WHERE (?1 IS NULL OR app_id = ?1) AND (NOT ?2 OR ended_ms IS NULL) ORDER BY id DESC LIMIT ?3",
            ))?
            .query_map(params![app.as_ref().map(AppId::as_str), open, limit], read)?
            .collect()
        })
        .await
    }
}

fn select(which: &str) -> String {
    format!(
        "SELECT account_id, app_id, bundle_id, version, number, platform, uti, file_name, path, size, identity,
                uses_encryption, id, stage, paused, cancel, asc_id, file_id, abandoned, part_count,
                (SELECT count(*) FROM upload_part WHERE upload_id = upload.id),
                (SELECT coalesce(sum(length), 0) FROM upload_part WHERE upload_id = upload.id),
                build_id, told_seq, waits, failure, warnings, written_ms, reserved_ms, committed_ms, ended_ms,
                copy_identity
         FROM upload {which}"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredUpload> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    };
    Ok(StoredUpload {
        build: NewUpload {
            account: row.get::<_, Option<Text<_>>>(0)?.map(|id| id.0),
            app: row.get::<_, Text<_>>(1)?.0,
            bundle_id: row.get(2)?,
            version: row.get(3)?,
            number: row.get(4)?,
            platform: row.get(5)?,
            uti: row.get(6)?,
            file_name: row.get(7)?,
            path: row.get(8)?,
            size: row.get(9)?,
            identity: row.get(10)?,
            uses_encryption: row.get(11)?,
        },
        id: row.get(12)?,
        stage: word_or(row, 13, UploadStage::Failed)?,
        paused: row.get(14)?,
        cancel: row.get(15)?,
        asc_id: row.get::<_, Option<Text<_>>>(16)?.map(|id| id.0),
        file_id: row.get::<_, Option<Text<_>>>(17)?.map(|id| id.0),
        abandoned: row.get::<_, Option<Text<_>>>(18)?.map(|id| id.0),
        part_count: row.get(19)?,
        confirmed_parts: row.get(20)?,
        confirmed_bytes: row.get(21)?,
        build_id: row.get::<_, Option<Text<_>>>(22)?.map(|id| id.0),
        told_by: row.get(23)?,
        waits: row.get(24)?,
        failure: row.get(25)?,
        warnings: row.get(26)?,
        written_at: time(27)?.unwrap_or_default(),
        reserved_at: time(28)?,
        committed_at: time(29)?,
        ended_at: time(30)?,
        copy_identity: row.get(31)?,
    })
}
