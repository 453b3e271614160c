//! Webhooks of ours that point to a former address in App Store Connect, and why they could not be repointed.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/014-stray.sql");

/// A webhook that points to a former address.
#[derive(Debug, Clone, PartialEq)]
pub struct Stray {
    /// Our webhook.
    pub webhook: WebhookId,
    /// Where it points.
    pub url: String,
    /// Why it could not be repointed, as the engine writes it; `None` if that was not tried.
    pub trouble: Option<Value>,
    /// When this was found.
    pub at: Timestamp,
}

impl Store {
    /// Replaces the list of webhooks that point to a former address.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_strays(&self, strays: Vec<Stray>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM stray")?.execute([])?;
            let mut add =
                db.prepare_cached("INSERT OR REPLACE INTO stray (webhook_id, url, trouble, at) VALUES (?, ?, ?, ?)")?;
            strays.iter().try_for_each(|stray| {
                let trouble = stray.trouble.as_ref().map(Text);
                add.execute(params![stray.webhook.as_str(), stray.url, trouble, Text(stray.at)]).map(drop)
            })
        })
        .await
    }

    /// Records that a webhook points to the right address.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_stray(&self, webhook: &WebhookId) -> Result<(), StoreError> {
        let id = webhook.clone();
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM stray WHERE webhook_id = ?")?.execute([id.as_str()]).map(drop)
        })
        .await
    }

    /// Every webhook of ours that points to a former address and wasn't removed here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn strays(&self) -> Result<Vec<Stray>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT webhook_id, url, trouble, at FROM stray
                 WHERE webhook_id IN (SELECT id FROM webhook WHERE token IS NOT NULL)",
            )?
            .query_map([], from_row)?
            .collect()
        })
        .await
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Stray> {
    Ok(Stray {
        webhook: row.get::<_, Text<_>>(0)?.0,
        url: row.get(1)?,
        trouble: row.get::<_, Option<Text<_>>>(2)?.map(|trouble| trouble.0),
        at: row.get::<_, Text<_>>(3)?.0,
    })
}
