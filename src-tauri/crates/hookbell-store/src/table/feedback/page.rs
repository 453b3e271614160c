//! Reads feedback page by page, newest first, and counts it.

use hookbell_core::{AccountId, FeedbackKind, IssueFilter};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::{COLUMNS, StoredFeedback, StoredFile, file, from_row};
use crate::{MAX_PAGE, Store, StoreError, column::word_or};

/// Further words don't narrow the result.
const MAX_WORDS: usize = 8;

/// The end of a page of feedback: the next one begins after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackPlace {
    /// When the last item was sent, in microseconds.
    pub sent: i64,
    /// Its id, as several may be sent at the same time.
    pub id: String,
}

/// What to show.
#[derive(Debug, Clone, Default)]
pub struct FeedbackQuery {
    /// Only feedback for one of these apps; empty for any app.
    pub apps: Vec<String>,
    /// Only feedback read with this account's key.
    pub account: Option<AccountId>,
    /// Only feedback sent at this time or later.
    pub since: Option<Timestamp>,
    /// Only feedback sent before this time.
    pub until: Option<Timestamp>,
    /// Only feedback for the build with this id.
    pub build: Option<String>,
    /// Only feedback of this kind.
    pub kind: Option<FeedbackKind>,
    /// Only what has such an issue at a tracker that is still here, or none.
    pub issue: Option<IssueFilter>,
    /// Only what was not read.
    pub unread: bool,
    /// Archived feedback instead of feedback that isn't archived.
    pub archived: bool,
    /// Words or parts of words that must all occur in the comment or in the tester's, the device's or the app's name.
    pub search: String,
    /// Only feedback after this position: [`FeedbackPage::next`] of the previous page.
    pub before: Option<FeedbackPlace>,
    /// How many, from 1 to [`MAX_PAGE`]; other values are clamped.
    pub limit: u32,
}

/// Feedback, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackPage {
    /// Each with its files.
    pub feedback: Vec<(StoredFeedback, Vec<StoredFile>)>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<FeedbackPlace>,
}

/// The number of feedback items for one build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackCount {
    /// Its kind.
    pub kind: FeedbackKind,
    /// The app's id.
    pub app: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// The build's id.
    pub build_id: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// The build number.
    pub build: Option<String>,
    /// The number of items.
    pub all: u64,
    /// How many of them are unread.
    pub unread: u64,
}

impl Store {
    /// One page of feedback, each with its files.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback_page(&self, query: FeedbackQuery) -> Result<FeedbackPage, StoreError> {
        self.read(move |db| page(db, &query)).await
    }

    /// Those of these feedback items that exist, each with its files.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback_of(&self, ids: Vec<String>) -> Result<Vec<(StoredFeedback, Vec<StoredFile>)>, StoreError> {
        self.read(move |db| {
            let mut one = db.prepare_cached(&format!("SELECT {COLUMNS} FROM feedback WHERE feedback.id = ?"))?;
            let mut found = Vec::new();
            for id in &ids {
                found.extend(one.query_row([id], from_row).optional()?);
            }
            drop(one);
            with_files(db, found)
        })
        .await
    }

    /// The number of feedback items per build, without archived ones, newest build first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn feedback_counts(&self) -> Result<Vec<FeedbackCount>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT kind, app_id, max(app_name), build_id, max(version), max(build), count(*), sum(read = 0)
                 FROM feedback WHERE archived = 0 GROUP BY app_id, build_id, kind ORDER BY max(sent_order) DESC",
            )?
            .query_map([], |row| {
                Ok(FeedbackCount {
                    kind: word_or(row, 0, FeedbackKind::Screenshot)?,
                    app: row.get(1)?,
                    app_name: row.get(2)?,
                    build_id: row.get(3)?,
                    version: row.get(4)?,
                    build: row.get(5)?,
                    all: row.get::<_, i64>(6)?.unsigned_abs(),
                    unread: row.get::<_, i64>(7)?.unsigned_abs(),
                })
            })?
            .collect()
        })
        .await
    }

    /// The number of items that are neither read nor archived.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unread_feedback(&self) -> Result<u64, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT count(*) FROM feedback WHERE read = 0 AND archived = 0")?
                .query_row([], |row| row.get::<_, i64>(0))
        })
        .await
        .map(i64::unsigned_abs)
    }
}

