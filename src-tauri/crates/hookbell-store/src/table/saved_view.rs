//! Saved views: named event filters, in the order the user chose.

use hookbell_core::EventFilter;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/025-saved-view.sql");

/// A named filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredView {
    /// Its id, never reused.
    pub id: i64,
    /// Its name, unique regardless of case.
    pub name: String,
    /// The filter; `None` if a newer Hookbell saved one that this one can't read.
    pub filter: Option<EventFilter>,
}

const TAKEN: StoreError = StoreError::Taken { what: "this name" };

impl Store {
    /// Every view, in the user's order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn views(&self) -> Result<Vec<StoredView>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT id, name, filter FROM saved_view ORDER BY place, id")?
                .query_map([], |row| {
                    let filter = serde_json::from_str(row.get_ref(2)?.as_str()?).ok();
                    Ok(StoredView { id: row.get(0)?, name: row.get(1)?, filter })
                })?
                .collect()
        })
        .await
    }

    /// Adds a view after the others. Returns its id.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if another view has the name, and write errors.
    pub async fn add_view(&self, name: &str, filter: &EventFilter) -> Result<i64, StoreError> {
        let (name, filter) = (name.to_owned(), json(filter));
        self.write(filter.len(), move |db| {
            if is_taken(db, &name, 0)? {
                return Ok(None);
            }
            db.prepare_cached(
                "INSERT INTO saved_view (name, filter, place)
                 VALUES (?, ?, (SELECT coalesce(max(place), -1) + 1 FROM saved_view))",
            )?
            .execute([&name, &filter])?;
            Ok(Some(db.last_insert_rowid()))
        })
        .await?
        .ok_or(TAKEN)
    }

    /// Changes a view's name, filter or both. Returns `false` if there is no such view.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if another view has the name, and write errors.
    pub async fn change_view(
        &self,
        id: i64,
        name: Option<String>,
        filter: Option<&EventFilter>,
    ) -> Result<bool, StoreError> {
        let filter = filter.map(json);
        self.write(filter.as_ref().map_or(0, String::len), move |db| {
            if let Some(name) = &name
                && is_taken(db, name, id)?
            {
                return Ok(None);
            }
            let changed = db
                .prepare_cached(
                    "UPDATE saved_view SET name = coalesce(?1, name), filter = coalesce(?2, filter) WHERE id = ?3",
                )?
                .execute(params![name, filter, id])?;
            Ok(Some(changed == 1))
        })
        .await?
        .ok_or(TAKEN)
    }

    /// Removes a view; its events stay. Returns `false` if there is no such view.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_view(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM saved_view WHERE id = ?")?.execute([id]).map(|removed| removed == 1)
        })
        .await
    }

    /// Puts views into this order. Views not listed follow in their current order.
    ///
    /// # Errors
    /// Write errors.
    pub async fn order_views(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let known: Vec<i64> = db
                .prepare_cached("SELECT id FROM saved_view ORDER BY place, id")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let named = ids.iter().filter(|id| known.contains(id));
            let others = known.iter().filter(|id| !ids.contains(id));
            let mut place = db.prepare_cached("UPDATE saved_view SET place = ? WHERE id = ?")?;
            named.chain(others).zip(0_i64..).try_for_each(|(id, at)| place.execute([at, *id]).map(drop))
        })
        .await
    }
}

fn is_taken(db: &Connection, name: &str, but: i64) -> rusqlite::Result<bool> {
    let mut there = db.prepare_cached("SELECT 1 FROM saved_view WHERE name = ? AND id <> ?")?;
    Ok(there.query_row(params![name, but], |_| Ok(())).optional()?.is_some())
}

/// Serializing can't fail: a filter contains only texts and numbers.
fn json(filter: &EventFilter) -> String {
    serde_json::to_string(filter).unwrap_or_default()
}
