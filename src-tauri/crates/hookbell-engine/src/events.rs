//! The inbox: list, open, mark and copy events.

use std::sync::Arc;

use hookbell_core::{AccountId, AppId, EventFilter, EventType, Instance, event, words};
use hookbell_store::{EventQuery, Rows, StoreError, StoredEvent};

use crate::{
    api::{
        ApiError, ArchiveRequest, Arrival, ErrorCode, EventChanges, EventChoices, EventDetail, EventDetails, EventKind,
        EventRequest, EventRow, EventsReply, EventsRequest, InstanceRef, MarkReadRequest, MarkedEvents, NamedThing,
        Payload, StateChoice, TypeChoice,
    },
    asc_page,
    clipboard::Clipboard,
    context::Context,
    enrich::{self, Enrichment},
    event_track, event_words,
    host::Target,
    known_apps::KnownApps,
    link::{self, Link},
    pretty,
};

/// How much of a body the window gets. Copying includes all of it.
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

    /// A page of events, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn page(&self, request: EventsRequest) -> Result<EventsReply, ApiError> {
        let store = &self.context.store;
        let query = EventQuery {
            filter: request.filter,
            now: self.context.clock.now(),
            before: request.before,
            limit: request.limit.clamp(1, MAX_PAGE_ROWS),
        };
        let page = store.page(query).await?;
        let apps = KnownApps::read(store).await?;
        let events = page.events.iter().map(|event| row(event, &apps)).collect();
        Ok(EventsReply { events, next: page.next, unread: store.unread().await? })
    }

    /// The values that events can be filtered by.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn choices(&self) -> Result<EventChoices, ApiError> {
        let store = &self.context.store;
        let accounts = store.accounts().await?.into_iter();
        Ok(EventChoices {
            apps: KnownApps::read(store).await?.all(),
            accounts: accounts.map(|account| NamedThing { id: account.id.to_string(), name: account.name }).collect(),
            types: EventType::known().map(type_choice).collect(),
        })
    }

    /// Checks that a filter names only known apps and accounts.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `app` or `account`, listing the known ones.
    pub async fn check(&self, filter: &EventFilter) -> Result<(), ApiError> {
        let choices = self.choices().await?;
        let apps = choices.apps.into_iter().map(|app| NamedThing { id: app.id, name: app.name });
        check_known("app", filter.app.iter().map(AppId::as_str), apps)?;
        check_known("account", filter.account.iter().map(AccountId::as_str), choices.accounts.into_iter())
    }

    /// One event with its payload, its arrivals and what App Store Connect says about it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if there is no such event.
    pub async fn detail(&self, request: EventRequest) -> Result<EventDetail, ApiError> {
        if request.seq == link::NO_EVENT_SEQ {
            return Err(link::unknown_event());
        }
        // Read this before the event, so that the details are never older.
        let enriching = self.context.store.is_enriching(request.seq).await?;
        let event = self.stored(request.seq).await?;
        let is_own = event.kind.is_own();
        let arrivals = if is_own { Vec::new() } else { self.context.store.arrivals(request.seq).await? };
        let payload = if is_own { None } else { Some(payload(&self.body(request.seq).await?)) };
        let event_type = event.type_name.as_deref().and_then(EventType::from_wire_name);
        let state = |state: &Option<String>| state.as_deref().map(|state| words::state_name(event_type, state));
        let apps = KnownApps::read(&self.context.store).await?;
        let (track, next_state) = event_track::of(&self.context.store, &event).await?;
        let row = row(&event, &apps);
        Ok(EventDetail {
            kind_label: event_type.map_or(event::EventKind::Unknown, EventType::kind).label().to_owned(),
            headline: event_words::headline(&event, &apps),
            sentence: event_words::sentence(&self.context.store, &event, &apps).await?,
            webhook_id: event.webhook.to_string(),
            account: self.account_of(&event).await?,
            page: asc_page::of_event(&event, row.app.as_ref()),
            track,
            next_state,
            type_name: event.type_name.clone(),
            before: state(&event.from),
            after: state(&event.to),
            instance: event.instance.clone().map(instance_ref),
            happened_at: event.timestamp.map(|at| at.to_string()),
            webhook: name(&event),
            arrivals: arrivals.iter().map(|one| arrival(one, &event)).collect(),
            payload,
            details: enrich::details(&event),
            enriching,
            event: row,
        })
    }

    /// Reads what an event is about from App Store Connect again, even if we had given up. If that fails, it is
    /// retried for a day as for a new event.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the event doesn't exist, or if App Store Connect has nothing to say
    /// about it. Its refusals are in the event's details.
    pub async fn read_details(&self, request: EventRequest) -> Result<EventDetail, ApiError> {
        self.enrichment.read_again(request.seq).await?;
        self.detail(request).await
    }

    /// Opens an event's page in App Store Connect in the browser.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if its app is unknown, [`crate::api::ErrorCode::Internal`] if the desktop
    /// refuses.
    pub async fn open_page(&self, request: EventRequest) -> Result<(), ApiError> {
        let event = self.stored(request.seq).await?;
        let apps = KnownApps::read(&self.context.store).await?;
        let app = apps.of(&event, &enrich::details(&event).unwrap_or_default());
        let page = asc_page::of_event(&event, app.as_ref()).ok_or_else(|| {
            let hint = "add the account that the webhook belongs to";
            ApiError::new(ErrorCode::NotFound, "Hookbell doesn’t know which app this event is about", hint)
        })?;
        self.context.open_on_desktop(Target::Page(page)).await
    }

    /// Copies the whole payload, byte for byte if it is UTF-8.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] or [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_payload(&self, request: EventRequest) -> Result<(), ApiError> {
        if self.stored(request.seq).await?.kind.is_own() {
            return Err(ApiError::no_payload());
        }
        let body = self.body(request.seq).await?;
        self.clipboard.copy(String::from_utf8_lossy(&body).into_owned()).await
    }

    /// Marks events as read or unread.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn mark_read(&self, request: MarkReadRequest) -> Result<(), ApiError> {
        self.context.store.set_read(request.seqs, request.read).await?;
        Ok(())
    }

    /// Marks everything as read.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn mark_all_read(&self) -> Result<MarkedEvents, ApiError> {
        Ok(MarkedEvents { seqs: self.context.store.mark_all_read().await? })
    }

    /// The changes to events that the store reports; `None` if it reports none.
    pub(crate) async fn changes(&self, touched: Rows<i64>) -> Result<Option<EventChanges>, StoreError> {
        let Rows::These(seqs) = touched else { return Ok(None) };
        let store = &self.context.store;
        let apps = KnownApps::read(store).await?;
        let rows: Vec<EventRow> = store.events(seqs.clone()).await?.iter().map(|event| row(event, &apps)).collect();
        let gone = seqs.into_iter().filter(|seq| rows.iter().all(|row| row.seq != *seq)).collect();
        Ok(Some(EventChanges { rows, gone }))
    }

    /// Archives events, or puts them back into the inbox.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn archive(&self, request: ArchiveRequest) -> Result<(), ApiError> {
        self.context.store.set_archived(request.seqs, request.archived).await?;
        Ok(())
    }

    /// The place in the window that a link opens. For an unknown event it is one that says so.
    pub async fn route_of(&self, link: &Link) -> String {
        match self.context.store.find(link.event()).await {
            Ok(event) => format!("#/inbox/{}", event.map_or(link::NO_EVENT_SEQ, |event| event.seq)),
            Err(error) => {
                tracing::warn!(%error, "an event could not be looked for");
                "#/inbox".to_owned()
            }
        }
    }

    /// The name of the account that manages an event's webhook.
    async fn account_of(&self, event: &StoredEvent) -> Result<Option<String>, ApiError> {
        let webhook = self.context.store.apple_webhook(&event.webhook).await?;
        let Some(account) = webhook.and_then(|webhook| webhook.account) else { return Ok(None) };
        Ok(self.context.store.account(&account).await?.map(|account| account.name))
    }

    async fn stored(&self, seq: i64) -> Result<StoredEvent, ApiError> {
        self.context.store.event(seq).await?.ok_or_else(|| ApiError::not_found("event"))
    }

    async fn body(&self, seq: i64) -> Result<Vec<u8>, ApiError> {
        self.context.store.body(seq).await?.ok_or_else(|| ApiError::not_found("event"))
    }
}

