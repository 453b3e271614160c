//! Issues filed for feedback: one row per feedback item and place, written before the first attempt.
//!
//! A row remembers which attempts may have created an issue, so that the next attempt searches before it creates
//! another. Each attempt holds a lock in the data directory, so an attempt found begun but not ended must have been
//! killed.

use hookbell_core::IssueProgress;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, column::word_or};

pub(crate) const SHARED_MIGRATION: &str = include_str!("../../migrations/032-shared-issue.sql");
pub(crate) const VERSION_MIGRATION: &str = include_str!("../../migrations/034-issue-version.sql");

/// What is known of an issue that is there.
const MADE_COLUMNS: &str = "id, reference, url, title, progress, state, assignee, version, filed_ms, done_ms, notes";

/// The row of a feedback item in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredIssue {
    /// The feedback's id.
    pub feedback: String,
    /// The place, as [`crate::StoredTracker::place`].
    pub place: String,
    /// The start of the first attempt that may have created the issue, and the end of the last one.
    pub unsure: Option<(Timestamp, Timestamp)>,
    /// The issue, once it is known to exist.
    pub made: Option<MadeIssue>,
    /// What the issue lacks, one sentence each.
    pub notes: Vec<String>,
    /// Why the last attempt failed, as JSON.
    pub error: Option<String>,
    /// How many other feedback items share the issue.
    pub others: u32,
}

/// An existing issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeIssue {
    /// The id that the service's API uses.
    pub id: String,
    /// The reference that people use: `#42`.
    pub reference: String,
    /// Its address for a browser.
    pub url: String,
    /// The title at the service.
    pub title: String,
    /// Whether someone still has to act on it.
    pub progress: IssueProgress,
    /// The state, in the service's words.
    pub state: String,
    /// The assignee.
    pub assignee: Option<String>,
    /// The version that it belongs to, if it says one.
    pub version: Option<String>,
    /// When it became known. To the millisecond, as all times here.
    pub filed_at: Timestamp,
    /// When it was first seen done; none while it isn't.
    pub done_at: Option<Timestamp>,
}

/// The number of issues in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTally {
    /// The place.
    pub place: String,
    /// Open issues.
    pub open: u32,
    /// Completed issues.
    pub done: u32,
}

/// A completed issue and its feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedIssue {
    /// The feedback's id.
    pub feedback: String,
    /// The issue.
    pub issue: MadeIssue,
}

impl MadeIssue {
    /// The version that it is fixed in, once it is done.
    #[must_use]
    pub fn fixed_in(&self) -> Option<&str> {
        self.version.as_deref().filter(|_| self.progress == IssueProgress::Done)
    }
}

impl Store {
    /// Records the start of an attempt and returns what is known of earlier ones. `None` if there is no such feedback.
    ///
    /// # Errors
    /// Write errors.
    pub async fn begin_issue(
        &self,
        feedback: &str,
        place: &str,
        now: Timestamp,
    ) -> Result<Option<StoredIssue>, StoreError> {
        let (feedback, place, now) = (feedback.to_owned(), place.to_owned(), now.as_millisecond());
        self.write(0, move |db| {
            db.prepare_cached(
                "INSERT INTO issue (feedback_id, place) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM feedback WHERE id = ?1)
                 ON CONFLICT DO NOTHING",
            )?
            .execute([&feedback, &place])?;
            // An attempt that began and didn't end was killed: it may have created the issue.
            db.prepare_cached(
                "UPDATE issue SET unsure_from_ms = coalesce(unsure_from_ms, began_ms), unsure_to_ms = ?1
                 WHERE feedback_id = ?2 AND place = ?3 AND began_ms IS NOT NULL",
            )?
            .execute(params![now, feedback, place])?;
            db.prepare_cached("UPDATE issue SET began_ms = ?1, error = NULL WHERE feedback_id = ?2 AND place = ?3")?
                .execute(params![now, feedback, place])?;
            one(db, &feedback, &place)
        })
        .await
    }

