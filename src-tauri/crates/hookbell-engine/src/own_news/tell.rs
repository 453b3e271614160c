//! A source's findings, and how each becomes an event exactly once.

use std::collections::HashSet;

use hookbell_core::{
    EventId, Instance,
    words::{Known, OwnNews, one_line},
};
use hookbell_store::{NewEvent, Store, StoreError, own_news_webhook};
use jiff::Timestamp;

use crate::api::{EventDetails, NewsFact};

/// The longest value of a fact.
const MAX_FACT_CHARS: usize = 200;

/// One thing to report.
#[derive(Debug)]
pub(super) struct Told {
    /// Derived from what it is about; the same id is reported only once.
    pub(super) id: String,
    pub(super) news: OwnNews,
    pub(super) instance: Option<Instance>,
    pub(super) details: EventDetails,
}

/// A source's findings: what to report now, and when to check again.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) told: Vec<Told>,
    pub(super) due: Option<Timestamp>,
}

impl Found {
    pub(super) fn add(&mut self, other: Self) {
        self.told.extend(other.told);
        self.wake_at(other.due);
    }

    pub(super) fn wake_at(&mut self, due: Option<Timestamp>) {
        self.due = earlier(self.due, due);
    }
}

pub(super) fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().min()
}

/// A line on the event's page.
pub(super) fn fact(label: &str, value: impl AsRef<str>) -> NewsFact {
    NewsFact { label: label.to_owned(), value: one_line(value.as_ref(), MAX_FACT_CHARS) }
}

/// What the wording needs to know about a version or a build.
pub(super) fn known(details: &EventDetails) -> Known {
    crate::enrich::known(details)
}

/// The ids of those not reported yet. Deleted ones count as reported.
pub(super) async fn untold(store: &Store, told: &[Told]) -> Result<HashSet<EventId>, StoreError> {
    let ids = told.iter().filter_map(|one| EventId::new(one.id.as_str()).ok()).collect();
    store.unknown_events(&own_news_webhook(), ids).await
}

/// Adds what hasn't been reported yet to the inbox.
pub(super) async fn tell(store: &Store, told: Vec<Told>, now: Timestamp) -> Result<(), StoreError> {
    if told.is_empty() {
        return Ok(());
    }
    let mut untold = untold(store, &told).await?;
    let news = told.into_iter().filter_map(|one| {
        let id = EventId::new(one.id).ok().filter(|id| untold.remove(id))?;
        tracing::info!(%id, "told as Hookbell's own news");
        Some(NewEvent::own(id, &one.news, one.instance, serde_json::to_value(&one.details).ok(), now))
    });
    store.keep_events(news.collect()).await.map(drop)
}