/// Rejects an unknown id.
fn check_known<'a>(
    field: &str,
    mut wanted: impl Iterator<Item = &'a str>,
    known: impl Iterator<Item = NamedThing>,
) -> Result<(), ApiError> {
    let known: Vec<NamedThing> = known.collect();
    let is_unknown = |id: &&str| !known.iter().any(|one| one.id == *id);
    let Some(wanted) = wanted.find(is_unknown) else { return Ok(()) };
    let all: Vec<_> = known.iter().map(|one| format!("{} ({})", one.id, one.name)).collect();
    let hint = match all.is_empty() {
        true => format!("Hookbell doesn’t know any {field} yet"),
        false => format!("use one of {}", all.join(", ")),
    };
    Err(ApiError::field(field, format!("no {field} has the id {wanted:?}"), hint))
}

fn type_choice(event_type: EventType) -> TypeChoice {
    let state =
        |state: &str| StateChoice { state: state.to_owned(), label: words::state_name(Some(event_type), state) };
    TypeChoice {
        event_type,
        label: event_type.label().to_owned(),
        states: words::states(event_type).map(state).collect(),
    }
}

fn instance_ref(instance: Instance) -> InstanceRef {
    let label = match instance.kind.as_str() {
        "appStoreVersions" => "Version",
        "buildBetaDetails" | "builds" => "Build",
        "buildUploads" => "Build upload",
        "betaFeedbackScreenshotSubmissions" | "betaFeedbackCrashSubmissions" => "Feedback",
        kind if kind.starts_with("backgroundAsset") => "Asset pack",
        _ => "Resource",
    };
    InstanceRef { kind: instance.kind, id: instance.id, label: label.to_owned() }
}

