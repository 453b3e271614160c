//! Which resources wait to be read, and for which events.
//!
//! One reading serves every event about its resource, also those that arrive while it waits its turn. Of what
//! was read a moment ago, what does not change is told at once, and the rest is read again a little later for all
//! that came meanwhile. Feedback goes first, as its pictures and its words are worth most.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use hookbell_core::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::api::EventDetails;

/// How long after a reading the same resource is read again for events that came since.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// So many readings are remembered; with more, all are forgotten.
const REMEMBERED: usize = 2_000;

/// What is read: a resource, with the accounts that may see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    pub(super) accounts: Vec<AccountId>,
    /// Apple's type of the event, as states are named by it.
    pub(super) event_type: Option<String>,
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) feedback: bool,
}

/// An event that wants to know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) seq: i64,
    /// How often it was tried, this time included.
    pub(super) tries: u32,
    pub(super) received_at: Timestamp,
}

/// What a reading said, and when it began: an event from before then is told by it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) begun: Timestamp,
    pub(super) details: EventDetails,
}

impl Known {
    /// When the resource is read again.
    pub(super) fn again_at(&self) -> Timestamp {
        self.begun.saturating_add(AGAIN_AFTER).unwrap_or(self.begun)
    }

    /// What of it holds for later events too: what the thing is called, and not how it stood.
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

/// The resources that wait, and those that are being read.
#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Inside>);

#[derive(Debug, Default)]
struct Inside {
    feedback: VecDeque<Subject>,
    others: VecDeque<Subject>,
    wanted: HashMap<Subject, Vec<Wanted>>,
    reading: HashSet<Subject>,
    known: HashMap<Subject, Known>,
}

impl Queue {
    /// Has a resource read for an event. Whether it takes another reading: otherwise one is waiting already.
    pub(super) fn add(&self, subject: Subject, wanted: Wanted) -> bool {
        let mut inside = self.lock();
        let events = inside.wanted.entry(subject.clone()).or_default();
        // What was taken again before its turn came is tried once.
        events.retain(|other| other.seq != wanted.seq);
        events.push(wanted);
        let is_first = events.len() == 1;
        if is_first {
            let line = if subject.feedback { &mut inside.feedback } else { &mut inside.others };
            if line.contains(&subject) {
                return false;
            }
            line.push_back(subject);
        }
        is_first
    }

    /// The resource whose turn it is, for all events that want it. None is read twice at the same time.
    pub(super) fn take(&self) -> Option<(Subject, Vec<Wanted>)> {
        let mut inside = self.lock();
        let Inside { feedback, others, wanted, reading, .. } = &mut *inside;
        let subject = [feedback, others].into_iter().find_map(|line| {
            let at = line.iter().position(|subject| !reading.contains(subject))?;
            line.remove(at)
        })?;
        let events = wanted.remove(&subject).unwrap_or_default();
        reading.insert(subject.clone());
        Some((subject, events))
    }

    /// A reading has ended. Whether other events want the same resource by now.
    pub(super) fn done(&self, subject: &Subject) -> bool {
        let mut inside = self.lock();
        inside.reading.remove(subject);
        inside.wanted.contains_key(subject)
    }

    pub(super) fn remember(&self, subject: &Subject, known: Known) {
        let mut inside = self.lock();
        if inside.known.len() >= REMEMBERED {
            inside.known.clear();
        }
        inside.known.insert(subject.clone(), known);
    }

    pub(super) fn known(&self, subject: &Subject) -> Option<Known> {
        self.lock().known.get(subject).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(id: &str, feedback: bool) -> Subject {
        Subject { accounts: Vec::new(), event_type: None, kind: "k".to_owned(), id: id.to_owned(), feedback }
    }

    fn event(seq: i64) -> Wanted {
        Wanted { seq, tries: 1, received_at: Timestamp::UNIX_EPOCH }
    }

    fn taken(queue: &Queue) -> Option<(String, Vec<i64>)> {
        queue.take().map(|(subject, events)| (subject.id, events.iter().map(|event| event.seq).collect()))
    }

    #[test]
    fn one_reading_serves_all_events_about_a_resource_and_feedback_goes_first() {
        let queue = Queue::default();
        assert!(queue.add(subject("build", false), event(1)));
        assert!(queue.add(subject("version", false), event(2)));
        assert!(!queue.add(subject("build", false), event(3)), "one is waiting already");
        assert!(queue.add(subject("words", true), event(4)));
        assert_eq!(taken(&queue), Some(("words".to_owned(), vec![4])));
        assert_eq!(taken(&queue), Some(("build".to_owned(), vec![1, 3])));
        assert_eq!(taken(&queue), Some(("version".to_owned(), vec![2])));
        assert_eq!(taken(&queue), None);
    }

    #[test]
    fn a_resource_is_not_read_twice_at_the_same_time() {
        let queue = Queue::default();
        queue.add(subject("build", false), event(1));
        let (build, _) = queue.take().unwrap();
        assert!(queue.add(subject("build", false), event(2)));
        assert!(queue.take().is_none(), "it is being read");
        assert!(queue.done(&build));
        assert_eq!(taken(&queue), Some(("build".to_owned(), vec![2])));
        assert!(!queue.done(&build));
    }
}
