//! Limits how fast one key sends requests: a few reads at a time, none while Apple asks for a pause. Also knows when a
//! used-up hour has room again.
//!
//! Many concurrent reads cause server errors for no other reason. The counts here live with the client; other programs
//! share the limit, so Apple's numbers take precedence.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep_until},
};

/// How many reads of one key run at the same time.
const READS_AT_ONCE: usize = 6;

/// How long a request counts against the limit.
const COUNTED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// The pacing of one key's requests.
#[derive(Debug)]
pub(crate) struct Pace {
    slots: Semaphore,
    paused_until: Mutex<Option<Instant>>,
    /// The minutes of the last hour with requests, as Unix minutes, with their counts.
    sent: Mutex<VecDeque<(i64, u32)>>,
}

impl Pace {
    pub(crate) fn new() -> Self {
        Self { slots: Semaphore::new(READS_AT_ONCE), paused_until: Mutex::default(), sent: Mutex::default() }
    }

    /// Waits until a read can go out.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let slot = self.slots.acquire().await.ok();
        while let Some(until) = self.pause_end() {
            sleep_until(until).await;
        }
        slot
    }

    /// Pauses all reads for this long; a longer current pause stays.
    pub(crate) fn pause(&self, length: Duration) {
        let until = Instant::now() + length;
        let mut paused = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |before| before.max(until)));
    }

    fn pause_end(&self) -> Option<Instant> {
        let paused = *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        paused.filter(|until| *until > Instant::now())
    }

    /// Counts an outgoing request.
    pub(crate) fn count(&self, now: Timestamp) {
        let minute = now.as_second().div_euclid(60);
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        while sent.front().is_some_and(|(first, _)| *first <= minute - 60) {
            sent.pop_front();
        }
        match sent.back_mut().filter(|(last, _)| *last >= minute) {
            Some((_, count)) => *count += 1,
            None => sent.push_back((minute, 1)),
        }
    }

    /// When `wanted` requests of this client will be an hour old and no longer count; `None` if it has sent fewer.
    pub(crate) fn regained_at(&self, wanted: u32) -> Option<Timestamp> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut regained = 0_u32;
        let (minute, _) = sent.iter().find(|(_, count)| {
            regained = regained.saturating_add(*count);
            regained >= wanted
        })?;
        Timestamp::from_second((minute + 1) * 60).ok()?.checked_add(COUNTED_FOR).ok()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_request_counts_for_an_hour_from_when_it_was_made() {
        let pace = Pace::new();
        let begun: Timestamp = "2026-11-30T09:00:00Z".parse().unwrap();
        for minutes in [0, 0, 0, 20, 20] {
            pace.count(begun + SignedDuration::from_mins(minutes));
        }
        let regained = |wanted| pace.regained_at(wanted).map(|at| at.duration_since(begun).as_mins());
        assert_eq!([regained(1), regained(3), regained(4), regained(6)], [Some(61), Some(61), Some(81), None]);
        pace.count(begun + SignedDuration::from_mins(70));
        assert_eq!([regained(1), regained(3)], [Some(81), Some(131)]);
    }

    #[test]
    fn only_a_few_reads_are_under_way_at_once() {
        let pace = Pace::new();
        let turns: Vec<_> = (0..READS_AT_ONCE).map(|_| pace.turn().now_or_never()).collect();
        assert!(turns.iter().all(Option::is_some) && pace.turn().now_or_never().is_none());
        drop(turns);
        assert!(pace.turn().now_or_never().is_some());
    }

    #[test]
    fn of_two_pauses_the_longer_one_counts() {
        let pace = Pace::new();
        let begun = Instant::now();
        assert_eq!(pace.pause_end(), None);
        pace.pause(Duration::from_secs(60));
        pace.pause(Duration::from_secs(1));
        assert!(pace.pause_end().is_some_and(|end| end >= begun + Duration::from_secs(60)));
    }
}
