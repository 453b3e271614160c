//! Issues of feedback: a row for each feedback and place, written before the first try.
//!
//! A row remembers which tries may have made an issue, so that the next try looks before it makes another. Whoever tries
//! holds a lock of the data directory; so a try that has begun and not ended, seen by the next one, was killed.

use hookbell_core::IssueProgress;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, column::word_or};

/// The row of a feedback in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredIssue {
    /// The feedback's id.
    pub feedback: String,
    /// The place, as [`crate::StoredTracker::place`].
    pub place: String,
    /// The feedback whose issue it is, where several have one.
    pub shared_with: Option<String>,
    /// When the first of the tries began that may have made the issue, and when the last of them ended.
    pub unsure: Option<(Timestamp, Timestamp)>,
    /// The issue, once it is known to be there.
    pub made: Option<MadeIssue>,
    /// What it lacks, a sentence each.
    pub notes: Vec<String>,
    /// Why the last try failed, JSON.
    pub error: Option<String>,
    /// How many other feedback have the same issue.
    pub others: u32,
}

/// An issue that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeIssue {
    /// What the service calls it in requests.
    pub id: String,
    /// What people call it: `#42`.
    pub reference: String,
    /// Where a browser opens it.
    pub url: String,
    /// The title as it is at the service.
    pub title: String,
    /// Whether it waits for somebody.
    pub progress: IssueProgress,
    /// The state in the service's own word.
    pub state: String,
    /// Whom it is assigned to.
    pub assignee: Option<String>,
    /// When it became known. To the millisecond, as all times here.
    pub filed_at: Timestamp,
    /// When it was first seen done; none while it is not.
    pub done_at: Option<Timestamp>,
}

/// How many issues a place has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTally {
    /// The place.
    pub place: String,
    /// Those that wait for somebody.
    pub open: u32,
    /// Those that were done.
    pub done: u32,
}

/// An issue that was done, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedIssue {
    /// The feedback's id.
    pub feedback: String,
    /// The issue.
    pub issue: MadeIssue,
}

