//! App Store Connect accounts: everything about them except the private key, which is in the keychain.

use hookbell_core::{AccountId, IssuerId, KeyId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{apple_list, distribution::known_build};
use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/009-account.sql");

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// Its id.
    pub id: AccountId,
    /// Its name, chosen by the user.
    pub name: String,
    /// The API key's id.
    pub key_id: KeyId,
    /// The team's issuer id; `None` for an individual key.
    pub issuer_id: Option<IssuerId>,
    /// Scheme, host and port of the API.
    pub base_url: String,
    /// When it was added.
    pub created_at: Timestamp,
}

const COLUMNS: &str = "SELECT id, name, key_id, issuer_id, base_url, created_at FROM account";

impl Store {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the id is in use, and write errors.
    pub async fn add_account(&self, account: StoredAccount) -> Result<(), StoreError> {
        let added = self
            .write(0, move |db| {
                let issuer = account.issuer_id.clone().map(Text);
                db.prepare_cached(
                    "INSERT INTO account (id, name, key_id, issuer_id, base_url, created_at) VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT (id) DO NOTHING",
                )?
                .execute(params![
                    account.id.as_str(),
                    account.name,
                    account.key_id.as_str(),
                    issuer,
                    account.base_url,
                    Text(account.created_at)
                ])
                .map(|added| added == 1)
            })
            .await?;
        if added { Ok(()) } else { Err(StoreError::Taken { what: "this account id" }) }
    }

    /// Every account, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn accounts(&self) -> Result<Vec<StoredAccount>, StoreError> {
        let mut accounts: Vec<StoredAccount> =
            self.read(|db| db.prepare_cached(COLUMNS)?.query_map([], from_row)?.collect()).await?;
        accounts.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        Ok(accounts)
    }

    /// One account.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn account(&self, id: &AccountId) -> Result<Option<StoredAccount>, StoreError> {
        let id = id.clone();
        self.read(move |db| {
            db.prepare_cached(&format!("{COLUMNS} WHERE id = ?"))?.query_row([id.as_str()], from_row).optional()
        })
        .await
    }

    /// Renames an account. Returns `false` if there is no such account.
    ///
    /// # Errors
    /// Write errors.
    pub async fn rename_account(&self, id: &AccountId, name: &str) -> Result<bool, StoreError> {
        let (id, name) = (id.clone(), name.to_owned());
        self.write(0, move |db| {
            db.prepare_cached("UPDATE account SET name = ? WHERE id = ?")?
                .execute([name.as_str(), id.as_str()])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Records an account's new key. Returns `false` if there is no such account.
    ///
    /// # Errors
    /// Write errors.
    pub async fn replace_account_key(
        &self,
        id: &AccountId,
        key_id: &KeyId,
        issuer_id: Option<&IssuerId>,
    ) -> Result<bool, StoreError> {
        let (id, key_id, issuer_id) = (id.clone(), key_id.clone(), issuer_id.cloned());
        self.write(0, move |db| {
            db.prepare_cached("UPDATE account SET key_id = ?, issuer_id = ? WHERE id = ?")?
                .execute(params![key_id.as_str(), issuer_id.clone().map(Text), id.as_str()])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Removes an account and what was stored about it. Its webhooks keep receiving as local ones. Returns `false` if
    /// there is no such account.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_account(&self, id: &AccountId) -> Result<bool, StoreError> {
        let id = id.clone();
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE webhook SET origin = 'local'
                 WHERE id IN (SELECT webhook_id FROM apple_webhook WHERE account_id = ?)",
            )?
            .execute([id.as_str()])?;
            db.prepare_cached("DELETE FROM apple_webhook WHERE account_id = ?")?.execute([id.as_str()])?;
            apple_list::remove(db, &id)?;
            known_build::remove(db, &id)?;
            db.prepare_cached("DELETE FROM account WHERE id = ?")?.execute([id.as_str()]).map(|gone| gone == 1)
        })
        .await
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredAccount> {
    Ok(StoredAccount {
        id: row.get::<_, Text<_>>(0)?.0,
        name: row.get(1)?,
        key_id: row.get::<_, Text<_>>(2)?.0,
        issuer_id: row.get::<_, Option<Text<_>>>(3)?.map(|issuer| issuer.0),
        base_url: row.get(4)?,
        created_at: row.get::<_, Text<_>>(5)?.0,
    })
}
