//! Turns bytes into an [`Event`], for every shape Apple uses.
//!
//! The shapes, from Apple's samples: the instance is in `relationships.instance.data`, directly in
//! `relationships.instance` (background assets), or nowhere (territory availability); the states are
//! `oldValue`/`newValue`, `oldState`/`newState` or `oldExternalBuildState`/`newExternalBuildState`, and the old one may
//! be absent; the timestamp has no fraction, a fraction of 2 to 9 digits, or is absent.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Event, EventType, Instance, Shape};
use crate::{AppId, EventId, json::without_lone_surrogates};

const FROM: [&str; 3] = ["oldValue", "oldState", "oldExternalBuildState"];
const TO: [&str; 3] = ["newValue", "newState", "newExternalBuildState"];
/// The prefix of ids that don't come from Apple.
pub(super) const DIGEST: &str = "sha256:";
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

pub(super) fn event(body: &[u8]) -> Event {
    let whole = without_lone_surrogates(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    let json: Option<Value> = serde_json::from_slice(&whole).ok();
    let data = json.as_ref().and_then(|json| json.get("data"));
    let member = |name: &str| data.and_then(|data| data.get(name)).and_then(text);
    let relationship = |name: &str| instance(data?.get("relationships")?.get(name)?);
    // Hookbell's own type names mean nothing in a body: only a forger would send one.
    let type_name = member("type").filter(|name| !is_own(name)).map(str::to_owned);
    let mut attributes = Attributes::of(data);
    let (timestamp, timestamp_text) = attributes.take("timestamp", timestamp).unzip();

    Event {
        id: member("id").and_then(|id| EventId::new(id).ok()).unwrap_or_else(|| digest_id(body)),
        event_type: type_name.as_deref().and_then(EventType::from_wire_name),
        instance: relationship("instance"),
        from: FROM.into_iter().find_map(|name| attributes.take(name, state)),
        to: TO.into_iter().find_map(|name| attributes.take(name, state)),
        timestamp,
        timestamp_text,
        app: attributes.take("appId", |value| AppId::new(text(value)?).ok()),
        marketplace_app: relationship("marketplaceApp").and_then(|app| AppId::new(app.id).ok()),
        available: attributes.take("available", Value::as_bool),
        territories: attributes.take("territories", texts).unwrap_or_default(),
        other_attributes: attributes.others(),
        shape: match (&json, member("type")) {
            (None, _) => Shape::NotJson,
            (Some(_), None) => Shape::OtherJson,
            (Some(_), Some(_)) => Shape::Event,
        },
        type_name,
    }
}

/// The attributes, and which of them were assigned to fields.
struct Attributes<'a> {
    all: Option<&'a Map<String, Value>>,
    taken: Vec<&'static str>,
}

impl<'a> Attributes<'a> {
    fn of(data: Option<&'a Value>) -> Self {
        Self { all: data.and_then(|data| data.get("attributes")).and_then(Value::as_object), taken: Vec::new() }
    }

    /// Reads one attribute. If it can't be read, it stays in the remaining attributes, so that nothing is lost.
    fn take<T>(&mut self, name: &'static str, read: impl FnOnce(&'a Value) -> Option<T>) -> Option<T> {
        let value = read(self.all?.get(name)?)?;
        self.taken.push(name);
        Some(value)
    }

    fn others(self) -> Map<String, Value> {
        let left = self.all.into_iter().flatten().filter(|(name, _)| !self.taken.contains(&name.as_str()));
        left.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

fn is_own(type_name: &str) -> bool {
    EventType::from_wire_name(type_name).is_some_and(EventType::is_own)
}

/// A nonempty string.
fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

fn state(value: &Value) -> Option<String> {
    text(value).map(str::to_owned)
}

fn timestamp(value: &Value) -> Option<(Timestamp, String)> {
    let text = text(value)?;
    Some((text.parse().ok()?, text.to_owned()))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn instance(relationship: &Value) -> Option<Instance> {
    let named = |value: &Value| {
        Some(Instance {
            kind: value.get("type").and_then(text)?.to_owned(),
            id: value.get("id").and_then(text)?.to_owned(),
        })
    };
    relationship.get("data").and_then(named).or_else(|| named(relationship))
}

#[allow(clippy::expect_used, reason = "71 printable characters are an id")]
pub(super) fn digest_id(bytes: &[u8]) -> EventId {
    EventId::new(format!("{DIGEST}{}", HEXLOWER.encode(&Sha256::digest(bytes)))).expect("a digest is an id")
}
