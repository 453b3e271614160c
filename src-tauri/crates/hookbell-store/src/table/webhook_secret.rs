//! A webhook's secrets, by number. The secrets themselves are in the keychain.
//!
//! During a rotation, the old secret stays valid alongside the new one for a while.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/004-webhook-secret.sql");

/// One secret of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// Its number: the first is usually 1.
    pub generation: u32,
    /// Until when it is valid; `None` for the current one.
    pub valid_until: Option<Timestamp>,
}

impl Store {
    /// The number of the secret to sign with, if the webhook has one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn current_generation(&self, id: &WebhookId) -> Result<Option<u32>, StoreError> {
        let all = self.all_generations(id).await?;
        Ok(all.iter().find(|one| one.valid_until.is_none()).map(|one| one.generation))
    }

    /// Makes `generation` the current one; the previous one expires at `previous_valid_until`.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the webhook already has that generation, and write errors.
    pub async fn add_generation(
        &self,
        id: &WebhookId,
        generation: u32,
        previous_valid_until: Timestamp,
    ) -> Result<(), StoreError> {
        let id = id.clone();
        let added = self.write(0, move |db| add(db, &id, generation, previous_valid_until)).await?;
        if added { Ok(()) } else { Err(StoreError::Taken { what: "this secret generation" }) }
    }

    /// Adds a secret that isn't final yet: earlier ones stay valid.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the webhook already has that generation, and write errors.
    pub async fn add_generation_beside(&self, id: &WebhookId, generation: u32) -> Result<(), StoreError> {
        let id = id.clone();
        let added = self
            .write(0, move |db| {
                db.prepare_cached(
                    "INSERT INTO webhook_secret (webhook_id, generation) VALUES (?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute(params![id.as_str(), generation])
                .map(|added| added == 1)
            })
            .await?;
        if added { Ok(()) } else { Err(StoreError::Taken { what: "this secret generation" }) }
    }

    /// Makes every secret before `generation` that has no expiry expire at `at`.
    ///
    /// # Errors
    /// Write errors.
    pub async fn end_generations_before(
        &self,
        id: &WebhookId,
        generation: u32,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let id = id.clone();
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE webhook_secret SET valid_until = ?
                 WHERE webhook_id = ? AND generation < ? AND valid_until IS NULL",
            )?
            .execute(params![Text(at), id.as_str(), generation])
            .map(drop)
        })
        .await
    }

    /// The generations valid at `now`, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn generations(&self, id: &WebhookId, now: Timestamp) -> Result<Vec<Generation>, StoreError> {
        let mut all = self.all_generations(id).await?;
        all.retain(|one| one.valid_until.is_none_or(|until| now < until));
        Ok(all)
    }

    /// Generations of any webhook expired by `now`: remove them from the keychain first, then from here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn expired_generations(&self, now: Timestamp) -> Result<Vec<(WebhookId, u32)>, StoreError> {
        let ended: Vec<(Text<WebhookId>, u32, Text<Timestamp>)> = self
            .read(|db| {
                db.prepare_cached(
                    "SELECT webhook_id, generation, valid_until FROM webhook_secret WHERE valid_until IS NOT NULL",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
            })
            .await?;
        Ok(ended.into_iter().filter(|(.., until)| until.0 <= now).map(|(id, one, _)| (id.0, one)).collect())
    }

    /// Forgets a generation. Returns `false` if it did not exist.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_generation(&self, id: &WebhookId, generation: u32) -> Result<bool, StoreError> {
        let id = id.clone();
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM webhook_secret WHERE webhook_id = ? AND generation = ?")?
                .execute(params![id.as_str(), generation])
                .map(|removed| removed == 1)
        })
        .await
    }

    async fn all_generations(&self, id: &WebhookId) -> Result<Vec<Generation>, StoreError> {
        let id = id.clone();
        self.read(move |db| {
            db.prepare_cached(
                "SELECT generation, valid_until FROM webhook_secret WHERE webhook_id = ? ORDER BY generation DESC",
            )?
            .query_map([id.as_str()], |row| {
                let valid_until: Option<Text<Timestamp>> = row.get(1)?;
                Ok(Generation { generation: row.get(0)?, valid_until: valid_until.map(|until| until.0) })
            })?
            .collect()
        })
        .await
    }
}

/// Makes every secret of a webhook that would be valid after `at` expire then.
pub(super) fn end_all(db: &Connection, id: &WebhookId, at: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE webhook_secret SET valid_until = ? WHERE webhook_id = ?")?
        .execute(params![Text(at), id.as_str()])
        .map(drop)
}

pub(super) fn add(
    db: &Connection,
    id: &WebhookId,
    generation: u32,
    previous_valid_until: Timestamp,
) -> rusqlite::Result<bool> {
    let mut there = db.prepare_cached("SELECT 1 FROM webhook_secret WHERE webhook_id = ? AND generation = ?")?;
    if there.exists(params![id.as_str(), generation])? {
        return Ok(false);
    }
    db.prepare_cached("UPDATE webhook_secret SET valid_until = ? WHERE webhook_id = ? AND valid_until IS NULL")?
        .execute(params![Text(previous_valid_until), id.as_str()])?;
    db.prepare_cached("INSERT INTO webhook_secret (webhook_id, generation) VALUES (?, ?)")?
        .execute(params![id.as_str(), generation])?;
    Ok(true)
}
