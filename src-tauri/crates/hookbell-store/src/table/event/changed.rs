//! State changes per app or webhook, for the timeline of versions and builds.
//!
//! An index first gives the resources that changed last, then each one's events are read. So the cost depends on how
//! much is shown, not on how much is stored.

use std::collections::HashMap;

use hookbell_core::{AppId, EventKind, WebhookId};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::each_value;
use crate::{
    Store, StoreError,
    column::{Text, unreadable},
};

/// Must match the condition of the partial indexes exactly.
const CHANGES: &str = "kind IN ('version', 'build', 'upload') AND instance_id IS NOT NULL";

/// A version goes through a dozen states; only this many of its newest events are read.
const MAX_EVENTS_PER_THING: i64 = 500;

/// Whose resources to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Those of an app: resources whose events name it, and resources of these webhooks whose events name no app.
    App {
        /// The app.
        app: AppId,
        /// The webhooks known to belong to this app.
        webhooks: Vec<WebhookId>,
    },
    /// Those of a webhook whose app is unknown.
    Webhook(WebhookId),
}

/// Resources that changed state, most recently changed first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChangedThings {
    /// The resources.
    pub things: Vec<Changed>,
    /// Whether there are more than requested.
    pub more: bool,
}

/// A version, a build or an upload, with its events.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The resource's id in App Store Connect.
    pub instance: String,
    /// The events, in order of arrival.
    pub events: Vec<StateChange>,
}

/// The state change in one event.
#[derive(Debug, Clone, PartialEq)]
pub struct StateChange {
    /// The event's position in order of arrival.
    pub seq: i64,
    /// Apple's `data.type`.
    pub type_name: Option<String>,
    /// The state before, in Apple's spelling.
    pub from: Option<String>,
    /// The state after, in Apple's spelling.
    pub to: Option<String>,
    /// When it happened: Apple's time if present and not after its arrival. With millisecond precision.
    pub at: Timestamp,
    /// What enrichment found, if it ran.
    pub details: Option<Value>,
}

/// Which apps have resources that changed state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangedApps {
    /// Apps named by an event: the id, and the name according to the newest such event.
    pub named: Vec<(String, Option<String>)>,
    /// Webhooks with events that name no app.
    pub unnamed: Vec<WebhookId>,
}

/// Where to look: a section of the index.
type Place = (Option<String>, String);

impl Store {
    /// The resources of these kinds that changed last: at most `limit`, and none whose last change was before `since`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn changed(
        &self,
        subject: Subject,
        kinds: &'static [EventKind],
        since: Timestamp,
        limit: usize,
    ) -> Result<ChangedThings, StoreError> {
        self.read(move |db| {
            let mut newest: HashMap<(EventKind, String), i64> = HashMap::new();
            for place in places(db, &subject)? {
                for kind in kinds.iter().copied() {
                    for (instance, at) in last_changed(db, &place, kind, since.as_millisecond(), limit)? {
                        let known = newest.entry((kind, instance)).or_insert(at);
                        *known = at.max(*known);
                    }
                }
            }
            let mut newest: Vec<_> = newest.into_iter().collect();
            newest.sort_by(|(a, a_at), (b, b_at)| b_at.cmp(a_at).then_with(|| a.cmp(b)));
            let more = newest.len() > limit;
            let read = |((kind, instance), _)| events(db, kind, instance);
            let things = newest.into_iter().take(limit).map(read).collect::<rusqlite::Result<_>>()?;
            Ok(ChangedThings { things, more })
        })
        .await
    }

    /// The state changes of one version, build or upload.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn changes_of(&self, kind: EventKind, instance: &str) -> Result<Changed, StoreError> {
        let instance = instance.to_owned();
        self.read(move |db| events(db, kind, instance)).await
    }

    /// Which apps have resources that changed state.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn changed_apps(&self) -> Result<ChangedApps, StoreError> {
        self.read(|db| {
            let mut name = db.prepare_cached(&format!(
                "SELECT details ->> '$.app.name' FROM event INDEXED BY event_change WHERE {CHANGES} AND app_id = ?
                 ORDER BY webhook_id DESC, kind DESC, changed_ms DESC LIMIT 1"
            ))?;
            let named = apps(db)?
                .into_iter()
                .map(|app| name.query_row([&app], |row| row.get(0)).map(|name| (app, name)))
                .collect::<rusqlite::Result<_>>()?;
            let unnamed = webhooks(db, None)?
                .into_iter()
                .map(|id| id.parse().map_err(|error| unreadable(0, error)))
                .collect::<rusqlite::Result<_>>()?;
            Ok(ChangedApps { named, unnamed })
        })
        .await
    }
}

