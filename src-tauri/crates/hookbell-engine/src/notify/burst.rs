//! Many events at once, and what quiet hours held back: one notification that names what matters most.

use hookbell_store::StoredEvent;

use super::{BODY, TITLE, cut, sound};
use crate::{
    api::{Importance, SoundChoice},
    events::importance,
    host::Notification,
};

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
        }
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
        (self.events <= self.few).then(|| std::mem::take(&mut self.first))
    }

    /// Names the one that matters most.
    pub(super) fn notification(&self, heard: SoundChoice) -> Notification {
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
            sound: sound(importance, heard),
            demo: false,
            image: None,
        }
    }
}
