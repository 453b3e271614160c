//! One event, one notification, however often it is delivered and whoever stored it.
//!
//! The store is the queue: what is stored and not yet claimed is to be shown. So an event that was
//! acknowledged a moment before the process was killed is still notified at the next start, and an
//! event stored by another process is notified by the one with a desktop. The claim comes before the
//! notification, so two processes never show the same one; it is given back when showing fails.

use std::{sync::Arc, time::Duration};

use hookbell_store::{StoreError, StoredEvent};

use crate::{
    api::Importance,
    engine::Inner,
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
        let failed = match show_backlog(&inner).await {
            Ok(shown) => shown.is_err(),
            Err(error) => {
                tracing::warn!(%error, "notifications wait for the store");
                true
            }
        };
        let paused_until = conditions.borrow_and_update().paused_until;
        let wait = match paused_until {
            Some(until) => Some(Duration::try_from(inner.clock.now().duration_until(until)).unwrap_or_default()),
            None => failed.then_some(AGAIN),
        };
        let woken = async {
            let paused_or_resumed =
                async { conditions.wait_for(|now| now.paused_until != paused_until).await.map(drop).is_ok() };
            tokio::select! {
                changed = stored.changed() => changed.is_ok(),
                changed = paused_or_resumed => changed,
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

/// Shows everything that waits, one by one or as one.
async fn show_backlog(inner: &Arc<Inner>) -> Result<Result<(), NotifyError>, StoreError> {
    while inner.conditions.borrow().paused_until.is_none() {
        let waiting = inner.store.unnotified(BATCH).await?;
        if waiting.is_empty() {
            break;
        }
        let many = waiting.len() > AT_ONCE;
        let shown = if many { show_burst(inner, waiting).await? } else { show_each(inner, waiting).await? };
        if shown.is_err() {
            return Ok(shown);
        }
        if many && inner.unless_stopped(tokio::time::sleep(GATHER)).await.is_none() {
            break;
        }
    }
    Ok(Ok(()))
}

async fn show_each(inner: &Arc<Inner>, events: Vec<StoredEvent>) -> Result<Result<(), NotifyError>, StoreError> {
    for event in events {
        let claimed = inner.store.claim_notifications(vec![event.seq], inner.clock.now()).await?;
        let shown = show(inner, notification(&event), claimed).await?;
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

/// The notification of one event.
pub(crate) fn notification(event: &StoredEvent) -> Notification {
    let importance = importance(&event.importance);
    Notification {
        title: cut(&event.title, TITLE),
        body: cut(&event.sentence, BODY),
        route: format!("#/inbox/{}", event.seq),
        importance,
        sound: sound(importance),
    }
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
