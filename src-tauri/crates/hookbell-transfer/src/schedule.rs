//! When each part is sent: several at a time, failed ones again after a wait, and only one while the network doesn't
//! respond.
//!
//! Nothing here waits or sends. Times are relative to the start.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use hookbell_core::backoff;

use crate::error::PutFailure;

/// How many parts are sent at a time, and how often each is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartRetries {
    /// The maximum number of parts sent in parallel, at least 1.
    pub parallel: usize,
    /// The wait after a part's first failure. It doubles with each failure, and is randomly shortened by up to half.
    pub first_wait: Duration,
    /// The maximum wait, unless the storage asks for a longer one.
    pub longest_wait: Duration,
    /// The number of attempts per part while the storage responds with errors.
    pub tries: u32,
    /// The number of attempts per part while the storage has other bytes than the ones sent.
    pub wrong_tags: u32,
}

impl Default for PartRetries {
    fn default() -> Self {
        Self {
            parallel: 4,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            tries: 8,
            wrong_tags: 3,
        }
    }
}

/// The maximum wait that a storage can ask for; longer ones are capped.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(10 * 60);

/// This many consecutive parts without a response mean that the network is down.
const SILENT_PARTS: usize = 2;

/// The next action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Send this part.
    Begin(u32),
    /// Wait until this time or until a part ends.
    Wait(Option<Duration>),
    /// Every part is stored.
    Done,
}

/// Why a failed part stops the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GiveUp {
    /// The addresses must be requested again.
    Addresses,
    /// It was tried this many times.
    TooOften(u32),
    /// It would fail each time.
    Final,
}

/// The parts that aren't stored yet.
#[derive(Debug)]
pub(crate) struct Schedule {
    retries: PartRetries,
    fresh: VecDeque<u32>,
    /// Waiting parts, by when they may be retried.
    waiting: BTreeSet<(Duration, u32)>,
    failures: BTreeMap<u32, Failures>,
    under_way: usize,
    /// Parts without a response since the last response.
    silent: BTreeSet<u32>,
    /// While the network is down: the number of probes, and when the next one is due.
    away: Option<(u32, Duration)>,
}

#[derive(Debug, Default)]
struct Failures {
    tries: u32,
    wrong_tags: u32,
}

impl Schedule {
    pub(crate) fn new(missing: impl IntoIterator<Item = u32>, retries: PartRetries) -> Self {
        Self {
            retries: PartRetries { parallel: retries.parallel.max(1), ..retries },
            fresh: missing.into_iter().collect(),
            waiting: BTreeSet::new(),
            failures: BTreeMap::new(),
            under_way: 0,
            silent: BTreeSet::new(),
            away: None,
        }
    }

    /// The action at this time.
    pub(crate) fn turn(&mut self, now: Duration) -> Turn {
        if self.fresh.is_empty() && self.waiting.is_empty() && self.under_way == 0 {
            return Turn::Done;
        }
        if let Some((_, due)) = self.away {
            // A single part probes whether the network is back.
            if self.under_way > 0 {
                return Turn::Wait(None);
            }
            if now < due {
                return Turn::Wait(Some(due));
            }
            return self.begin(Duration::MAX).map_or(Turn::Done, Turn::Begin);
        }
        if self.under_way >= self.retries.parallel {
            return Turn::Wait(None);
        }
        match self.begin(now) {
            Some(part) => Turn::Begin(part),
            None => Turn::Wait(self.waiting.first().map(|(due, _)| *due)),
        }
    }

    /// Takes the next part: one whose wait is over, else the next unsent one.
    fn begin(&mut self, now: Duration) -> Option<u32> {
        let due = self.waiting.first().copied().filter(|(due, _)| *due <= now);
        let part = match due {
            Some(first) => {
                self.waiting.remove(&first);
                first.1
            }
            None => self.fresh.pop_front()?,
        };
        self.under_way += 1;
        Some(part)
    }

    /// When the network is probed again, while it is down.
    pub(crate) fn away_until(&self) -> Option<Duration> {
        self.away.map(|(_, due)| due)
    }

    /// The network may be back: ends all waits.
    pub(crate) fn wake(&mut self, now: Duration) {
        self.waiting = std::mem::take(&mut self.waiting).into_iter().map(|(due, part)| (due.min(now), part)).collect();
        if let Some((probes, due)) = &mut self.away {
            (*probes, *due) = (0, now.min(*due));
        }
    }

