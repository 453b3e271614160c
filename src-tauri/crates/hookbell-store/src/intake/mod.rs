//! The intake of every event, and what happens to a delivery until it can be found.
//!
//! 1. Without load, the caller puts the delivery into words, and the writer's next transaction makes it an event. The
//!    answer follows the commit: the event is in the list, unread, and no notification was sent yet.
//! 2. Under load, the delivery is only stored (`waiting`), which costs several times less and is all that a 200
//!    promises. Everything that follows is stored the same way, to keep the order. A moment later it is read and
//!    becomes an event. If the process is killed before that, the next opening of the store reads it.
//! 3. Becoming an event shows whether it is new or a repetition. A repetition is counted with its arrival; a body that
//!    differs is kept.
//! 4. From then on a search finds the event by reading it. A batch of events later, the event is in the index.
//!
//! One commit serves everything that has queued up (group commit), under load or not. An answer always means "on disk".

mod backlog;
mod waiting;

use hookbell_core::ReceivedDelivery;
use rusqlite::Connection;

pub(crate) use self::{
    backlog::Backlog,
    waiting::{MIGRATION, read_all},
};
use crate::{Inserted, NewEvent, Source, Store, StoreError, table::event::insert};

impl Store {
    /// Stores a delivery and answers once it is on disk.
    ///
    /// By the time of the answer it is an event, unless many arrive at once: then it becomes one a moment later, and
    /// [`Store::changes`] reports it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if too much is queued, [`StoreError::Unwritable`], [`StoreError::Locked`],
    /// [`StoreError::Damaged`], [`StoreError::Closed`]. In each case the delivery was not stored.
    pub async fn keep_delivery(&self, delivery: ReceivedDelivery) -> Result<(), StoreError> {
        let bytes = delivery.body.len();
        if self.is_crowded() {
            return self.put_off(bytes, move |db| waiting::add(db, &delivery)).await;
        }
        let event = NewEvent::read(delivery, Source::Delivered);
        self.write(bytes, move |db| {
            if waiting::any(db)? { waiting::add(db, &event.delivery) } else { insert(db, &event).map(drop) }
        })
        .await
    }

    /// Stores events in one transaction, in this order, and returns the outcome for each.
    ///
    /// A repeated event of the same webhook is counted, not stored twice. Fetching an event that is already stored is
    /// no arrival and changes nothing, so that reading the delivery log again doesn't count anything twice.
    ///
    /// # Errors
    /// As [`Store::keep_delivery`]; in each case none of them was stored.
    pub async fn keep_events(&self, events: Vec<NewEvent>) -> Result<Vec<Inserted>, StoreError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = events.iter().map(|event| event.delivery.body.len()).sum();
        self.write(bytes, move |db: &Connection| {
            // Waiting deliveries came first and may be the same events.
            waiting::all(db)?;
            events.iter().map(|event| insert(db, event)).collect()
        })
        .await
    }
}
