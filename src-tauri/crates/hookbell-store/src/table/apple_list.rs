//! The last known state of App Store Connect: an account's apps, and the webhooks of each app.
//!
//! A copy to show at the next start before App Store Connect has answered, or while it is unreachable. It is removed
//! with its account. The content of a list is opaque here.

use hookbell_core::{AccountId, AppId};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/016-apple-list.sql");

/// A list as of its last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppleList {
    /// The app whose webhooks these are; `None` for the list of the account's apps.
    pub app: Option<AppId>,
    /// The list, as JSON.
    pub value: String,
    /// When it was read.
    pub read_at: Timestamp,
}

impl Store {
    /// Replaces the stored lists. A new list of apps also removes the webhook lists of apps it doesn't name. Nothing is
    /// stored for a removed account.
    ///
    /// # Errors
    /// Write errors.
    pub async fn keep_apple_lists(
        &self,
        account: &AccountId,
        lists: Vec<AppleList>,
        apps: Option<Vec<AppId>>,
    ) -> Result<(), StoreError> {
        let account = account.clone();
        let size = lists.iter().map(|list| list.value.len()).sum();
        self.write(size, move |db| {
            for list in &lists {
                put(db, &account, list)?;
            }
            match &apps {
                Some(apps) => forget_all_but(db, &account, apps),
                None => Ok(()),
            }
        })
        .await
    }

    /// Stores what `change` makes of the stored lists, in one transaction: other changes happen before or after it. A
    /// list that it doesn't return stays as it is.
    ///
    /// # Errors
    /// Write errors.
    pub async fn change_apple_lists<C>(&self, account: &AccountId, change: C) -> Result<(), StoreError>
    where
        C: Fn(Vec<AppleList>) -> Vec<AppleList> + Send + 'static,
    {
        let account = account.clone();
        self.write(0, move |db| {
            let changed = change(all(db, &account)?);
            changed.iter().try_for_each(|list| put(db, &account, list))
        })
        .await
    }

    /// Every list of an account.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn apple_lists(&self, account: &AccountId) -> Result<Vec<AppleList>, StoreError> {
        let account = account.clone();
        self.read(move |db| all(db, &account)).await
    }

    /// The app lists of all accounts, as JSON.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn app_lists(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT value FROM apple_list WHERE app_id = ''")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }
}

fn all(db: &Connection, account: &AccountId) -> rusqlite::Result<Vec<AppleList>> {
    db.prepare_cached("SELECT app_id, value, read_at FROM apple_list WHERE account_id = ?")?
        .query_map([account.as_str()], from_row)?
        .collect()
}

fn put(db: &Connection, account: &AccountId, list: &AppleList) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO apple_list (account_id, app_id, value, read_at)
         SELECT id, ?, ?, ? FROM account WHERE id = ?",
    )?
    .execute(params![list.app.as_ref().map_or("", AppId::as_str), list.value, Text(list.read_at), account.as_str()])
    .map(drop)
}

fn forget_all_but(db: &Connection, account: &AccountId, apps: &[AppId]) -> rusqlite::Result<()> {
    let kept: Vec<String> = db
        .prepare_cached("SELECT app_id FROM apple_list WHERE account_id = ? AND app_id <> ''")?
        .query_map([account.as_str()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut forget = db.prepare_cached("DELETE FROM apple_list WHERE account_id = ? AND app_id = ?")?;
    for gone in kept.iter().filter(|id| apps.iter().all(|app| app.as_str() != *id)) {
        forget.execute([account.as_str(), gone])?;
    }
    Ok(())
}

/// Removes the lists of an account that is being removed.
pub(super) fn remove(db: &Connection, account: &AccountId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM apple_list WHERE account_id = ?")?.execute([account.as_str()]).map(drop)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AppleList> {
    let app: String = row.get(0)?;
    Ok(AppleList {
        app: if app.is_empty() { None } else { Some(row.get::<_, Text<_>>(0)?.0) },
        value: row.get(1)?,
        read_at: row.get::<_, Text<_>>(2)?.0,
    })
}
