//! Which of our webhooks stand in App Store Connect.
//!
//! A row is written before App Store Connect is asked, so that nothing that arrives at once is turned
//! away; until its answer has come, the row has no id of App Store Connect's.

use std::collections::HashMap;

use hookbell_core::{AccountId, AppId, AscWebhookId, WebhookId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    webhook::{self, NewWebhook},
    webhook_secret,
};
use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/010-apple-webhook.sql");

/// What one of our webhooks is in App Store Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppleWebhook {
    /// Our webhook.
    pub webhook: WebhookId,
    /// The account it is managed with; `None` where a command was given a key that is not kept.
    pub account: Option<AccountId>,
    /// The app it belongs to.
    pub app: AppId,
    /// App Store Connect's id of it; `None` until that is known.
    pub apple: Option<AscWebhookId>,
}

const COLUMNS: &str = "SELECT webhook_id, account_id, app_id, apple_id FROM apple_webhook
     WHERE webhook_id IN (SELECT id FROM webhook WHERE token IS NOT NULL)";

impl Store {
    /// Adds a webhook that stands in App Store Connect, or is about to, with its first secret.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the id or the token is in use, and those of a write.
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

    /// Every webhook that stands in App Store Connect and was not removed here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn apple_webhooks(&self) -> Result<Vec<AppleWebhook>, StoreError> {
        self.read(|db| db.prepare_cached(COLUMNS)?.query_map([], from_row)?.collect()).await
    }

    /// The app of every webhook that is or was in App Store Connect, those that were removed here too.
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

    /// What one of our webhooks is in App Store Connect, if anything.
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

    /// Notes under which id App Store Connect knows one of our webhooks. `false` if there is no such webhook.
    ///
    /// # Errors
    /// Those of a write.
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
