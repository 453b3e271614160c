//! The contents of a single notification: title, text, where a click leads, and sound.

use hookbell_core::EventKind;
use hookbell_store::{StoreError, StoredEvent};

use super::Notifications;
use crate::{
    api::{Importance, SoundChoice},
    enrich, event_words,
    host::{Notification, Sound},
    known_apps::KnownApps,
    link::Link,
    notice::{Notice, Say},
    text::{cut, segment},
};

/// The longest title of a notification.
pub(crate) const MAX_TITLE_CHARS: usize = 40;
/// The longest text of a notification.
pub(crate) const MAX_BODY_CHARS: usize = 120;

/// The title for screenshot feedback, because the tester's words matter more than their name.
const SCREENSHOT_TITLE: &str = "Screenshot feedback";

impl Notification {
    /// The same with another title, cut to fit a notification.
    #[must_use]
    pub fn with_title(self, title: &str) -> Self {
        Self { title: cut(title, MAX_TITLE_CHARS), ..self }
    }
}

/// The notification of one event. For feedback, a click opens the feedback itself.
pub(super) fn notification(event: &StoredEvent, sentence: &str, apps: &KnownApps, heard: SoundChoice) -> Notification {
    let importance = event.importance;
    let details = enrich::details(event).unwrap_or_default();
    let title = match (event.kind, &details.feedback) {
        (EventKind::Screenshot, Some(_)) => SCREENSHOT_TITLE,
        _ => &event.title,
    };
    Notification {
        title: cut(&event_words::title(event, title, apps, MAX_TITLE_CHARS), MAX_TITLE_CHARS),
        body: cut(sentence, MAX_BODY_CHARS),
        route: match &details.feedback {
            Some(feedback) => format!("#/feedback/{}", segment(feedback)),
            None => format!("#/inbox/{}", event.seq),
        },
        importance,
        sound: sound(importance, heard),
        image: None,
        tag: None,
    }
}

impl Notifications {
    /// The notification as a rule words it, if one does.
    pub(super) async fn worded(&self, usual: Notification, event: &StoredEvent) -> Result<Notification, StoreError> {
        let words = match event.notice.as_deref().and_then(Notice::read).map(|notice| notice.say) {
            Some(Say::This(words) | Say::Reminder(words)) => words,
            Some(Say::Nothing) | None => return Ok(usual),
        };
        let route = match words.link.as_deref().map(str::parse::<Link>) {
            Some(Ok(link)) => {
                self.context.store.find(link.event()).await?.map(|event| format!("#/inbox/{}", event.seq))
            }
            // A web address: the desktop opens it in the browser.
            Some(Err(_)) => words.link.filter(|link| link.starts_with("https://")),
            None => None,
        };
        Ok(Notification {
            title: words.title.map_or(usual.title, |title| cut(&title, MAX_TITLE_CHARS)),
            body: words.body.map_or(usual.body, |body| cut(&body, MAX_BODY_CHARS)),
            route: route.unwrap_or(usual.route),
            sound: match words.sound {
                Some(true) => Sound::Usual,
                Some(false) => Sound::Silent,
                None => usual.sound,
            },
            ..usual
        })
    }
}

pub(crate) fn sound(importance: Importance, heard: SoundChoice) -> Sound {
    let is_heard = match heard {
        SoundChoice::Never => false,
        SoundChoice::NeedsYou => importance == Importance::NeedsYou,
        SoundChoice::Everything => true,
    };
    if is_heard { Sound::Usual } else { Sound::Silent }
}
