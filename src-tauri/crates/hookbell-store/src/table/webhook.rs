//! The webhooks that this machine receives for. A removed one keeps its row, without its token: its events still show
//! its name, and its payload URL no longer works.

use std::collections::HashMap;

use hookbell_core::{WebhookId, vocabulary};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::webhook_secret;
use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/003-webhook.sql");

vocabulary!(
    /// Who created a webhook.
    Origin, "the origin of a webhook" {
        /// It was added in the window; its secret is in the keychain.
        Local = "local",
        /// Created by `hookbell listen`, which was given its secret and keeps it.
        Command = "command",
        /// Exists in App Store Connect, created or adopted by Hookbell; its secret is in the keychain.
        Account = "account",
    }
);

/// A webhook to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Its id.
    pub id: WebhookId,
    /// Its name, chosen by the user.
    pub name: String,
    /// The unguessable part of its payload URL.
    pub token: String,
    /// Who adds it.
    pub origin: Origin,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWebhook {
    /// Its id.
    pub id: WebhookId,
    /// Its name, chosen by the user.
    pub name: String,
    /// The unguessable part of its payload URL.
    pub token: String,
    /// Who added it.
    pub origin: Origin,
    /// When it was added.
    pub created_at: Timestamp,
}

/// The name of a current or removed webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookName {
    /// Its current or last name.
    pub name: String,
    /// Whether it was removed.
    pub removed: bool,
}

const COLUMNS: &str = "SELECT id, name, token, origin, created_at FROM webhook WHERE token IS NOT NULL";

impl Store {
    /// Adds a webhook whose secret is held elsewhere. A removed one can be added again under its id.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the id or the token is in use, and write errors.
    pub async fn add_webhook(&self, new: NewWebhook) -> Result<(), StoreError> {
        self.write(0, move |db| add(db, &new)).await?.map_or(Ok(()), |what| Err(StoreError::Taken { what }))
    }

    /// Adds a webhook with its first secret in one transaction, so that neither exists without the other.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the id or the token is in use, and write errors.
    pub async fn add_webhook_with_secret(&self, new: NewWebhook) -> Result<(), StoreError> {
        let in_the_way = self
            .write(0, move |db| {
                let in_the_way = add(db, &new)?;
                if in_the_way.is_none() {
                    webhook_secret::add(db, &new.id, 1, new.created_at)?;
                }
                Ok(in_the_way)
            })
            .await?;
        in_the_way.map_or(Ok(()), |what| Err(StoreError::Taken { what }))
    }

    /// Every webhook, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn webhooks(&self) -> Result<Vec<StoredWebhook>, StoreError> {
        let mut webhooks: Vec<StoredWebhook> =
            self.read(|db| db.prepare_cached(COLUMNS)?.query_map([], from_row)?.collect()).await?;
        webhooks.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        Ok(webhooks)
    }

    /// The names of all webhooks, including removed ones.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn webhook_names(&self) -> Result<HashMap<WebhookId, WebhookName>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT id, name, token IS NULL FROM webhook")?
                .query_map([], |row| {
                    Ok((row.get::<_, Text<_>>(0)?.0, WebhookName { name: row.get(1)?, removed: row.get(2)? }))
                })?
                .collect()
        })
        .await
    }

    /// One webhook, unless it was removed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn webhook(&self, id: &WebhookId) -> Result<Option<StoredWebhook>, StoreError> {
        self.one("id", id.as_str().to_owned()).await
    }

    /// The webhook whose payload URL has this token.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn webhook_by_token(&self, token: &str) -> Result<Option<StoredWebhook>, StoreError> {
        self.one("token", token.to_owned()).await
    }

    /// Renames a webhook; its old events show the new name too. Returns `false` if there is no such webhook.
    ///
    /// # Errors
    /// Write errors.
    pub async fn rename_webhook(&self, id: &WebhookId, name: &str) -> Result<bool, StoreError> {
        let (id, name) = (id.clone(), name.to_owned());
        self.write(0, move |db| {
            db.prepare_cached("UPDATE webhook SET name = ? WHERE id = ? AND token IS NOT NULL")?
                .execute([name.as_str(), id.as_str()])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Removes a webhook; its events stay. Its secrets expire immediately: [`Store::expired_generations`] lists them
    /// for removal from the keychain. Returns `false` if there is no such webhook.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_webhook(&self, id: &WebhookId, at: Timestamp) -> Result<bool, StoreError> {
        let id = id.clone();
        self.write(0, move |db| {
            webhook_secret::end_all(db, &id, at)?;
            db.prepare_cached("UPDATE webhook SET token = NULL, removed_at = ? WHERE id = ? AND token IS NOT NULL")?
                .execute(params![Text(at), id.as_str()])
                .map(|changed| changed == 1)
        })
        .await
    }

    async fn one(&self, column: &'static str, value: String) -> Result<Option<StoredWebhook>, StoreError> {
        self.read(move |db| {
            db.prepare_cached(&format!("{COLUMNS} AND {column} = ?"))?.query_row([value], from_row).optional()
        })
        .await
    }
}

/// Adds the webhook, or returns what prevents it.
pub(super) fn add(db: &Connection, new: &NewWebhook) -> rusqlite::Result<Option<&'static str>> {
    let mut there = db.prepare_cached("SELECT 1 FROM webhook WHERE token = ? AND id <> ?")?;
    if there.exists([new.token.as_str(), new.id.as_str()])? {
        return Ok(Some("this payload URL"));
    }
    let added = db
        .prepare_cached(
            "INSERT INTO webhook (id, name, token, origin, created_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, token = excluded.token,
                origin = excluded.origin, created_at = excluded.created_at, removed_at = NULL
             WHERE token IS NULL",
        )?
        .execute(params![new.id.as_str(), new.name, new.token, Text(new.origin), Text(new.created_at)])?;
    Ok((added == 0).then_some("this webhook id"))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredWebhook> {
    Ok(StoredWebhook {
        id: row.get::<_, Text<_>>(0)?.0,
        name: row.get(1)?,
        token: row.get(2)?,
        origin: row.get::<_, Text<_>>(3)?.0,
        created_at: row.get::<_, Text<_>>(4)?.0,
    })
}
