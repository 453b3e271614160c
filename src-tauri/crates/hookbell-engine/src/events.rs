//! The inbox: listing, opening, marking and copying events.

use std::sync::Arc;

use hookbell_core::{EventType, event, words};
use hookbell_store::{EventQuery, StoredEvent};

use crate::{
    api::{
        ApiError, ArchiveRequest, Arrival, EventDetail, EventKind, EventRequest, EventRow, EventsReply, EventsRequest,
        Filter, InstanceRef, MarkReadRequest, MarkedEvents, Payload,
    },
    clipboard::Clipboard,
    context::Context,
    enrich::{self, Enrichment},
    link::{self, Link},
    pretty,
};

/// How much of a body the window gets. Copying takes all of it.
const MAX_SHOWN_BYTES: usize = 256 * 1024;

const MAX_PAGE_ROWS: u32 = 500;

/// The longest part of a row.
const MAX_PART_CHARS: usize = 200;

/// The room of the inbox.
#[derive(Debug)]
pub struct Events {
    context: Context,
    clipboard: Arc<Clipboard>,
    enrichment: Arc<Enrichment>,
}

impl Events {
    pub(crate) fn new(context: Context, clipboard: Arc<Clipboard>, enrichment: Arc<Enrichment>) -> Self {
        Self { context, clipboard, enrichment }
    }

    /// A page of the inbox, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn page(&self, request: EventsRequest) -> Result<EventsReply, ApiError> {
        let search = request.search.trim();
        let query = EventQuery {
            filter: filter(request.filter),
            search: (!search.is_empty()).then(|| search.to_owned()),
            webhook: None,
            before: request.before,
            limit: request.limit.clamp(1, MAX_PAGE_ROWS),
        };
        let page = self.context.store.page(query).await?;
        let events = page.events.iter().map(row).collect();
        Ok(EventsReply { events, next: page.next, unread: self.context.store.unread().await? })
    }

    /// One event with its payload, its arrivals and what App Store Connect says about it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if there is no such event.
    pub async fn detail(&self, request: EventRequest) -> Result<EventDetail, ApiError> {
        if request.seq == link::NO_EVENT_SEQ {
            return Err(link::unknown_event());
        }
        // Read before the event, so that the details are never older than this.
        let enriching = self.context.store.is_enriching(request.seq).await?;
        let event = self.stored(request.seq).await?;
        let arrivals = self.context.store.arrivals(request.seq).await?;
        let event_type = event.type_name.as_deref().and_then(EventType::from_wire_name);
        let state = |state: &Option<String>| state.as_deref().map(|state| words::state_name(event_type, state));
        Ok(EventDetail {
            kind_label: event_type.map_or(event::EventKind::Unknown, EventType::kind).label().to_owned(),
            sentence: event.sentence.clone(),
            type_name: event.type_name.clone(),
            before: state(&event.from),
            after: state(&event.to),
            instance: event.instance.clone().map(|instance| InstanceRef { kind: instance.kind, id: instance.id }),
            happened_at: event.timestamp.map(|at| at.to_string()),
            webhook: name(&event),
            arrivals: arrivals.iter().map(|one| arrival(one, &event)).collect(),
            payload: payload(&self.body(request.seq).await?),
            details: enrich::details(&event),
            enriching,
            event: row(&event),
        })
    }

    /// Reads what an event is about from App Store Connect once more, even if that was given up. If nothing comes now,
    /// it is tried again for a day as for a new event.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if there is no such event, or if App Store Connect has nothing to say about
    /// it. What it refuses is in the event's details.
    pub async fn read_details(&self, request: EventRequest) -> Result<EventDetail, ApiError> {
        self.enrichment.read_again(request.seq).await?;
        self.detail(request).await
    }

    /// Copies the whole payload, byte for byte if it is UTF-8.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] or [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_payload(&self, request: EventRequest) -> Result<(), ApiError> {
        let body = self.body(request.seq).await?;
        self.clipboard.copy(String::from_utf8_lossy(&body).into_owned()).await
    }

    /// Marks events as read, or unread again.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn mark_read(&self, request: MarkReadRequest) -> Result<(), ApiError> {
        self.context.store.set_read(request.seqs, request.read).await?;
        Ok(())
    }

    /// Marks everything as read.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn mark_all_read(&self) -> Result<MarkedEvents, ApiError> {
        Ok(MarkedEvents { seqs: self.context.store.mark_all_read().await? })
    }

    /// Archives events, or puts them back into the inbox.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn archive(&self, request: ArchiveRequest) -> Result<(), ApiError> {
        self.context.store.set_archived(request.seqs, request.archived).await?;
        Ok(())
    }

    /// The place in the window that a link leads to. For an event that is not here it is one that says so.
    pub async fn route_of(&self, link: &Link) -> String {
        match self.context.store.find(link.event()).await {
            Ok(event) => format!("#/inbox/{}", event.map_or(link::NO_EVENT_SEQ, |event| event.seq)),
            Err(error) => {
                tracing::warn!(%error, "an event could not be looked for");
                "#/inbox".to_owned()
            }
        }
    }

    async fn stored(&self, seq: i64) -> Result<StoredEvent, ApiError> {
        self.context.store.event(seq).await?.ok_or_else(|| ApiError::not_found("event"))
    }

    async fn body(&self, seq: i64) -> Result<Vec<u8>, ApiError> {
        self.context.store.body(seq).await?.ok_or_else(|| ApiError::not_found("event"))
    }
}

