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
    if inner.conditions.borrow().paused_until.is_some() {
        return Ok(Ok(()));
    }
    loop {
        let waiting = inner.store.unnotified(BATCH).await?;
        if waiting.is_empty() {
            return Ok(Ok(()));
        }
        let notifications = match waiting.len() {
            many if many > AT_ONCE => vec![(summary(&waiting), waiting)],
            _ => waiting.into_iter().map(|event| (notification(&event), vec![event])).collect(),
        };
        for (notification, events) in notifications {
            if let Err(error) = show(inner, notification, &events).await? {
                return Ok(Err(error));
            }
        }
    }
}

/// Claims, shows, and gives the claim back if it could not be shown.
async fn show(
    inner: &Arc<Inner>,
    notification: Notification,
    events: &[StoredEvent],
) -> Result<Result<(), NotifyError>, StoreError> {
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    let claimed = inner.store.claim_notifications(seqs, inner.clock.now()).await?;
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

/// One notification for many events, which names the one that matters most.
fn summary(events: &[StoredEvent]) -> Notification {
    let needing = events.iter().filter(|event| importance(&event.importance) == Importance::NeedsYou);
    let (count, first) = needing.fold((0, None), |(count, _), event| (count + 1, Some(event)));
    let count_text = if events.len() < BATCH as usize { events.len().to_string() } else { format!("{BATCH} or more") };
    let (body, importance) = match first {
        Some(event) if count == 1 => (format!("1 needs you: {}", event.title), Importance::NeedsYou),
        Some(event) => (format!("{count} need you: {}, and more", event.title), Importance::NeedsYou),
        None => {
            (events.last().map(|event| format!("The newest: {}", event.title)).unwrap_or_default(), Importance::Info)
        }
    };
    Notification {
        title: cut(&format!("{count_text} events"), TITLE),
        body: cut(&body, BODY),
        route: "#/inbox".to_owned(),
        importance,
        sound: sound(importance),
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
