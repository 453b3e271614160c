//! What rules know about a stored event. Contains no secrets.

use hookbell_core::{
    EventType,
    rules::{AppFacts, BuildFacts, EventFacts, Facts, FeedbackFacts, LinkFacts, VersionFacts, WebhookFacts},
};
use hookbell_store::{Source, Store, StoreError, StoredEvent};
use jiff::{SignedDuration, Timestamp};

use crate::{asc_page, enrich, event_words, known_apps::KnownApps, link};

/// An event fetched this long after it happened is late.
const LATE_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// The facts of an event.
pub(crate) async fn of(
    store: &Store,
    event: &StoredEvent,
    apps: &KnownApps,
    now: Timestamp,
) -> Result<Facts, StoreError> {
    let details = enrich::details(event).unwrap_or_default();
    let app = apps.of(event, &details);
    let body = event_words::sentence(store, event, apps).await?;
    let known = event.type_name.as_deref().and_then(EventType::from_wire_name);
    Ok(Facts {
        event: EventFacts {
            id: event.id.to_string(),
            wire_type: event.type_name.clone(),
            event_type: known.map(|known| known.name().to_owned()),
            kind: event.kind.as_str().to_owned(),
            importance: event.importance.as_str().to_owned(),
            title: event.title.clone(),
            body,
            from: event.from.clone(),
            to: event.to.clone(),
            timestamp: event.timestamp.map(|at| at.to_string()),
            received_at: event.received_at.to_string(),
            late: is_late(event),
        },
        links: LinkFacts {
            hookbell: link::to_event(&event.id),
            app_store_connect: asc_page::of_event(event, app.as_ref()),
        },
        app: AppFacts { id: app.as_ref().map(|app| app.id.clone()), name: app.map(|app| app.name) },
        version: VersionFacts { string: details.version, platform: details.platform },
        build: BuildFacts { number: details.build, errors: details.errors, warnings: details.warnings },
        feedback: FeedbackFacts {
            id: details.feedback,
            tester: details.tester,
            comment: details.comment,
            device: details.device,
        },
        webhook: WebhookFacts { id: event.webhook.to_string(), name: event.webhook_name.clone().unwrap_or_default() },
        now: now.to_string(),
    })
}

fn is_late(event: &StoredEvent) -> bool {
    let age = |at| event.received_at.duration_since(at);
    event.source == Source::Fetched && event.timestamp.is_some_and(|at| age(at) > LATE_AFTER)
}