    /// Records that a part is stored.
    pub(crate) fn stored(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
        self.answered();
    }

    /// Records a failed part. `chance` is any random number. Returns why the rest stops, if it does.
    pub(crate) fn failed(&mut self, part: u32, why: PutFailure, now: Duration, chance: u32) -> Option<GiveUp> {
        self.under_way = self.under_way.saturating_sub(1);
        if why != PutFailure::Silent {
            self.answered();
        }
        let failures = self.failures.entry(part).or_default();
        match why {
            PutFailure::Address => return Some(GiveUp::Addresses),
            PutFailure::Final => return Some(GiveUp::Final),
            PutFailure::Spoiled => {
                failures.wrong_tags += 1;
                if failures.wrong_tags >= self.retries.wrong_tags {
                    return Some(GiveUp::Final);
                }
                self.waiting.insert((now, part));
            }
            PutFailure::Busy(asked) => {
                failures.tries += 1;
                if failures.tries >= self.retries.tries {
                    return Some(GiveUp::TooOften(failures.tries));
                }
                let tries = failures.tries;
                let wait = backoff::shortened(self.wait_after(tries - 1), chance);
                let wait = wait.max(asked.unwrap_or_default().min(MAX_RETRY_AFTER));
                self.waiting.insert((now + wait, part));
            }
            PutFailure::Silent => return self.silence(part, now, chance),
        }
        None
    }

    /// Handles a missing response. For a single part it counts as its failure; for several it says nothing about any of
    /// them.
    fn silence(&mut self, part: u32, now: Duration, chance: u32) -> Option<GiveUp> {
        self.silent.insert(part);
        if self.silent.len() >= SILENT_PARTS || self.away.is_some() {
            // Parts that were under way when the network went down don't count as probes.
            let probes = match self.away {
                Some((probes, due)) if now < due => probes,
                Some((probes, _)) => probes + 1,
                None => 0,
            };
            self.away = Some((probes, now + backoff::shortened(self.wait_after(probes), chance)));
            self.waiting.insert((now, part));
            return None;
        }
        let failures = self.failures.entry(part).or_default();
        failures.tries += 1;
        let tries = failures.tries;
        if tries >= self.retries.tries {
            return Some(GiveUp::TooOften(tries));
        }
        self.waiting.insert((now + backoff::shortened(self.wait_after(tries - 1), chance), part));
        None
    }

    fn answered(&mut self) {
        self.silent.clear();
        self.away = None;
    }