fn name(event: &StoredEvent) -> String {
    if event.kind.is_own() {
        return "Hookbell".to_owned();
    }
    event.webhook_name.as_deref().and_then(line).unwrap_or_else(|| "Unknown webhook".to_owned())
}

/// The known parts of app, version, build and platform: "Backyard Birds 3.3 (418)". Omits the app if it is the only
/// one.
fn about(event: &StoredEvent, details: &EventDetails, app: Option<&str>) -> Option<String> {
    let version = details.version.as_deref().and_then(line);
    let build = details.build.as_deref().and_then(line).map(|build| format!("({build})"));
    let parts = match (event.kind, details.asset_pack.as_deref().and_then(line)) {
        (EventKind::Asset, Some(pack)) => return Some(joined([app.map(str::to_owned), Some(pack)], " · ")),
        (EventKind::Asset, None) => [app.map(str::to_owned), None, None],
        _ => [app.map(str::to_owned), version, build],
    };
    Some(joined(parts, " ")).filter(|about| !about.is_empty())
}

fn joined<const N: usize>(parts: [Option<String>; N], between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

/// A stranger's text as part of a row; `None` if nothing in it is visible.
fn line(text: &str) -> Option<String> {
    Some(words::one_line(text, MAX_PART_CHARS)).filter(|line| !line.is_empty())
}

fn row(event: &StoredEvent, apps: &KnownApps) -> EventRow {
    let details = enrich::details(event).unwrap_or_default();
    let app = apps.of(event, &details);
    let named = app.as_ref().filter(|_| apps.are_several()).map(|app| app.name.as_str());
    let webhook = || Some(joined([named.map(str::to_owned), Some(name(event))], " · "));
    let subtitle = match event.kind {
        EventKind::Ping => webhook(),
        // If no app, version or build is known, say at least how the event arrived.
        _ => about(event, &details, named).filter(|about| Some(about.as_str()) != named).or_else(webhook),
    }
    .unwrap_or_default();
    let unknown_type = event.type_name.as_deref().filter(|_| event.kind == EventKind::Unknown).and_then(line);
    EventRow {
        seq: event.seq,
        id: event.id.to_string(),
        kind: event.kind,
        importance: event.importance,
        title: line(&event.title).unwrap_or_else(|| subtitle.clone()),
        subtitle: joined([Some(subtitle), unknown_type], " · "),
        app,
        received_at: event.received_at.to_string(),
        source: event.source,
        read: event.read,
        archived: event.archived,
    }
}

fn arrival(arrival: &hookbell_store::StoredArrival, event: &StoredEvent) -> Arrival {
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
