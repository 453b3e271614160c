//! Measures an upload's speed in the process that sends it: bytes over the last ten seconds.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use hookbell_transfer::SendMeter;

/// The speed is measured over this period.
const SPEED_WINDOW: Duration = Duration::from_secs(10);

/// A shorter period says nothing about the speed.
const MIN_SPEED_WINDOW: Duration = Duration::from_secs(1);

/// The progress of an upload that this process works on.
#[derive(Debug, Default)]
pub(super) struct Progress(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    meter: Option<Arc<SendMeter>>,
    /// When how many bytes had been sent, oldest first.
    samples: VecDeque<(Instant, u64)>,
}

/// How many bytes, and how fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Speed {
    pub(super) sent_bytes: u64,
    pub(super) bytes_per_second: Option<u64>,
}

impl Progress {
    /// Counts with this meter from now on.
    pub(super) fn follow(&self, meter: Arc<SendMeter>) {
        *self.state() = State { meter: Some(meter), samples: VecDeque::new() };
    }

    /// Nothing is being sent for now.
    pub(super) fn rest(&self) {
        *self.state() = State::default();
    }

    /// Whether anything is being sent.
    pub(super) fn is_sending(&self) -> bool {
        self.state().meter.is_some()
    }

    /// How many bytes and how fast, if anything is being sent. Asking more often makes this more accurate.
    pub(super) fn speed(&self, now: Instant) -> Option<Speed> {
        let mut state = self.state();
        let sent_bytes = state.meter.as_ref()?.sent_bytes();
        state.samples.push_back((now, sent_bytes));
        while state.samples.len() > 2 && state.samples.get(1).is_some_and(|(at, _)| now - *at >= SPEED_WINDOW) {
            state.samples.pop_front();
        }
        let (since, before) = *state.samples.front()?;
        let time = now - since;
        // A part that failed subtracts its bytes again.
        let bytes = sent_bytes.saturating_sub(before);
        let speed = (time >= MIN_SPEED_WINDOW).then(|| (bytes as f64 / time.as_secs_f64()) as u64);
        Some(Speed { sent_bytes, bytes_per_second: speed })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long the rest takes at this speed, in seconds.
pub(super) fn seconds_left(left: u64, bytes_per_second: u64) -> Option<u64> {
    (bytes_per_second > 0).then(|| left.div_ceil(bytes_per_second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_that_of_the_last_ten_seconds_and_unknown_in_the_first() {
        let (progress, start) = (Progress::default(), Instant::now());
        assert_eq!(progress.speed(start), None);
        let at = |seconds: u64, sent: u64| {
            let samples = progress.state().samples.clone();
            progress.follow(Arc::new(SendMeter::starting_at(sent)));
            progress.state().samples = samples;
            progress.speed(start + Duration::from_secs(seconds)).unwrap().bytes_per_second
        };
        assert_eq!(at(0, 500), None);
        assert_eq!(at(2, 700), Some(100));
        assert_eq!(at(10, 1_500), Some(100));
        assert_eq!(at(12, 4_700), Some(400), "the first two seconds no longer count");
        assert_eq!(at(13, 4_000), Some(300), "a part was taken back");
        progress.rest();
        assert_eq!(progress.speed(start), None);
    }

    #[test]
    fn what_is_left_takes_its_time_and_an_unknown_one_if_nothing_moves() {
        assert_eq!(seconds_left(1_001, 100), Some(11));
        assert_eq!(seconds_left(1_001, 0), None);
    }
}