impl Store {
    /// Notes that a try begins, and what is known of those before it. None if there is no such feedback.
    ///
    /// # Errors
    /// Those of a write.
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
            // One that began and did not end was killed: it may have made the issue.
            db.prepare_cached(
                "UPDATE issue SET unsure_from_ms = coalesce(unsure_from_ms, began_ms), unsure_to_ms = ?1
                 WHERE feedback_id = ?2 AND place = ?3 AND began_ms IS NOT NULL",
            )?
            .execute(params![now, feedback, place])?;
            db.prepare_cached("UPDATE issue SET began_ms = ?1, error = NULL, shared_with = NULL WHERE feedback_id = ?2 AND place = ?3")?
                .execute(params![now, feedback, place])?;
            one(db, &feedback, &place)
        })
        .await
    }

    /// Notes that the issue is there.
    ///
    /// # Errors
    /// Those of a write.
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
                     reference = ?2, url = ?3, title = ?4, progress = ?5, state = ?6, assignee = ?7, filed_ms = ?8,
                     done_ms = ?9, notes = ?10
                 WHERE feedback_id = ?11 AND place = ?12",
            )?
            .execute(params![
                made.id,
                made.reference,
                made.url,
                made.title,
                made.progress.as_str(),
                made.state,
                made.assignee,
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

    /// Notes that a try failed, and whether it may have made the issue.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Gives feedback the issue of another one in the same place. One that has an issue keeps it.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn share_issue(&self, with: &str, place: &str, feedback: Vec<String>) -> Result<(), StoreError> {
        let (with, place) = (with.to_owned(), place.to_owned());
        self.write(0, move |db| {
            let mut share = db.prepare_cached(
                "INSERT INTO issue (feedback_id, place, shared_with)
                 SELECT ?1, ?2, ?3 WHERE ?1 <> ?3 AND EXISTS (SELECT 1 FROM feedback WHERE id = ?1)
                 ON CONFLICT DO UPDATE SET shared_with = excluded.shared_with, error = NULL
                     WHERE id IS NULL AND began_ms IS NULL AND unsure_from_ms IS NULL",
            )?;
            feedback.iter().try_for_each(|id| share.execute([id, &place, &with]).map(drop))
        })
        .await
    }

    /// The issues of these feedback, in every place.
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

    /// The issue of one feedback in one place, if there is a row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_of(&self, feedback: &str, place: &str) -> Result<Option<StoredIssue>, StoreError> {
        let (feedback, place) = (feedback.to_owned(), place.to_owned());
        self.read(move |db| one(db, &feedback, &place)).await
    }

    /// The ids of a place's issues, as the service calls them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_ids(&self, place: &str) -> Result<Vec<String>, StoreError> {
        let place = place.to_owned();
        self.read(move |db| {
            db.prepare_cached("SELECT id FROM issue WHERE place = ? AND id IS NOT NULL ORDER BY id")?
                .query_map([place], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Notes what issues of a place are like now; those that are no feedback's are passed over. `filed_at` of each is
    /// not looked at. How many changed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn note_issues(&self, place: &str, issues: Vec<MadeIssue>, now: Timestamp) -> Result<usize, StoreError> {
        let place = place.to_owned();
        self.write(0, move |db| {
            let mut note = db.prepare_cached(
                "UPDATE issue SET reference = ?1, url = ?2, title = ?3, progress = ?4, state = ?5, assignee = ?6,
                     done_ms = CASE WHEN ?4 = 'done' THEN coalesce(done_ms, ?7) END
                 WHERE place = ?8 AND id = ?9
                   AND (reference, url, title, progress, state, coalesce(assignee, ''))
                       IS NOT (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''))",
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
                    now.as_millisecond(),
                    place,
                    issue.id,
                ])?;
            }
            Ok(changed)
        })
        .await
    }

    /// How many issues each place has.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn issue_tallies(&self) -> Result<Vec<IssueTally>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT place, count(*) FILTER (WHERE progress = 'open'), count(*) FILTER (WHERE progress = 'done')
                 FROM issue GROUP BY place",
            )?
            .query_map([], |row| Ok(IssueTally { place: row.get(0)?, open: row.get(1)?, done: row.get(2)? }))?
            .collect()
        })
        .await
    }

    /// The issues of an app's feedback that were first seen done at this time or later, the newest first.
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

/// Rows with the issue that is theirs or that they share.
fn select(which: &str) -> String {
    format!(
        "SELECT mine.feedback_id, mine.place, mine.shared_with, mine.unsure_from_ms, mine.unsure_to_ms, their.id,
             their.reference, their.url, their.title, their.progress, their.state, their.assignee, their.filed_ms, their.done_ms, their.notes,
             their.error, (SELECT count(*) FROM issue other WHERE other.place = mine.place
                 AND coalesce(other.shared_with, other.feedback_id) = their.feedback_id) - 1
         FROM issue mine
         JOIN issue their ON their.place = mine.place AND their.feedback_id = coalesce(mine.shared_with, mine.feedback_id) {which}"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredIssue> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    };
    let made = match row.get::<_, Option<String>>(5)? {
        None => None,
        Some(id) => Some(MadeIssue {
            id,
            reference: row.get(6)?,
            url: row.get(7)?,
            title: row.get(8)?,
            progress: word_or(row, 9, IssueProgress::Open)?,
            state: row.get(10)?,
            assignee: row.get(11)?,
            filed_at: time(12)?.unwrap_or_default(),
            done_at: time(13)?,
        }),
    };
    let notes = row.get::<_, Option<String>>(14)?;
    Ok(StoredIssue {
        feedback: row.get(0)?,
        place: row.get(1)?,
        shared_with: row.get(2)?,
        unsure: time(3)?.zip(time(4)?),
        made,
        notes: notes.and_then(|notes| serde_json::from_str(&notes).ok()).unwrap_or_default(),
        error: row.get(15)?,
        others: row.get(16)?,
    })
}