fn filter(filter: Filter) -> hookbell_store::Filter {
    match filter {
        Filter::All => hookbell_store::Filter::All,
        Filter::Unread => hookbell_store::Filter::Unread,
        Filter::NeedsYou => hookbell_store::Filter::NeedsYou,
        Filter::Archived => hookbell_store::Filter::Archived,
    }
}

fn name(event: &StoredEvent) -> String {
    event.webhook_name.as_deref().and_then(line).unwrap_or_else(|| "Unknown webhook".to_owned())
}

/// The known parts of app, version and build: "Backyard Birds 3.3 (418)".
fn about(event: &StoredEvent) -> Option<String> {
    let details = enrich::details(event)?;
    let build = details.build.as_deref().and_then(line).map(|build| format!("({build})"));
    let version = details.version.as_deref().and_then(line);
    let parts: Vec<String> = [line(&details.app?.name), version, build].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A stranger's words as a part of a row; nothing if nothing of them can be seen.
fn line(text: &str) -> Option<String> {
    Some(words::one_line(text, MAX_PART_CHARS)).filter(|line| !line.is_empty())
}

fn row(event: &StoredEvent) -> EventRow {
    let name = about(event).unwrap_or_else(|| name(event));
    let unknown_type = event.type_name.as_deref().filter(|_| event.kind == EventKind::Unknown).and_then(line);
    EventRow {
        seq: event.seq,
        id: event.id.to_string(),
        kind: event.kind,
        importance: event.importance,
        title: line(&event.title).unwrap_or_else(|| name.clone()),
        subtitle: unknown_type.map_or_else(|| name.clone(), |type_name| format!("{name} · {type_name}")),
        received_at: event.received_at.to_string(),
        source: event.source,
        read: event.read,
        archived: event.archived,
    }
}

fn arrival(arrival: &hookbell_store::Arrival, event: &StoredEvent) -> Arrival {
    Arrival {
        at: arrival.received_at.to_string(),
        source: arrival.source,
        delay_ms: event.timestamp.map(|sent| arrival.received_at.as_millisecond() - sent.as_millisecond()),
    }
}

fn payload(body: &[u8]) -> Payload {
    let cut = body.len() > MAX_SHOWN_BYTES;
    let raw = String::from_utf8_lossy(&body[..body.len().min(MAX_SHOWN_BYTES)]).into_owned();
    let pretty = (!cut).then(|| std::str::from_utf8(body).ok().and_then(pretty::json)).flatten();
    Payload {
        is_json: pretty.is_some(),
        text: pretty.unwrap_or_else(|| raw.clone()),
        raw,
        bytes: body.len() as u64,
        cut,
    }
}
