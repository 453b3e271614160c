//! Stores feedback: a repeated item updates the first one, and keeps its state and what was already known.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::FeedbackSubmission;
use crate::{Store, StoreError, column::Text, table::deleted};

/// A feedback item to store.
#[derive(Debug, Clone)]
pub struct NewFeedback {
    /// What was sent.
    pub submission: FeedbackSubmission,
    /// Its screenshots, in Apple's order.
    pub pictures: Vec<NewPicture>,
    /// Whether it has a log.
    pub log: bool,
    /// When to fetch its files; `None` if they are too old to keep.
    pub fetch_at: Option<Timestamp>,
}

/// A screenshot as Apple announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPicture {
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
}

impl Store {
    /// Stores feedback in one transaction. Returns how many items are new.
    ///
    /// Deleted feedback isn't stored again. Feedback that no event reported is old news and counts as read; otherwise
    /// it takes the event's read state. Fields missing from `new` keep their previous value.
    ///
    /// # Errors
    /// Write errors.
    pub async fn put_feedback(&self, new: Vec<NewFeedback>) -> Result<u64, StoreError> {
        let bytes = new.iter().map(|one| 1024 + one.submission.comment.as_ref().map_or(0, String::len)).sum();
        self.write(bytes, move |db| new.iter().try_fold(0, |added, one| Ok(added + u64::from(put(db, one)?)))).await
    }

    /// Records what crashed, in a few words.
    ///
    /// # Errors
    /// Write errors.
    pub async fn summarise_feedback(&self, id: &str, summary: &str) -> Result<(), StoreError> {
        let (id, summary) = (id.to_owned(), summary.to_owned());
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE feedback SET summary = ?1, words = words || ' ' || ?2 WHERE id = ?3 AND summary IS NOT ?1",
            )?
            .execute([&summary, &summary.to_lowercase(), &id])
            .map(drop)
        })
        .await
    }

    /// Records why a feedback item can no longer be read, or that it can. Returns `false` if there is no such item.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_feedback_trouble(&self, id: &str, trouble: Option<&str>) -> Result<bool, StoreError> {
        let (id, trouble) = (id.to_owned(), trouble.map(str::to_owned));
        self.write(0, move |db| {
            db.prepare_cached("UPDATE feedback SET trouble = ? WHERE id = ?")?
                .execute(params![trouble, id])
                .map(|changed| changed == 1)
        })
        .await
    }
}

fn put(db: &Connection, new: &NewFeedback) -> rusqlite::Result<bool> {
    let sent = &new.submission;
    if deleted::is_feedback_deleted(db, &sent.id)? {
        return Ok(false);
    }
    let known: bool = db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM feedback WHERE id = ?)")?
        .query_row([&sent.id], |row| row.get(0))?;
    // Feedback known only from an event stays unread until the event is read.
    db.prepare_cached(
        "INSERT INTO feedback (id, kind, account_id, app_id, app_name, build_id, version, build, sent_at, sent_order,
            tester, comment, device, facts, words, read, archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
            coalesce((SELECT min(read) FROM event WHERE kind IN ('screenshot', 'crash') AND instance_id = ?1), 1),
            coalesce((SELECT min(archived) FROM event WHERE kind IN ('screenshot', 'crash') AND instance_id = ?1), 0))
         ON CONFLICT (id) DO UPDATE SET
            account_id = coalesce(excluded.account_id, account_id), app_id = coalesce(excluded.app_id, app_id),
            app_name = coalesce(excluded.app_name, app_name), build_id = coalesce(excluded.build_id, build_id),
            version = coalesce(excluded.version, version), build = coalesce(excluded.build, build),
            tester = coalesce(excluded.tester, tester), comment = coalesce(excluded.comment, comment),
            device = coalesce(excluded.device, device), facts = excluded.facts, trouble = NULL,
            words = excluded.words || coalesce(' ' || lower(summary), ''),
            read = min(read, excluded.read),
            archived = coalesce((SELECT min(event.archived) FROM event
                WHERE event.kind IN ('screenshot', 'crash') AND event.instance_id = excluded.id), archived)",
    )?
    .execute(params![
        sent.id,
        Text(sent.kind),
        sent.account.clone().map(Text),
        sent.app,
        sent.app_name,
        sent.build_id,
        sent.version,
        sent.build,
        Text(sent.sent_at),
        sent.sent_at.as_microsecond(),
        sent.tester,
        sent.comment,
        sent.device,
        Text(&sent.facts),
        words(sent),
    ])?;
    let state = if new.fetch_at.is_some() { "waiting" } else { "cleared" };
    let next = new.fetch_at.map_or(0, |at| at.as_microsecond());
    let mut file = db.prepare_cached(
        "INSERT INTO feedback_file (feedback_id, role, number, state, next_at, width, height)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    for (number, picture) in new.pictures.iter().enumerate() {
        file.execute(params![sent.id, "picture", number as i64, state, next, picture.width, picture.height])?;
    }
    if new.log {
        file.execute(params![sent.id, "log", 0, state, next, None::<u32>, None::<u32>])?;
    }
    Ok(!known)
}

/// The text that a search looks through, in lowercase.
fn words(sent: &FeedbackSubmission) -> String {
    let texts = [&sent.comment, &sent.tester, &sent.device, &sent.app_name, &sent.version, &sent.build];
    let mut words: Vec<String> = texts.into_iter().flatten().map(|text| text.to_lowercase()).collect();
    words.extend(sent.facts.get("email").and_then(serde_json::Value::as_str).map(str::to_lowercase));
    words.join(" ")
}
