//! The resources to be read, and the events waiting for them.
//!
//! One read serves every event about its resource, including those that arrive while it is queued. An event that
//! arrives just after a read gets the immutable facts at once; the rest is read again a little later for all events
//! that arrived in the meantime. A read that found nothing is valid for a moment too, so that the events of a burst
//! don't each ask for what is gone. Feedback goes first, because its pictures and words are worth most.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use hookbell_core::AccountId;
use jiff::{SignedDuration, Timestamp};

use super::answer::Answer;
use crate::api::EventDetails;

/// How long after a read the same resource is read again for newer events.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// How long a read that found nothing is valid for newer events: a new resource may appear at any moment.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// How many reads are remembered. Beyond that, all are forgotten.
const MAX_REMEMBERED_READINGS: usize = 2_000;

/// A resource to read, with the accounts that may see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ResourceKey {
    pub(super) accounts: Vec<AccountId>,
    /// Apple's type of the event, because it determines the names of states.
    pub(super) event_type: Option<String>,
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) feedback: bool,
}

/// An event that waits for a resource's details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WaitingEvent {
    pub(super) seq: i64,
    /// How often it was tried, including this time.
    pub(super) tries: u32,
    pub(super) received_at: Timestamp,
}

/// The result of a read, and when it began: it is valid for every earlier event.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) begun: Timestamp,
    pub(super) details: EventDetails,
}

impl Reading {
    /// When the resource is read again.
    pub(super) fn again_at(&self) -> Timestamp {
        self.begun.saturating_add(READ_AGAIN_AFTER).unwrap_or(self.begun)
    }

    /// The part that is valid for later events too: the resource's name, not its state.
    pub(super) fn lasting(&self) -> EventDetails {
        EventDetails {
            state: None,
            internal_state: None,
            errors: Vec::new(),
            warnings: Vec::new(),
            infos: Vec::new(),
            trouble: None,
            ..self.details.clone()
        }
    }
}

/// The resources waiting to be read, and those being read.
#[derive(Debug, Default)]
pub(super) struct ReadQueue(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    feedback: VecDeque<ResourceKey>,
    others: VecDeque<ResourceKey>,
    wanted: HashMap<ResourceKey, Vec<WaitingEvent>>,
    reading: HashSet<ResourceKey>,
    known: HashMap<ResourceKey, Reading>,
    /// Reads that found nothing: when they began, and why.
    unanswered: HashMap<ResourceKey, (Timestamp, Answer)>,
}

impl ReadQueue {
    /// Queues a resource for an event. Returns whether this requires another read; otherwise one is already queued.
    pub(super) fn add(&self, resource: ResourceKey, wanted: WaitingEvent) -> bool {
        let mut state = self.lock();
        let events = state.wanted.entry(resource.clone()).or_default();
        // An event queued again before its turn is tried only once.
        events.retain(|other| other.seq != wanted.seq);
        events.push(wanted);
        let is_first = events.len() == 1;
        if is_first {
            let line = if resource.feedback { &mut state.feedback } else { &mut state.others };
            if line.contains(&resource) {
                return false;
            }
            line.push_back(resource);
        }
        is_first
    }

    /// The next resource, with all events waiting for it. No resource is read twice concurrently.
    pub(super) fn take(&self) -> Option<(ResourceKey, Vec<WaitingEvent>)> {
        let mut state = self.lock();
        let State { feedback, others, wanted, reading, .. } = &mut *state;
        let resource = [feedback, others].into_iter().find_map(|line| {
            let at = line.iter().position(|resource| !reading.contains(resource))?;
            line.remove(at)
        })?;
        let events = wanted.remove(&resource).unwrap_or_default();
        reading.insert(resource.clone());
        Some((resource, events))
    }

    /// Ends a read. Returns whether other events are waiting for the same resource by now.
    pub(super) fn done(&self, resource: &ResourceKey) -> bool {
        let mut state = self.lock();
        state.reading.remove(resource);
        state.wanted.contains_key(resource)
    }

    pub(super) fn remember(&self, resource: &ResourceKey, known: Reading) {
        let mut state = self.lock();
        state.unanswered.remove(resource);
        if state.known.len() >= MAX_REMEMBERED_READINGS {
            state.known.clear();
        }
        state.known.insert(resource.clone(), known);
    }

    pub(super) fn known(&self, resource: &ResourceKey) -> Option<Reading> {
        self.lock().known.get(resource).cloned()
    }

    /// Remembers for a moment why a read that began then found nothing.
    pub(super) fn remember_unanswered(&self, resource: &ResourceKey, begun: Timestamp, answer: Answer) {
        let mut state = self.lock();
        if state.unanswered.len() >= MAX_REMEMBERED_READINGS {
            state.unanswered.clear();
        }
        state.unanswered.insert(resource.clone(), (begun, answer));
    }

    /// Makes the next event ask for a resource although nothing was found just now.
    pub(super) fn forget_unanswered(&self, resource: &ResourceKey) {
        self.lock().unanswered.remove(resource);
    }

    /// Why nothing was found just now.
    pub(super) fn unanswered(&self, resource: &ResourceKey, now: Timestamp) -> Option<Answer> {
        let state = self.lock();
        let (begun, answer) = state.unanswered.get(resource)?;
        (now.duration_since(*begun) < ASK_AGAIN_AFTER).then(|| answer.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(id: &str, feedback: bool) -> ResourceKey {
        ResourceKey { accounts: Vec::new(), event_type: None, kind: "k".to_owned(), id: id.to_owned(), feedback }
    }

    fn event(seq: i64) -> WaitingEvent {
        WaitingEvent { seq, tries: 1, received_at: Timestamp::UNIX_EPOCH }
    }

    fn taken(queue: &ReadQueue) -> Option<(String, Vec<i64>)> {
        queue.take().map(|(resource, events)| (resource.id, events.iter().map(|event| event.seq).collect()))
    }

    #[test]
    fn one_reading_serves_all_events_about_a_resource_and_feedback_goes_first() {
        let queue = ReadQueue::default();
        assert!(queue.add(resource("build", false), event(1)));
        assert!(queue.add(resource("version", false), event(2)));
        assert!(!queue.add(resource("build", false), event(3)), "one is waiting already");
        assert!(queue.add(resource("words", true), event(4)));
        assert_eq!(taken(&queue), Some(("words".to_owned(), vec![4])));
        assert_eq!(taken(&queue), Some(("build".to_owned(), vec![1, 3])));
        assert_eq!(taken(&queue), Some(("version".to_owned(), vec![2])));
        assert_eq!(taken(&queue), None);
    }

    #[test]
    fn a_resource_is_not_read_twice_at_the_same_time() {
        let queue = ReadQueue::default();
        queue.add(resource("build", false), event(1));
        let (build, _) = queue.take().unwrap();
        assert!(queue.add(resource("build", false), event(2)));
        assert!(queue.take().is_none(), "it is being read");
        assert!(queue.done(&build));
        assert_eq!(taken(&queue), Some(("build".to_owned(), vec![2])));
        assert!(!queue.done(&build));
    }
}
