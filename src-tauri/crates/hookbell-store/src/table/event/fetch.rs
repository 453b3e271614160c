//! Events that were read from the delivery log: only what is not there yet is written, many at a time.

use std::collections::HashSet;

use hookbell_core::{EventId, WebhookId};

use super::insert::{NewEvent, insert};
use crate::{Store, StoreError, table::waiting};

impl Store {
    /// Those of these events that a webhook has not brought yet. One that was deleted here counts as brought.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unknown_events(
        &self,
        webhook: &WebhookId,
        ids: HashSet<EventId>,
    ) -> Result<HashSet<EventId>, StoreError> {
        let webhook = webhook.clone();
        self.read(move |db| {
            let mut known = db.prepare_cached(
                "SELECT 1 FROM event WHERE event_id = ?1 AND webhook_id = ?2
                 UNION ALL SELECT 1 FROM deleted_event WHERE event_id = ?1 AND webhook_id = ?2",
            )?;
            let mut unknown = HashSet::new();
            for id in ids {
                if !known.exists([id.as_str(), webhook.as_str()])? {
                    unknown.insert(id);
                }
            }
            Ok(unknown)
        })
        .await
    }

    /// Keeps events in one transaction, in this order, and says how many were new.
    ///
    /// # Errors
    /// As [`Store::insert`]; then none of them was kept.
    pub async fn insert_fetched(&self, events: Vec<NewEvent>) -> Result<u64, StoreError> {
        if events.is_empty() {
            return Ok(0);
        }
        let bytes = events.iter().map(|event| event.body.len()).sum();
        self.write(bytes, move |db| {
            // What waits came before, and may be the same.
            waiting::all(db)?;
            events.iter().try_fold(0, |new, event| Ok(new + u64::from(insert(db, event)?.new)))
        })
        .await
    }
}
