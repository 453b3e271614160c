//! Many events at once, and what quiet hours held back: one notification that names what matters most.
//!
//! A flood that goes on is told in the same notification, whose numbers grow: a new one each second would bury the
//! screen.

use std::time::Duration;

use hookbell_store::StoredEvent;
use tokio::time::Instant;

use super::{BODY, TITLE, sound};
use crate::{
    api::{Importance, SoundChoice},
    events::importance,
    host::{Notification, Sound},
    text::cut,
};

/// How long after its last summary a flood ends.
const FLOOD_OVER_AFTER: Duration = Duration::from_secs(60);

/// The flood that goes on, if one does.
#[derive(Debug, Default)]
pub(super) struct Flood {
    told: Option<(Burst, Instant)>,
    number: u64,
}

impl Flood {
    /// What was told of the flood that goes on; the next burst adds to it.
    pub(super) fn take(&mut self) -> Option<Burst> {
        let going = self.told.take().filter(|(_, at)| at.elapsed() < FLOOD_OVER_AFTER);
        if going.is_none() {
            self.number += 1;
        }
        going.map(|(burst, _)| burst)
    }

    /// Tells one flood from the next.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// So much of it is told now.
    pub(super) fn goes_on(&mut self, burst: Burst) {
        if !burst.quiet {
            self.told = Some((burst.told(), Instant::now()));
        }
    }
}

/// Events that become one notification, unless they turn out to be few.
#[derive(Debug)]
pub(super) struct Burst {
    /// So many are still told one by one.
    few: usize,
    /// Whether quiet hours held any of them back.
    quiet: bool,
    /// The first of them, `few` at most.
    first: Vec<StoredEvent>,
    events: usize,
    newest: String,
    needing: usize,
    newest_needing: String,
    /// How many of those that need somebody were told before.
    needing_told: usize,
    /// Whether it was told before.
    is_told: bool,
}

impl Burst {
    pub(super) fn new(few: usize, quiet: bool) -> Self {
        Self {
            few,
            quiet,
            first: Vec::new(),
            events: 0,
            newest: String::new(),
            needing: 0,
            newest_needing: String::new(),
            needing_told: 0,
            is_told: false,
        }
    }

    /// How many there are.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// The same once it was told.
    fn told(self) -> Self {
        Self { needing_told: self.needing, is_told: true, ..self }
    }

    pub(super) fn add(&mut self, event: StoredEvent) {
        self.events += 1;
        self.newest.clone_from(&event.title);
        if importance(&event.importance) == Importance::NeedsYou {
            self.needing += 1;
            self.newest_needing.clone_from(&event.title);
        }
        if self.first.len() < self.few {
            self.first.push(event);
        }
    }

    /// All of them, if they are few.
    pub(super) fn take_few(&mut self) -> Option<Vec<StoredEvent>> {
        (!self.is_told && self.events <= self.few).then(|| std::mem::take(&mut self.first))
    }

    /// Names the one that matters most. It is heard once, and again when more need somebody.
    pub(super) fn notification(&self, heard: SoundChoice, flood: u64) -> Notification {
        let (body, importance) = match self.needing {
            0 => (format!("The newest: {}", self.newest), Importance::Info),
            1 => (format!("1 needs you: {}", self.newest_needing), Importance::NeedsYou),
            count => (format!("{count} need you: {}, and more", self.newest_needing), Importance::NeedsYou),
        };
        let when = if self.quiet { " in quiet hours" } else { "" };
        Notification {
            title: cut(&format!("{} events{when}", self.events), TITLE),
            body: cut(&body, BODY),
            route: "#/inbox".to_owned(),
            importance,
            sound: match self.is_told && self.needing == self.needing_told {
                true => Sound::Silent,
                false => sound(importance, heard),
            },
            demo: false,
            image: None,
            tag: Some(format!("summary-{flood}")),
        }
    }
}