    fn wait_after(&self, failures: u32) -> Duration {
        backoff::doubled(self.retries.first_wait, self.retries.longest_wait, failures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: Duration = Duration::ZERO;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn schedule(parts: u32) -> Schedule {
        Schedule::new(1..=parts, PartRetries::default())
    }

    fn begun(schedule: &mut Schedule, now: Duration) -> Vec<u32> {
        let mut begun = Vec::new();
        while let Turn::Begin(part) = schedule.turn(now) {
            begun.push(part);
        }
        begun
    }

    #[test]
    fn four_parts_are_sent_at_a_time() {
        let mut schedule = schedule(6);
        assert_eq!(begun(&mut schedule, ZERO), [1, 2, 3, 4]);
        schedule.stored();
        assert_eq!(begun(&mut schedule, ZERO), [5]);
        (0..4).for_each(|_| schedule.stored());
        assert_eq!(begun(&mut schedule, ZERO), [6]);
        assert_eq!(schedule.turn(ZERO), Turn::Wait(None));
        schedule.stored();
        assert_eq!(schedule.turn(ZERO), Turn::Done);
    }

    #[test]
    fn a_failed_part_waits_longer_each_time_and_not_for_ever() {
        let mut schedule = schedule(1);
        let mut now = ZERO;
        for wait in [1, 2, 4, 8, 16, 32, 60] {
            assert_eq!(schedule.turn(now), Turn::Begin(1));
            assert_eq!(schedule.failed(1, PutFailure::Busy(None), now, 0), None);
            assert_eq!(schedule.turn(now), Turn::Wait(Some(now + seconds(wait))));
            now += seconds(wait);
        }
        assert_eq!(schedule.turn(now), Turn::Begin(1));
        assert_eq!(schedule.failed(1, PutFailure::Busy(None), now, 0), Some(GiveUp::TooOften(8)));
    }

    #[test]
    fn the_others_go_on_while_one_waits_and_it_comes_before_new_ones() {
        let mut schedule = schedule(9);
        begun(&mut schedule, ZERO);
        assert_eq!(schedule.failed(2, PutFailure::Busy(None), ZERO, 0), None);
        assert_eq!(begun(&mut schedule, ZERO), [5]);
        schedule.stored();
        assert_eq!(begun(&mut schedule, seconds(1)), [2]);
    }

    #[test]
    fn a_storage_that_asks_for_a_pause_gets_it_within_reason() {
        let mut schedule = schedule(2);
        begun(&mut schedule, ZERO);
        schedule.failed(1, PutFailure::Busy(Some(seconds(30))), ZERO, 0);
        schedule.failed(2, PutFailure::Busy(Some(seconds(1 << 40))), ZERO, 0);
        assert_eq!(schedule.turn(ZERO), Turn::Wait(Some(seconds(30))));
        assert_eq!(begun(&mut schedule, MAX_RETRY_AFTER), [1, 2]);
    }

    #[test]
    fn a_wrong_part_is_sent_again_at_once_and_the_third_time_is_the_last() {
        let mut schedule = schedule(1);
        for _ in 0..2 {
            assert_eq!(schedule.turn(ZERO), Turn::Begin(1));
            assert_eq!(schedule.failed(1, PutFailure::Spoiled, ZERO, 0), None);
        }
        assert_eq!(schedule.turn(ZERO), Turn::Begin(1));
        assert_eq!(schedule.failed(1, PutFailure::Spoiled, ZERO, 0), Some(GiveUp::Final));
    }

    #[test]
    fn two_parts_without_an_answer_stop_all_and_one_tries_alone() {
        let mut schedule = schedule(6);
        begun(&mut schedule, ZERO);
        assert_eq!(schedule.failed(1, PutFailure::Silent, ZERO, 0), None);
        assert_eq!(schedule.away_until(), None, "one part alone says nothing about the network");
        assert_eq!(begun(&mut schedule, ZERO), [5]);
        for part in [2, 3, 4, 5] {
            assert_eq!(schedule.failed(part, PutFailure::Silent, ZERO, 0), None);
        }
        assert_eq!(schedule.turn(ZERO), Turn::Wait(Some(seconds(1))));
        let mut now = seconds(1);
        // No number of probes makes it give up a part.
        for wait in [2, 4, 8, 16, 32, 60, 60, 60, 60, 60] {
            let Turn::Begin(part) = schedule.turn(now) else { panic!("{schedule:?}") };
            assert_eq!(schedule.turn(now), Turn::Wait(None), "one alone");
            assert_eq!(schedule.failed(part, PutFailure::Silent, now, 0), None);
            assert_eq!(schedule.away_until(), Some(now + seconds(wait)));
            now += seconds(wait);
        }
        assert_eq!(begun(&mut schedule, now).len(), 1);
        schedule.stored();
        assert_eq!(begun(&mut schedule, now).len(), 4, "the network is back");
    }

    #[test]
    fn an_answer_of_any_kind_means_that_the_network_is_there() {
        let mut schedule = schedule(6);
        begun(&mut schedule, ZERO);
        schedule.failed(1, PutFailure::Silent, ZERO, 0);
        schedule.failed(2, PutFailure::Busy(None), ZERO, 0);
        schedule.failed(3, PutFailure::Silent, ZERO, 0);
        assert_eq!(schedule.away_until(), None);
    }

    #[test]
    fn waking_ends_every_wait() {
        let mut schedule = schedule(3);
        begun(&mut schedule, ZERO);
        schedule.failed(1, PutFailure::Silent, ZERO, 0);
        schedule.failed(2, PutFailure::Silent, ZERO, 0);
        schedule.failed(3, PutFailure::Silent, ZERO, 0);
        assert!(matches!(schedule.turn(ZERO), Turn::Wait(Some(_))));
        schedule.wake(ZERO);
        assert_eq!(begun(&mut schedule, ZERO).len(), 1);
    }

    #[test]
    fn addresses_that_are_over_and_final_answers_end_it() {
        let mut schedule = schedule(3);
        begun(&mut schedule, ZERO);
        assert_eq!(schedule.failed(1, PutFailure::Address, ZERO, 0), Some(GiveUp::Addresses));
        assert_eq!(schedule.failed(2, PutFailure::Final, ZERO, 0), Some(GiveUp::Final));
    }
}
