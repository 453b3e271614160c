//! One event, one notification, however often it is delivered and whoever stored it.
//!
//! The store is the queue: what is stored and not yet claimed is to be shown. So an event that was
//! acknowledged a moment before the process was killed is still notified at the next start, and an
//! event stored by another process is notified by the one with a desktop. The claim comes before the
//! notification, so two processes never show the same one; it is given back when showing fails. What
//! App Store Connect can tell about an event is waited for a moment before it is claimed.

use std::{path::PathBuf, sync::Arc, time::Duration};

use hookbell_core::words::Description;
use hookbell_store::{StoreError, StoredEvent};
use tokio::time::Instant;

use crate::{
    api::Importance,
    engine::Inner,
    enrich,
    events::importance,
    host::{Notification, NotifyError, Sound},
};

/// More than this many at once become one notification.
const AT_ONCE: usize = 5;

/// How long the next are gathered after many became one, so that a burst is told of once a second at most.
const GATHER: Duration = Duration::from_secs(1);

/// How many are looked at in one go.
const BATCH: u32 = 500;

/// How long until a notification service that is not there is asked again.
const AGAIN: Duration = Duration::from_secs(15);

const TITLE: usize = 40;
const BODY: usize = 120;

/// Shows what is stored and not yet shown, until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>) {
    let mut stored = inner.store.changes();
    let mut conditions = inner.conditions.subscribe();
    loop {
        stored.mark_unchanged();
        inner.catch_up.settled().await;
        let (failed, held) = match show_backlog(&inner).await {
            Ok(Backlog { shown, held }) => (shown.is_err(), held),
            Err(error) => {
                tracing::warn!(%error, "notifications wait for the store");
                (true, None)
            }
        };
        let paused_until = conditions.borrow_and_update().paused_until;
        let wait = match paused_until {
            Some(until) => Some(Duration::try_from(inner.clock.now().duration_until(until)).unwrap_or_default()),
            None if failed => Some(AGAIN),
            None => held.map(|until| until.saturating_duration_since(Instant::now())),
        };
        let woken = async {
            let paused_or_resumed =
                async { conditions.wait_for(|now| now.paused_until != paused_until).await.map(drop).is_ok() };
            tokio::select! {
                changed = stored.changed() => changed.is_ok(),
                changed = paused_or_resumed => changed,
                () = inner.enriching.ended.notified() => true,
                () = sleep(wait) => {
                    inner.end_pause_when_due().await;
                    true
                }
            }
        };
        if inner.unless_stopped(woken).await != Some(true) {
            return;
        }
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

/// What became of everything that waits.
struct Backlog {
    shown: Result<(), NotifyError>,
    /// When to look again at those that wait for their details.
    held: Option<Instant>,
}

/// Shows everything that waits, one by one or as one. Many at once wait for no details: one notification
/// could not tell them.
async fn show_backlog(inner: &Arc<Inner>) -> Result<Backlog, StoreError> {
    while inner.conditions.borrow().paused_until.is_none() {
        let waiting = inner.store.unnotified(BATCH).await?;
        if waiting.is_empty() {
            break;
        }
        let many = waiting.len() > AT_ONCE;
        let (shown, held) = if many {
            (show_burst(inner, waiting).await?, None)
        } else {
            let sorted = inner.sort_by_details(waiting).await?;
            (show_each(inner, sorted.ready).await?, sorted.until)
        };
        if shown.is_err() || held.is_some() {
            return Ok(Backlog { shown, held });
        }
        if many && inner.unless_stopped(tokio::time::sleep(GATHER)).await.is_none() {
            break;
        }
    }
    Ok(Backlog { shown: Ok(()), held: None })
}

async fn show_each(inner: &Arc<Inner>, events: Vec<StoredEvent>) -> Result<Result<(), NotifyError>, StoreError> {
    for event in events {
        let claimed = inner.store.claim_notifications(vec![event.seq], inner.clock.now()).await?;
        let image = inner.preview(&event).await?;
        let shown = show(inner, Notification { image, ..notification(&event) }, claimed).await?;
        if shown.is_err() {
            return Ok(shown);
        }
    }
    Ok(Ok(()))
}

/// Shows these and all that wait behind them as one.
async fn show_burst(inner: &Arc<Inner>, first: Vec<StoredEvent>) -> Result<Result<(), NotifyError>, StoreError> {
    let mut burst = Burst::default();
    let mut claimed = Vec::new();
    let mut waiting = first;
    loop {
        burst.add(&waiting);
        let seqs = waiting.iter().map(|event| event.seq).collect();
        claimed.extend(inner.store.claim_notifications(seqs, inner.clock.now()).await?);
        if waiting.len() < BATCH as usize {
            return show(inner, burst.notification(), claimed).await;
        }
        waiting = inner.store.unnotified(BATCH).await?;
    }
}

/// Shows what was claimed, and gives the claims back if it could not be shown.
async fn show(
    inner: &Arc<Inner>,
    notification: Notification,
    claimed: Vec<i64>,
) -> Result<Result<(), NotifyError>, StoreError> {
    if claimed.is_empty() {
        return Ok(Ok(()));
    }
    let host = Arc::clone(&inner.host);
    let shown = tokio::task::spawn_blocking(move || host.notify(&notification)).await;
    let shown = shown.unwrap_or_else(|_| Err(NotifyError::Refused("it ended before it answered".to_owned())));
    if let Err(error) = &shown {
        tracing::warn!(%error, "a notification could not be shown");
        inner.store.release_notifications(claimed).await?;
    }
    let trouble = shown.clone().err();
    inner.change(|conditions| conditions.notifications = trouble);
    Ok(shown)
}

impl Inner {
    /// The first picture of a feedback, small, if it is here.
    async fn preview(&self, event: &StoredEvent) -> Result<Option<PathBuf>, StoreError> {
        match enrich::details(event).and_then(|details| details.feedback) {
            Some(feedback) => self.first_thumbnail(&feedback).await,
            None => Ok(None),
        }
    }
}

/// What a tester's pictures are called in a notification, where their words matter more than their name.
const SCREENSHOT: &str = "Screenshot feedback";

/// The notification of one event. One of feedback leads to the feedback itself.
pub(crate) fn notification(event: &StoredEvent) -> Notification {
    let importance = importance(&event.importance);
    let details = enrich::details(event).unwrap_or_default();
    let base = match (event.kind.as_str(), &details.feedback) {
        ("screenshot", Some(_)) => SCREENSHOT,
        _ => &event.title,
    };
    let words = Description {
        title: base.to_owned(),
        sentence: String::new(),
        importance: hookbell_core::words::Importance::Info,
    };
    Notification {
        title: cut(&words.headline(&enrich::known(&details)), TITLE),
        body: cut(&event.sentence, BODY),
        route: match &details.feedback {
            Some(feedback) => format!("#/feedback/{}", segment(feedback)),
            None => format!("#/inbox/{}", event.seq),
        },
        importance,
        sound: sound(importance),
        image: None,
    }
}

/// An id as one segment of the window's address.
fn segment(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Many events that become one notification.
#[derive(Debug, Default)]
struct Burst {
    events: usize,
    newest: String,
    needing: usize,
    newest_needing: String,
}

impl Burst {
    fn add(&mut self, events: &[StoredEvent]) {
        self.events += events.len();
        if let Some(newest) = events.last() {
            self.newest.clone_from(&newest.title);
        }
        for event in events.iter().filter(|event| importance(&event.importance) == Importance::NeedsYou) {
            self.needing += 1;
            self.newest_needing.clone_from(&event.title);
        }
    }

    /// Names the one that matters most.
    fn notification(&self) -> Notification {
        let (body, importance) = match self.needing {
            0 => (format!("The newest: {}", self.newest), Importance::Info),
            1 => (format!("1 needs you: {}", self.newest_needing), Importance::NeedsYou),
            count => (format!("{count} need you: {}, and more", self.newest_needing), Importance::NeedsYou),
        };
        Notification {
            title: cut(&format!("{} events", self.events), TITLE),
            body: cut(&body, BODY),
            route: "#/inbox".to_owned(),
            importance,
            sound: sound(importance),
            image: None,
        }
    }
}

/// Only what needs the developer is heard.
fn sound(importance: Importance) -> Sound {
    if importance == Importance::NeedsYou { Sound::Usual } else { Sound::Silent }
}

/// Cuts a text to so many characters, the last one an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_by_characters_and_says_so() {
        assert_eq!(cut("In review", 9), "In review");
        assert_eq!(cut("In review now", 9), "In revie…");
        assert_eq!(cut("ÄÖÜ äöü", 5), "ÄÖÜ…");
    }
}
