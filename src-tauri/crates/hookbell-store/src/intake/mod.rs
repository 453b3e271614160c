//! The entrance of every event, and what happens to a delivery until it can be found.
//!
//! 1. Alone, it is put into words by its caller, and the writer's next transaction makes it an event. The answer
//!    follows the commit: the event is in the list, unread, and nobody was notified of it.
//! 2. In a crowd it is only written down (`waiting`), which costs several times less and is all that a 200 promises.
//!    Everything behind it is written down too, so that the order stays. A moment later it is read and becomes an
//!    event. If the process is killed before that, the next opening of the store reads it.
//! 3. Whether it is news or a repetition shows when it becomes an event. A repetition is counted with its arrival; a
//!    body that differs is kept.
//! 4. A search finds it from then on by reading it. A batch of events later it goes into the index, and a search
//!    finds it there.
//!
//! One commit serves all that have queued up meanwhile (group commit), in a crowd or not. An answer always means
//! "on disk".

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
    /// Keeps what was delivered, and answers when it is on disk.
    ///
    /// It is an event with the answer already, unless many come at once: then it becomes one a moment
    /// later, and [`Store::changes`] moves.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if too much is waiting, [`StoreError::Unwritable`], [`StoreError::Locked`],
    /// [`StoreError::Damaged`], [`StoreError::Closed`]. After any of them it was not kept.
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

    /// Keeps events in one transaction, in this order, and says of each what that did.
    ///
    /// The same event of the same webhook again is counted, not kept twice. Fetching an event that is there already
    /// is no arrival and changes nothing, so that reading the delivery log again counts nothing twice.
    ///
    /// # Errors
    /// As [`Store::keep_delivery`]; then none of them was kept.
    pub async fn keep_events(&self, events: Vec<NewEvent>) -> Result<Vec<Inserted>, StoreError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = events.iter().map(|event| event.delivery.body.len()).sum();
        self.write(bytes, move |db: &Connection| {
            // What waits came before, and may be the same.
            waiting::all(db)?;
            events.iter().map(|event| insert(db, event)).collect()
        })
        .await
    }
}
