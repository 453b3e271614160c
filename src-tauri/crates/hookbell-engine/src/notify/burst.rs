//! One summary for many events at once, and for those that a pause or quiet hours held back. It names what matters
//! most.
//!
//! During a flood, the counts in its notification grow: a new notification every second would bury the screen.

use std::time::Duration;

use hookbell_store::StoredEvent;
use tokio::time::Instant;

use super::single::{MAX_BODY_CHARS, MAX_TITLE_CHARS, sound};
use crate::{
    api::{Importance, SoundChoice},
    host::{Notification, Sound},
    text::cut,
};

/// A flood ends this long after its last summary.
const FLOOD_OVER_AFTER: Duration = Duration::from_secs(60);

/// The current flood, if any.
#[derive(Debug, Default)]
pub(super) struct Flood {
    shown: Option<(Burst, Instant)>,
    number: u64,
}

impl Flood {
    /// The burst already shown during the current flood. The next burst adds to it.
    pub(super) fn take(&mut self) -> Option<Burst> {
        let going = self.shown.take().filter(|(_, at)| at.elapsed() < FLOOD_OVER_AFTER);
        if going.is_none() {
            self.number += 1;
        }
        going.map(|(burst, _)| burst)
    }

    /// The number of this flood, starting at 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Remembers a burst that was shown.
    pub(super) fn goes_on(&mut self, burst: Burst) {
        if burst.held_by.is_none() {
            self.shown = Some((burst.shown(), Instant::now()));
        }
    }
}

/// What held events back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeldBy {
    QuietHours,
    Pause,
}

/// Events that are shown as one notification, unless they turn out to be few.
#[derive(Debug)]
pub(super) struct Burst {
    /// Up to this many are shown one by one.
    few: usize,
    /// What held any of them back.
    held_by: Option<HeldBy>,
    /// The first of them, at most `few`.
    first: Vec<StoredEvent>,
    events: usize,
    newest: String,
    needing: usize,
    newest_needing: String,
    /// How many of those that need attention were already shown.
    needing_shown: usize,
    /// Whether it was already shown.
    is_shown: bool,
}

impl Burst {
    pub(super) fn new(few: usize, held_by: Option<HeldBy>) -> Self {
        Self {
            few,
            held_by,
            first: Vec::new(),
            events: 0,
            newest: String::new(),
            needing: 0,
            newest_needing: String::new(),
            needing_shown: 0,
            is_shown: false,
        }
    }

    /// The number of events.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// The same burst, marked as shown.
    fn shown(self) -> Self {
        Self { needing_shown: self.needing, is_shown: true, ..self }
    }

    /// Adds an event. `line` says what happened, with the app if several are known.
    pub(super) fn add(&mut self, event: StoredEvent, line: String) {
        self.events += 1;
        if event.importance == Importance::NeedsYou {
            self.needing += 1;
            self.newest_needing.clone_from(&line);
        }
        self.newest = line;
        if self.first.len() < self.few {
            self.first.push(event);
        }
    }

    /// All of them, if they are few.
    pub(super) fn take_few(&mut self) -> Option<Vec<StoredEvent>> {
        (!self.is_shown && self.events <= self.few).then(|| std::mem::take(&mut self.first))
    }

    /// Names the event that matters most. Plays a sound once, and again when more events need attention.
    pub(super) fn notification(&self, heard: SoundChoice, flood: u64) -> Notification {
        let (body, importance) = match self.needing {
            0 => (format!("Latest: {}", self.newest), Importance::Info),
            1 => (format!("Needs attention: {}", self.newest_needing), Importance::NeedsYou),
            count => {
                let more = format!("{} and {} more", self.newest_needing, count - 1);
                (format!("{count} need attention: {more}"), Importance::NeedsYou)
            }
        };
        let when = match self.held_by {
            Some(HeldBy::QuietHours) => "events in quiet hours",
            Some(HeldBy::Pause) => "events while paused",
            None => "new events",
        };
        Notification {
            title: cut(&format!("{} {when}", self.events), MAX_TITLE_CHARS),
            body: cut(&body, MAX_BODY_CHARS),
            route: "#/inbox".to_owned(),
            importance,
            sound: match self.is_shown && self.needing == self.needing_shown {
                true => Sound::Silent,
                false => sound(importance, heard),
            },
            image: None,
            tag: Some(format!("summary-{flood}")),
        }
    }
}
