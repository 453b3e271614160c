//! Which events of a delivery log aren't stored yet.

use std::collections::HashSet;

use hookbell_core::{EventId, WebhookId};

use crate::{Store, StoreError};

impl Store {
    /// Those of these events that a webhook hasn't received yet. An event that was deleted here counts as received.
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
}
