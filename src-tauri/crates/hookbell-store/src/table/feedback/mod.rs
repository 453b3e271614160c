//! Feedback: one row per submission, and its files.
//!
//! A feedback item shares its read and archived states with the events that reported it: triggers keep both tables in
//! sync, whichever table and process changes. The files are in a directory that the engine owns; this table has their
//! names and states.

mod file;
mod page;
mod put;
mod state;

use hookbell_core::{AccountId, FeedbackKind};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};

pub use self::{
    file::{FileState, FileUse, KeptFile, Role, StoredFile},
    page::{FeedbackCount, FeedbackPage, FeedbackPlace, FeedbackQuery},
    put::{NewFeedback, NewPicture},
};
use crate::{
    Store, StoreError,
    column::{Text, word_or},
};

pub(crate) const MIGRATION: &str = include_str!("../../../migrations/018-feedback.sql");

/// A tester's submission as App Store Connect has it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackSubmission {
    /// App Store Connect's id.
    pub id: String,
    /// Its kind. A kind that only a newer Hookbell knows reads as [`FeedbackKind::Screenshot`].
    pub kind: FeedbackKind,
    /// The account that read it.
    pub account: Option<AccountId>,
    /// The app's id.
    pub app: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// The build's id.
    pub build_id: Option<String>,
    /// The version, for instance "3.3".
    pub version: Option<String>,
    /// The build number, for instance "418".
    pub build: Option<String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Who sent it.
    pub tester: Option<String>,
    /// The tester's words.
    pub comment: Option<String>,
    /// The device as people call it.
    pub device: Option<String>,
    /// Everything else that is known.
    pub facts: serde_json::Value,
}

/// A stored feedback item.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFeedback {
    /// What was sent.
    pub submission: FeedbackSubmission,
    /// What crashed, in a few words.
    pub summary: Option<String>,
    /// Why it can no longer be read.
    pub trouble: Option<String>,
    /// Whether it was read.
    pub read: bool,
    /// Whether it was archived.
    pub archived: bool,
    /// The newest event that reported it, if any.
    pub event: Option<i64>,
}

const COLUMNS: &str = "feedback.id, kind, account_id, app_id, app_name, build_id, version, build, sent_at, tester,
    comment, device, facts, summary, trouble, read, archived,
    (SELECT max(event.seq) FROM event WHERE event.kind IN ('screenshot', 'crash') AND event.instance_id = feedback.id)";

impl Store {
    /// One feedback item.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback(&self, id: &str) -> Result<Option<StoredFeedback>, StoreError> {
        let id = id.to_owned();
        self.read(move |db| {
            db.prepare_cached(&format!("SELECT {COLUMNS} FROM feedback WHERE id = ?"))?
                .query_row([id], from_row)
                .optional()
        })
        .await
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredFeedback> {
    let submission = FeedbackSubmission {
        id: row.get(0)?,
        kind: word_or(row, 1, FeedbackKind::Screenshot)?,
        account: row.get::<_, Option<Text<_>>>(2)?.map(|id| id.0),
        app: row.get(3)?,
        app_name: row.get(4)?,
        build_id: row.get(5)?,
        version: row.get(6)?,
        build: row.get(7)?,
        sent_at: row.get::<_, Text<_>>(8)?.0,
        tester: row.get(9)?,
        comment: row.get(10)?,
        device: row.get(11)?,
        facts: row.get::<_, Text<_>>(12)?.0,
    };
    Ok(StoredFeedback {
        submission,
        summary: row.get(13)?,
        trouble: row.get(14)?,
        read: row.get(15)?,
        archived: row.get(16)?,
        event: row.get(17)?,
    })
}
