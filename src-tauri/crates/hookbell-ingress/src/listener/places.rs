//! Which connections have a place in the listener, and which one loses it to a new connection.
//!
//! A waiting connection costs its sender nothing, so anybody who reaches the port could fill all places with requests
//! that never end. So a new connection takes the place of the one that has waited longest: first among those without a
//! complete request, then among idle keep-alive connections. A connection whose request is being answered keeps its
//! place. Senders normally send a head in one go, so an honest one is past this stage before others could evict it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio_util::sync::CancellationToken;

/// All places of a listener. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Places {
    most: usize,
    held: Arc<Mutex<Held>>,
}

/// The connections that hold a place.
#[derive(Debug, Default)]
struct Held {
    by: BTreeMap<u64, Holder>,
    /// Increases with each change, so smaller numbers are older.
    now: u64,
}

#[derive(Debug)]
struct Holder {
    waits: Waits,
    since: u64,
    given_up: CancellationToken,
}

/// What a connection waits for, in the order of eviction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Waits {
    /// The end of its first head.
    First,
    /// Its next request.
    Next,
    /// Our answer.
    Answer,
}

impl Places {
    pub(super) fn new(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// A place for a new connection, evicting another if necessary; `None` if all are being answered.
    pub(super) fn take(&self) -> Option<Place> {
        let mut held = self.held();
        if held.by.len() >= self.most {
            let waiting = held.by.iter().filter(|(_, holder)| holder.waits != Waits::Answer);
            let (number, _) = waiting.min_by_key(|(_, holder)| (holder.waits, holder.since))?;
            let number = *number;
            held.by.remove(&number)?.given_up.cancel();
        }
        let number = held.tick();
        let given_up = CancellationToken::new();
        held.by.insert(number, Holder { waits: Waits::First, since: number, given_up: given_up.clone() });
        Some(Place { number, places: self.clone(), given_up })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn tick(&mut self) -> u64 {
        self.now += 1;
        self.now
    }
}

/// One connection's place, released on drop.
#[derive(Debug)]
pub(super) struct Place {
    number: u64,
    places: Places,
    given_up: CancellationToken,
}

impl Place {
    /// Marks the request as being answered: the place can't be taken.
    pub(super) fn answers(&self) {
        self.waits(Waits::Answer);
    }

    /// Marks the connection as waiting for the next request.
    pub(super) fn idles(&self) {
        self.waits(Waits::Next);
    }

    /// Waits until another connection takes the place.
    pub(super) async fn given_up(&self) {
        self.given_up.cancelled().await;
    }

    fn waits(&self, waits: Waits) {
        let mut held = self.places.held();
        let since = held.tick();
        if let Some(holder) = held.by.get_mut(&self.number) {
            (holder.waits, holder.since) = (waits, since);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.held().by.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newcomer_takes_the_place_of_whoever_waits_the_longest_without_a_request() {
        let places = Places::new(4);
        let [kept, answered, first, second] = [(); 4].map(|()| places.take().unwrap());
        kept.answers();
        kept.idles();
        answered.answers();
        let lost = || [&kept, &answered, &first, &second].map(|place| place.given_up.is_cancelled());

        let third = places.take().unwrap();
        assert_eq!(lost(), [false, false, true, false]);
        let fourth = places.take().unwrap();
        assert_eq!(lost(), [false, false, true, true]);
        third.answers();
        fourth.answers();
        let fifth = places.take().unwrap();
        assert_eq!(lost(), [true, false, true, true], "a kept connection goes last");
        fifth.answers();
        assert!(places.take().is_none(), "what is being answered keeps its place");

        drop((first, second));
        assert!(places.take().is_none(), "a place that was lost is not given back a second time");
        drop(answered);
        assert!(places.take().is_some());
    }
}