fn places(db: &Connection, subject: &Subject) -> rusqlite::Result<Vec<Place>> {
    match subject {
        Subject::Webhook(webhook) => Ok(vec![(None, webhook.to_string())]),
        Subject::App { app, webhooks: own } => {
            let app = Some(app.to_string());
            let of_app = webhooks(db, app.as_deref())?;
            let unsaid = own.iter().map(|webhook| (None, webhook.to_string()));
            Ok(of_app.into_iter().map(|webhook| (app.clone(), webhook)).chain(unsaid).collect())
        }
    }
}

fn apps(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut next = db.prepare_cached(&format!(
        "SELECT app_id FROM event INDEXED BY event_change WHERE {CHANGES} AND app_id > ? ORDER BY app_id LIMIT 1"
    ))?;
    each_value(|last| next.query_row([last], |row| row.get(0)))
}

fn webhooks(db: &Connection, app: Option<&str>) -> rusqlite::Result<Vec<String>> {
    let mut next = db.prepare_cached(&format!(
        "SELECT webhook_id FROM event INDEXED BY event_change WHERE {CHANGES} AND app_id IS ? AND webhook_id > ?
         ORDER BY webhook_id LIMIT 1"
    ))?;
    each_value(|last| next.query_row(params![app, last], |row| row.get(0)))
}

/// The resources in one section that changed last, and when. One more than `limit` shows that there are more.
fn last_changed(
    db: &Connection,
    (app, webhook): &Place,
    kind: EventKind,
    since: i64,
    limit: usize,
) -> rusqlite::Result<HashMap<String, i64>> {
    let mut newest_first = db.prepare_cached(&format!(
        "SELECT instance_id, changed_ms FROM event INDEXED BY event_change
         WHERE {CHANGES} AND app_id IS ?1 AND webhook_id = ?2 AND kind = ?3 AND changed_ms >= ?4
         ORDER BY changed_ms DESC"
    ))?;
    let mut rows = newest_first.query(params![app, webhook, kind.as_str(), since])?;
    let mut found = HashMap::new();
    while found.len() <= limit
        && let Some(row) = rows.next()?
    {
        let instance = row.get_ref(0)?.as_str()?;
        if !found.contains_key(instance) {
            found.insert(instance.to_owned(), row.get(1)?);
        }
    }
    Ok(found)
}

fn events(db: &Connection, kind: EventKind, instance: String) -> rusqlite::Result<Changed> {
    let mut newest_first = db.prepare_cached(&format!(
        "SELECT seq, type_name, from_state, to_state, changed_ms, details FROM event INDEXED BY event_change_of
         WHERE {CHANGES} AND instance_id = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT ?3"
    ))?;
    let mut events: Vec<StateChange> = newest_first
        .query_map(params![instance, kind.as_str(), MAX_EVENTS_PER_THING], |row| {
            Ok(StateChange {
                seq: row.get(0)?,
                type_name: row.get(1)?,
                from: row.get(2)?,
                to: row.get(3)?,
                at: Timestamp::from_millisecond(row.get(4)?).map_err(|error| unreadable(4, error))?,
                details: row.get::<_, Option<Text<_>>>(5)?.map(|details| details.0),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    events.reverse();
    Ok(Changed { instance, events })
}
