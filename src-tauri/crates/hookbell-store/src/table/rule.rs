//! Rules, in the order in which they are applied. Their documents are core's; here they are text.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/027-rule.sql");

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRule {
    /// Its number, never given to another one.
    pub id: i64,
    /// The document, JSON.
    pub document: String,
    /// Whether it is applied.
    pub enabled: bool,
    /// It came from a file with a command in it, and nobody has enabled it here.
    pub unreviewed: bool,
    /// Why Hookbell switched it off, or why its condition failed, until somebody saves it.
    pub trouble: Option<String>,
    /// When it was last changed. To the millisecond.
    pub changed_at: Timestamp,
}

/// What a rule's runs came to.
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
    /// All rules, in their order.
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

    /// Adds a rule behind the others, unless there are `limit` already; its number.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Replaces a rule's document. Whether there is such a rule.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Switches a rule off, and keeps why. Whether it was on.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn switch_rule_off(&self, id: i64, trouble: String) -> Result<bool, StoreError> {
        self.write(trouble.len(), move |db| {
            db.prepare_cached("UPDATE rule SET enabled = 0, trouble = ? WHERE id = ? AND enabled = 1")?
                .execute(params![trouble, id])
                .map(|changed| changed > 0)
        })
        .await
    }

    /// Keeps why an enabled rule doesn't work, unless something is known already. Whether it was news.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn note_rule_trouble(&self, id: i64, trouble: String) -> Result<bool, StoreError> {
        self.write(trouble.len(), move |db| {
            db.prepare_cached("UPDATE rule SET trouble = ? WHERE id = ? AND enabled = 1 AND trouble IS NULL")?
                .execute(params![trouble, id])
                .map(|changed| changed > 0)
        })
        .await
    }

    /// What the runs of each rule came to.
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

    /// Deletes a rule. Runs that were written stay. Whether there was one.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn delete_rule(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM rule WHERE id = ?")?.execute([id]).map(|deleted| deleted > 0)
        })
        .await
    }

    /// Puts a rule before another one, or behind all. Whether both are there.
    ///
    /// # Errors
    /// Those of a write.
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
