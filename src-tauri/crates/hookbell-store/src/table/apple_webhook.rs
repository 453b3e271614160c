//! Which of our webhooks exist in App Store Connect.
//!
//! A row is written before the request to App Store Connect, so that a delivery that arrives immediately isn't
//! rejected. Until App Store Connect answers, the row has no App Store Connect id.

use std::collections::HashMap;

use hookbell_core::{AccountId, AppId, AscWebhookId, WebhookId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    webhook::{self, NewWebhook},
    webhook_secret,
};
use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/010-apple-webhook.sql");

/// A webhook of ours and its counterpart in App Store Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppleWebhook {
    /// Our webhook.
    pub webhook: WebhookId,
    /// The account that manages it; `None` if a command was given a key that isn't stored.
    pub account: Option<AccountId>,
    /// The app it belongs to.
    pub app: AppId,
    /// Its id in App Store Connect; `None` until known.
    pub apple: Option<AscWebhookId>,
}

const COLUMNS: &str = "SELECT webhook_id, account_id, app_id, apple_id FROM apple_webhook
     WHERE webhook_id IN (SELECT id FROM webhook WHERE token IS NOT NULL)";

impl Store {
    /// Adds a webhook, with its first secret, that exists in App Store Connect or is about to.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the id or the token is in use, and write errors.
    pub async fn add_apple_webhook(&self, new: NewWebhook, apple: AppleWebhook) -> Result<(), StoreError> {
        let in_the_way = self
            .write(0, move |db| {
                let in_the_way = webhook::add(db, &new)?;
                if in_the_way.is_none() {
                    put(db, &apple)?;
                    webhook_secret::add(db, &new.id, 1, new.created_at)?;
                }
                Ok(in_the_way)
            })
            .await?;
        in_the_way.map_or(Ok(()), |what| Err(StoreError::Taken { what }))
    }

    /// Every webhook that exists in App Store Connect and wasn't removed here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn apple_webhooks(&self) -> Result<Vec<AppleWebhook>, StoreError> {
        self.read(|db| db.prepare_cached(COLUMNS)?.query_map([], from_row)?.collect()).await
    }

    /// The app of every webhook that is or was in App Store Connect, including those removed here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn webhook_apps(&self) -> Result<HashMap<WebhookId, AppId>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT webhook_id, app_id FROM apple_webhook")?
                .query_map([], |row| Ok((row.get::<_, Text<_>>(0)?.0, row.get::<_, Text<_>>(1)?.0)))?
                .collect()
        })
        .await
    }

    /// A webhook's counterpart in App Store Connect, if any.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn apple_webhook(&self, webhook: &WebhookId) -> Result<Option<AppleWebhook>, StoreError> {
        let id = webhook.clone();
        self.read(move |db| {
            db.prepare_cached(&format!("{COLUMNS} AND webhook_id = ?"))?.query_row([id.as_str()], from_row).optional()
        })
        .await
    }

    /// Records a webhook's id in App Store Connect. Returns `false` if there is no such webhook.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_apple_id(&self, webhook: &WebhookId, apple: &AscWebhookId) -> Result<bool, StoreError> {
        let (webhook, apple) = (webhook.clone(), apple.clone());
        self.write(0, move |db| {
            db.prepare_cached("UPDATE OR REPLACE apple_webhook SET apple_id = ? WHERE webhook_id = ?")?
                .execute([apple.as_str(), webhook.as_str()])
                .map(|changed| changed == 1)
        })
        .await
    }
}

fn put(db: &Connection, apple: &AppleWebhook) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO apple_webhook (webhook_id, account_id, app_id, apple_id) VALUES (?, ?, ?, ?)",
    )?
    .execute(params![
        apple.webhook.as_str(),
        apple.account.clone().map(Text),
        apple.app.as_str(),
        apple.apple.clone().map(Text)
    ])
    .map(drop)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AppleWebhook> {
    Ok(AppleWebhook {
        webhook: row.get::<_, Text<_>>(0)?.0,
        account: row.get::<_, Option<Text<_>>>(1)?.map(|id| id.0),
        app: row.get::<_, Text<_>>(2)?.0,
        apple: row.get::<_, Option<Text<_>>>(3)?.map(|id| id.0),
    })
}
