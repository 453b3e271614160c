//! An event's wording with its app, even while App Store Connect hasn't said which app that is.
//!
//! Events are described when they arrive and again with their details. Until then the webhook tells us the app, so
//! the sentence is rebuilt whenever it is shown.

use hookbell_core::{
    Event, EventKind, EventType,
    words::{self, Known},
};
use hookbell_store::{Store, StoreError, StoredEvent};

use crate::{api::EventDetails, enrich, known_apps::KnownApps};

/// What is known about an event: its details, plus what its webhook tells us if they name no app.
fn known(event: &StoredEvent, details: &EventDetails, apps: &KnownApps) -> Known {
    Known {
        app: apps.of(event, details).map(|app| app.name),
        webhook: event.webhook_name.clone(),
        ..enrich::known(details)
    }
}

/// What it means and what to do, in a sentence that names the app.
pub(crate) async fn sentence(store: &Store, event: &StoredEvent, apps: &KnownApps) -> Result<String, StoreError> {
    let details = enrich::details(event).unwrap_or_default();
    let is_told = details.app.is_some() || details.trouble.is_some();
    let known = known(event, &details, apps);
    let says_more = event.kind == EventKind::Ping || known.app.is_some();
    if is_told || !says_more {
        return Ok(event.sentence.clone());
    }
    let Some(body) = store.body(event.seq).await? else { return Ok(event.sentence.clone()) };
    Ok(words::describe(&Event::read(&body), &known).sentence)
}

/// What happened as a sentence without the app and the full stop; the title if there is none.
pub(crate) fn headline(event: &StoredEvent, apps: &KnownApps) -> String {
    let known = known(event, &enrich::details(event).unwrap_or_default(), apps);
    let told = event_type(event)
        .zip(event.to.as_deref())
        .and_then(|(event_type, state)| words::headline(event_type, state, &known));
    told.unwrap_or_else(|| event.title.clone())
}

/// What happened on one line, with the app if several are known: "Backyard Birds 3.2 rejected".
pub(crate) fn line(event: &StoredEvent, apps: &KnownApps, max_chars: usize) -> String {
    let details = enrich::details(event).unwrap_or_default();
    let all = known(event, &details, apps);
    let known = Known { app: all.app.filter(|_| apps.are_several()), ..all };
    words::one_line_headline(event_type(event), event.to.as_deref(), &event.title, &known, max_chars)
}

/// The title followed by the app, if several are known and both fit: "In Review · Backyard Birds". If they don't fit,
/// the app comes first, followed by a one-word summary.
pub(crate) fn title(event: &StoredEvent, title: &str, apps: &KnownApps, max_chars: usize) -> String {
    let app = apps.of(event, &enrich::details(event).unwrap_or_default()).filter(|_| apps.are_several());
    let Some(app) = app else { return title.to_owned() };
    let both = format!("{title} · {}", app.name);
    if both.chars().count() <= max_chars {
        return both;
    }
    line(event, apps, max_chars)
}

fn event_type(event: &StoredEvent) -> Option<EventType> {
    event.type_name.as_deref().and_then(EventType::from_wire_name)
}
