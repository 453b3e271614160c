//! Hookbell's own news: each source reports once, by a clock that the test controls.

mod alerts;
mod events;
mod reminders;

use std::{sync::Arc, time::Duration};

use hookbell_core::EventType;
use hookbell_engine::{
    Pace, Rhythm,
    api::{ChangeSettingsRequest, OwnNewsChoice},
};
use hookbell_store::StoredEvent;
use hookbell_vault::Vault;
use jiff::SignedDuration;
use serde_json::json;
use tempfile::TempDir;

use crate::{
    insights::{VERSION, event, told},
    studio::Studio,
};

/// Own news without delay, and a clock that can be advanced without simulating sleep.
fn pace() -> Pace {
    Pace {
        own_news: Duration::from_millis(20),
        tunnel: Rhythm { watch_every: Duration::from_secs(3600), ..Rhythm::default() },
        ..Pace::default()
    }
}

async fn studio() -> Studio {
    let studio = Studio::paced(Arc::new(TempDir::new().unwrap()), Vault::memory(), pace()).await;
    studio.start().await;
    studio
}

/// The same folder after a restart, at the same moment.
async fn restarted(studio: Studio) -> Studio {
    let ahead = *studio.ahead.lock().unwrap();
    studio.hookbell.stop().await;
    let again = Studio::paced(Arc::clone(&studio.folder), studio.vault.clone(), pace()).await;
    *again.ahead.lock().unwrap() = ahead;
    again.start().await;
    again
}

/// The stored own news.
async fn own(studio: &Studio) -> Vec<StoredEvent> {
    let all = studio.hookbell.store().after(0, 1_000).await.unwrap();
    all.into_iter().filter(|event| event.kind.is_own()).collect()
}

/// Advances the clock, and makes Hookbell notice by storing something.
async fn later(studio: &Studio, by: SignedDuration) {
    *studio.ahead.lock().unwrap() += by;
    nudge(studio).await;
}

async fn nudge(studio: &Studio) {
    let at = studio.ahead.lock().unwrap().as_secs();
    let seq = studio.hookbell.store().last_seq().await.unwrap();
    let ping = crate::studio::sample(EventType::WebhookPingCreated, &format!("nudge {seq}"));
    let delivery = hookbell_core::ReceivedDelivery {
        webhook: "w".parse().unwrap(),
        body: ping,
        received_at: jiff::Timestamp::now() + SignedDuration::from_secs(at),
        signature: None,
    };
    studio.hookbell.store().keep_delivery(delivery).await.unwrap();
}

/// Waits for this many own news, and returns the ids of all of them.
async fn until(studio: &Studio, count: usize) -> Vec<String> {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    loop {
        let found = ids(studio).await;
        if found.len() >= count {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "{count} were wanted, and there are {found:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until everything before was checked: two reported waits, one check after the other.
async fn fence(studio: &Studio, name: &str) {
    let before = studio.ahead.lock().unwrap().as_hours();
    for number in 0..2 {
        let thing = format!("fence-{name}-{number}");
        let details = json!({ "app": { "id": thing, "name": "Fence" }, "version": "1.0", "platform": "iOS" });
        told(studio, event(VERSION, &thing, "READY_FOR_REVIEW>WAITING_FOR_REVIEW", 100 - before), Some(details)).await;
        let marker = format!("hookbell-unusually-long-{thing}-");
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while !own(studio).await.iter().any(|event| event.id.as_str().starts_with(&marker)) {
            assert!(tokio::time::Instant::now() < deadline, "nobody looked");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// The ids of the own news other than fences.
async fn ids(studio: &Studio) -> Vec<String> {
    let all = own(studio).await.into_iter().map(|event| event.id.to_string());
    all.filter(|id| !id.contains("-fence-")).collect()
}

async fn choose(studio: &Studio, change: impl FnOnce(&mut OwnNewsChoice)) {
    let mut own_news = studio.hookbell.settings().read().await.unwrap().settings.own_news;
    change(&mut own_news);
    let request = ChangeSettingsRequest { own_news: Some(own_news), ..ChangeSettingsRequest::default() };
    studio.hookbell.settings().change(request).await.unwrap();
}