    /// Records that the issue exists.
    ///
    /// # Errors
    /// Write errors.
    pub async fn end_issue(
        &self,
        feedback: &str,
        place: &str,
        made: MadeIssue,
        notes: Vec<String>,
    ) -> Result<(), StoreError> {
        let (feedback, place) = (feedback.to_owned(), place.to_owned());
        self.write(made.title.len(), move |db| {
            let notes = serde_json::to_string(&notes).unwrap_or_default();
            db.prepare_cached(
                "UPDATE issue SET began_ms = NULL, unsure_from_ms = NULL, unsure_to_ms = NULL, error = NULL, id = ?1,
                     reference = ?2, url = ?3, title = ?4, progress = ?5, state = ?6, assignee = ?7, version = ?8,
                     filed_ms = ?9, done_ms = ?10, notes = ?11
                 WHERE feedback_id = ?12 AND place = ?13",
            )?
            .execute(params![
                made.id,
                made.reference,
                made.url,
                made.title,
                made.progress.as_str(),
                made.state,
                made.assignee,
                made.version,
                made.filed_at.as_millisecond(),
                made.done_at.map(Timestamp::as_millisecond),
                notes,
                feedback,
                place,
            ])
            .map(drop)
        })
        .await
    }

    /// Records that an attempt failed, and whether it may have created the issue.
    ///
    /// # Errors
    /// Write errors.
    pub async fn fail_issue(
        &self,
        feedback: &str,
        place: &str,
        error: String,
        may_have_made: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (feedback, place, now) = (feedback.to_owned(), place.to_owned(), now.as_millisecond());
        self.write(error.len(), move |db| {
            db.prepare_cached(
                "UPDATE issue SET
                     unsure_from_ms = CASE WHEN ?1 THEN coalesce(unsure_from_ms, began_ms) ELSE unsure_from_ms END,
                     unsure_to_ms = CASE WHEN ?1 THEN ?2 ELSE unsure_to_ms END, began_ms = NULL, error = ?3
                 WHERE feedback_id = ?4 AND place = ?5",
            )?
            .execute(params![may_have_made, now, error, feedback, place])
            .map(drop)
        })
        .await
    }

    /// Links feedback to the issue of another item in the same place. Feedback that has an issue keeps it.
    ///
    /// # Errors
    /// Write errors.
    pub async fn share_issue(&self, with: &str, place: &str, feedback: Vec<String>) -> Result<(), StoreError> {
        let (with, place) = (with.to_owned(), place.to_owned());
        self.write(0, move |db| {
            let taken = MADE_COLUMNS.replace(", ", ", excluded.");
            let mut share = db.prepare_cached(&format!(
                "INSERT INTO issue (feedback_id, place, {MADE_COLUMNS})
                 SELECT ?1, place, {MADE_COLUMNS} FROM issue
                 WHERE feedback_id = ?3 AND place = ?2 AND id IS NOT NULL AND ?1 <> ?3
                   AND EXISTS (SELECT 1 FROM feedback WHERE feedback.id = ?1)
                 ON CONFLICT DO UPDATE SET ({MADE_COLUMNS}) = (excluded.{taken}), error = NULL
                     WHERE id IS NULL AND began_ms IS NULL AND unsure_from_ms IS NULL",
            ))?;
            feedback.iter().try_for_each(|id| share.execute([id, &place, &with]).map(drop))
        })
        .await
    }