fn page(db: &Connection, query: &FeedbackQuery) -> rusqlite::Result<FeedbackPage> {
    let limit = query.limit.clamp(1, MAX_PAGE);
    let mut conditions = String::from("archived = ?1");
    let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(query.archived)];
    let mut only = |condition: &str, value: Box<dyn ToSql>| {
        values.push(value);
        conditions.push_str(&format!(" AND {}", condition.replace('?', &format!("?{}", values.len()))));
    };
    if !query.apps.is_empty() {
        // A single parameter, however many apps there are.
        let apps = serde_json::to_string(&query.apps).unwrap_or_default();
        only("app_id IN (SELECT value FROM json_each(?))", Box::new(apps));
    }
    if let Some(build) = &query.build {
        only("build_id = ?", Box::new(build.clone()));
    }
    if let Some(account) = &query.account {
        only("account_id = ?", Box::new(account.to_string()));
    }
    if let Some(since) = query.since {
        only("sent_order >= ?", Box::new(since.as_microsecond()));
    }
    if let Some(until) = query.until {
        only("sent_order > 0 AND sent_order < ?", Box::new(until.as_microsecond()));
    }
    if let Some(kind) = query.kind {
        only("kind = ?", Box::new(kind.as_str()));
    }
    if query.unread {
        only("read = ?", Box::new(false));
    }
    if let Some(issue) = query.issue {
        let (has, progress) = match issue {
            IssueFilter::With => ("", "%"),
            IssueFilter::Without => ("NOT ", "%"),
            IssueFilter::Open => ("", "open"),
            IssueFilter::Fixed => ("", "done"),
        };
        let exists = "EXISTS (SELECT 1 FROM issue JOIN tracker USING (place)
             WHERE issue.feedback_id = feedback.id AND issue.id IS NOT NULL AND issue.progress LIKE ?)";
        only(&format!("{has}{exists}"), Box::new(progress));
    }
    for word in query.search.split_whitespace().take(MAX_WORDS) {
        only("instr(words, ?) > 0", Box::new(word.to_lowercase()));
    }
    if let Some(place) = &query.before {
        only("sent_order <= ?", Box::new(place.sent));
        only(&format!("(sent_order < {} OR feedback.id < ?)", place.sent), Box::new(place.id.clone()));
    }
    // One more than requested shows whether there is a next page.
    let sql = format!(
        "SELECT {COLUMNS}, sent_order FROM feedback WHERE {conditions}
         ORDER BY sent_order DESC, feedback.id DESC LIMIT {}",
        i64::from(limit) + 1
    );
    let mut found: Vec<(StoredFeedback, i64)> = db
        .prepare_cached(&sql)?
        .query_map(rusqlite::params_from_iter(values), |row| Ok((from_row(row)?, row.get(18)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last = found.last().filter(|_| more);
    let next = last.map(|(last, sent)| FeedbackPlace { sent: *sent, id: last.submission.id.clone() });
    let feedback = with_files(db, found.into_iter().map(|(feedback, _)| feedback))?;
    Ok(FeedbackPage { feedback, next })
}

fn with_files(
    db: &Connection,
    feedback: impl IntoIterator<Item = StoredFeedback>,
) -> rusqlite::Result<Vec<(StoredFeedback, Vec<StoredFile>)>> {
    let mut files = db.prepare_cached(&file::selection("feedback_id = ? ORDER BY role, number"))?;
    let with_files = |feedback: StoredFeedback| {
        let files =
            files.query_map(params![feedback.submission.id], file::from_row)?.collect::<rusqlite::Result<_>>()?;
        Ok((feedback, files))
    };
    feedback.into_iter().map(with_files).collect()
}
