//! Rules, in the order they apply. Their documents belong to core; here they are text.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/027-rule.sql");

/// A stored rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRule {
    /// Its number, never reused.
    pub id: i64,
    /// The document, as JSON.
    pub document: String,
    /// Whether it applies.
    pub enabled: bool,
    /// It was imported from a file with a command in it, and nobody has enabled it here.
    pub unreviewed: bool,
    /// Why Hookbell turned it off, or why its condition failed, until somebody saves it.
    pub trouble: Option<String>,
    /// When it was last changed, with millisecond precision.
    pub changed_at: Timestamp,
}

/// The outcome of a rule's runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleTally {
    /// The rule.
    pub rule: i64,
    /// Its newest run.
    pub last_run: Option<i64>,
    /// How many of its runs failed or were given up.
    pub failed_runs: u32,
}

impl Store {
    /// All rules, in order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn rules(&self) -> Result<Vec<StoredRule>, StoreError> {
        self.read(|db| db.prepare_cached(&select("ORDER BY position"))?.query_map([], read)?.collect()).await
    }

    /// One rule.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn rule(&self, id: i64) -> Result<Option<StoredRule>, StoreError> {
        self.read(move |db| db.prepare_cached(&select("WHERE id = ?"))?.query_row([id], read).optional()).await
    }

    /// Adds a rule after the others unless there are already `limit`. Returns its number.
    ///
    /// # Errors
    /// Write errors.
    pub async fn add_rule(
        &self,
        document: String,
        enabled: bool,
        unreviewed: bool,
        limit: u32,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        self.write(document.len(), move |db| {
            let count: u32 = db.query_row("SELECT count(*) FROM rule", [], |row| row.get(0))?;
            if count >= limit {
                return Ok(None);
            }
            db.prepare_cached(
                "INSERT INTO rule (position, document, enabled, unreviewed, changed_ms)
                 VALUES ((SELECT coalesce(max(position), 0) + 1 FROM rule), ?, ?, ?, ?)",
            )?
            .execute(params![document, enabled, unreviewed, now.as_millisecond()])?;
            Ok(Some(db.last_insert_rowid()))
        })
        .await
    }

    /// Replaces a rule's document. Returns whether the rule exists.
    ///
    /// # Errors
    /// Write errors.
    pub async fn update_rule(
        &self,
        id: i64,
        document: String,
        enabled: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(document.len(), move |db| {
            db.prepare_cached(
                "UPDATE rule SET document = ?, enabled = ?, unreviewed = unreviewed AND NOT ?2, trouble = NULL,
                    changed_ms = ? WHERE id = ?",
            )?
            .execute(params![document, enabled, now.as_millisecond(), id])
            .map(|changed| changed > 0)
        })
        .await
    }

    /// Turns a rule off and stores the reason. Returns whether it was on.
    ///
    /// # Errors
    /// Write errors.
    pub async fn switch_rule_off(&self, id: i64, trouble: String) -> Result<bool, StoreError> {
        self.write(trouble.len(), move |db| {
            db.prepare_cached("UPDATE rule SET enabled = 0, trouble = ? WHERE id = ? AND enabled = 1")?
                .execute(params![trouble, id])
                .map(|changed| changed > 0)
        })
        .await
    }

    /// Stores why an enabled rule doesn't work, unless a reason is already stored. Returns whether it was new.
    ///
    /// # Errors
    /// Write errors.
    pub async fn note_rule_trouble(&self, id: i64, trouble: String) -> Result<bool, StoreError> {
        self.write(trouble.len(), move |db| {
            db.prepare_cached("UPDATE rule SET trouble = ? WHERE id = ? AND enabled = 1 AND trouble IS NULL")?
                .execute(params![trouble, id])
                .map(|changed| changed > 0)
        })
        .await
    }

    /// The outcome of each rule's runs.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn rule_tallies(&self) -> Result<Vec<RuleTally>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT id, (SELECT max(run.id) FROM run WHERE rule_id = rule.id),
                    (SELECT count(*) FROM run INDEXED BY run_failed
                     WHERE rule_id = rule.id AND state IN ('failed', 'givenUp'))
                 FROM rule",
            )?
            .query_map([], |row| Ok(RuleTally { rule: row.get(0)?, last_run: row.get(1)?, failed_runs: row.get(2)? }))?
            .collect()
        })
        .await
    }

    /// Deletes a rule; its runs stay. Returns whether it existed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn delete_rule(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM rule WHERE id = ?")?.execute([id]).map(|deleted| deleted > 0)
        })
        .await
    }

    /// Moves a rule before another one, or to the end. Returns whether both exist.
    ///
    /// # Errors
    /// Write errors.
    pub async fn move_rule(&self, id: i64, before: Option<i64>) -> Result<bool, StoreError> {
        self.write(0, move |db| reorder(db, id, before)).await
    }
}

fn reorder(db: &Connection, id: i64, before: Option<i64>) -> rusqlite::Result<bool> {
    let mut order: Vec<i64> = db
        .prepare_cached("SELECT id FROM rule ORDER BY position")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let Some(from) = order.iter().position(|one| *one == id) else { return Ok(false) };
    if before == Some(id) {
        return Ok(true);
    }
    order.remove(from);
    let to = match before {
        Some(before) => match order.iter().position(|one| *one == before) {
            Some(to) => to,
            None => return Ok(false),
        },
        None => order.len(),
    };
    order.insert(to, id);
    let mut place = db.prepare_cached("UPDATE rule SET position = ? WHERE id = ?")?;
    for (position, id) in (1_i64..).zip(order) {
        place.execute([position, id])?;
    }
    Ok(true)
}

fn select(which: &str) -> String {
    format!("SELECT id, document, enabled, unreviewed, trouble, changed_ms FROM rule {which}")
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredRule> {
    Ok(StoredRule {
        id: row.get(0)?,
        document: row.get(1)?,
        enabled: row.get(2)?,
        unreviewed: row.get(3)?,
        trouble: row.get(4)?,
        changed_at: Timestamp::from_millisecond(row.get(5)?).unwrap_or_default(),
    })
}