    /// The issues of these feedback items, in every place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issues_of(&self, feedback: Vec<String>) -> Result<Vec<StoredIssue>, StoreError> {
        self.read(move |db| {
            let mut of_one = db.prepare_cached(&select("WHERE mine.feedback_id = ? ORDER BY mine.place"))?;
            let mut all = Vec::new();
            for id in &feedback {
                for issue in of_one.query_map([id], read)? {
                    all.push(issue?);
                }
            }
            Ok(all)
        })
        .await
    }

    /// The issue of one feedback item in one place, if there is a row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_of(&self, feedback: &str, place: &str) -> Result<Option<StoredIssue>, StoreError> {
        let (feedback, place) = (feedback.to_owned(), place.to_owned());
        self.read(move |db| one(db, &feedback, &place)).await
    }

    /// The ids of a place's issues, as the service's API uses them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_ids(&self, place: &str) -> Result<Vec<String>, StoreError> {
        let place = place.to_owned();
        self.read(move |db| {
            db.prepare_cached("SELECT DISTINCT id FROM issue WHERE place = ? AND id IS NOT NULL ORDER BY id")?
                .query_map([place], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Updates a place's issues to their current state and returns how many changed. Issues without feedback are
    /// skipped, and `filed_at` is ignored.
    ///
    /// # Errors
    /// Write errors.
    pub async fn note_issues(&self, place: &str, issues: Vec<MadeIssue>, now: Timestamp) -> Result<usize, StoreError> {
        let place = place.to_owned();
        self.write(0, move |db| {
            let mut note = db.prepare_cached(
                "UPDATE issue SET reference = ?1, url = ?2, title = ?3, progress = ?4, state = ?5, assignee = ?6,
                     version = ?7, done_ms = CASE WHEN ?4 = 'done' THEN coalesce(done_ms, ?8) END
                 WHERE place = ?9 AND id = ?10
                   AND (reference, url, title, progress, state, coalesce(assignee, ''), coalesce(version, ''))
                       IS NOT (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''), coalesce(?7, ''))",
            )?;
            let mut changed = 0;
            for issue in &issues {
                changed += note.execute(params![
                    issue.reference,
                    issue.url,
                    issue.title,
                    issue.progress.as_str(),
                    issue.state,
                    issue.assignee,
                    issue.version,
                    now.as_millisecond(),
                    place,
                    issue.id,
                ])?;
            }
            Ok(changed)
        })
        .await
    }

    /// The number of issues in each place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_tallies(&self) -> Result<Vec<IssueTally>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT place, count(DISTINCT id) FILTER (WHERE progress = 'open'),
                     count(DISTINCT id) FILTER (WHERE progress = 'done')
                 FROM issue GROUP BY place",
            )?
            .query_map([], |row| Ok(IssueTally { place: row.get(0)?, open: row.get(1)?, done: row.get(2)? }))?
            .collect()
        })
        .await
    }

    /// The issues of an app's feedback that were first seen done at this time or later, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn fixed_issues(&self, app: &str, since: Option<Timestamp>) -> Result<Vec<FixedIssue>, StoreError> {
        let app = app.to_owned();
        self.read(move |db| {
            let since = since.map_or(i64::MIN, Timestamp::as_millisecond);
            let sql = select(
                "JOIN feedback ON feedback.id = mine.feedback_id
                 WHERE feedback.app_id = ? AND mine.done_ms >= ? ORDER BY mine.done_ms DESC, mine.feedback_id",
            );
            let rows = db.prepare_cached(&sql)?.query_map(params![app, since], read)?.collect::<Result<Vec<_>, _>>()?;
            let fixed =
                rows.into_iter().filter_map(|row| Some(FixedIssue { feedback: row.feedback, issue: row.made? }));
            Ok(fixed.collect())
        })
        .await
    }
}

fn one(db: &Connection, feedback: &str, place: &str) -> rusqlite::Result<Option<StoredIssue>> {
    db.prepare_cached(&select("WHERE mine.feedback_id = ? AND mine.place = ?"))?
        .query_row([feedback, place], read)
        .optional()
}

fn select(which: &str) -> String {
    format!(
        "SELECT mine.feedback_id, mine.place, mine.unsure_from_ms, mine.unsure_to_ms, mine.id, mine.reference, mine.url,
             mine.title, mine.progress, mine.state, mine.assignee, mine.version, mine.filed_ms, mine.done_ms, mine.notes,
             mine.error,
             (SELECT count(*) FROM issue other
              WHERE other.place = mine.place AND other.id = mine.id AND other.feedback_id <> mine.feedback_id)
         FROM issue mine {which}"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredIssue> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    };
    let made = match row.get::<_, Option<String>>(4)? {
        None => None,
        Some(id) => Some(MadeIssue {
            id,
            reference: row.get(5)?,
            url: row.get(6)?,
            title: row.get(7)?,
            progress: word_or(row, 8, IssueProgress::Open)?,
            state: row.get(9)?,
            assignee: row.get(10)?,
            version: row.get(11)?,
            filed_at: time(12)?.unwrap_or_default(),
            done_at: time(13)?,
        }),
    };
    let notes = row.get::<_, Option<String>>(14)?;
    Ok(StoredIssue {
        feedback: row.get(0)?,
        place: row.get(1)?,
        unsure: time(2)?.zip(time(3)?),
        made,
        notes: notes.and_then(|notes| serde_json::from_str(&notes).ok()).unwrap_or_default(),
        error: row.get(15)?,
        others: row.get(16)?,
    })
}
