//! From bytes to an [`Event`], in every shape Apple uses.
//!
//! The shapes, from Apple's samples: the instance sits in `relationships.instance.data`, or directly
//! in `relationships.instance` (background assets), or nowhere (territory availability); the states
//! are `oldValue`/`newValue`, `oldState`/`newState` or `oldExternalBuildState`/`newExternalBuildState`,
//! the old one may be absent; the timestamp has no fraction, or one of 2 to 9 digits, or is absent.

use data_encoding::HEXLOWER;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Event, EventType, Instance, Shape};
use crate::{AppId, EventId};

const FROM: [&str; 3] = ["oldValue", "oldState", "oldExternalBuildState"];
const TO: [&str; 3] = ["newValue", "newState", "newExternalBuildState"];
const READ_ELSEWHERE: [&str; 4] = ["timestamp", "appId", "available", "territories"];

pub(super) fn event(body: &[u8]) -> Event {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let data = json.as_ref().and_then(|json| json.get("data"));
    let text = |key: &str| data.and_then(|data| data.get(key)).and_then(Value::as_str);
    let type_name = text("type").filter(|name| !name.is_empty());
    let attributes = data.and_then(|data| data.get("attributes")).and_then(Value::as_object);
    let attribute = |key: &str| attributes.and_then(|attributes| attributes.get(key));
    let state = |keys: [&str; 3]| keys.iter().find_map(|key| attribute(key)?.as_str()).map(str::to_owned);
    let relationship = |name: &str| data?.get("relationships")?.get(name);
    let timestamp_text = attribute("timestamp").and_then(Value::as_str);
    let timestamp = timestamp_text.and_then(|text| text.parse().ok());

    Event {
        id: text("id").and_then(|id| EventId::new(id).ok()).unwrap_or_else(|| digest_id(body)),
        event_type: type_name.and_then(EventType::from_wire_name),
        instance: relationship("instance").and_then(instance),
        from: state(FROM),
        to: state(TO),
        timestamp,
        timestamp_text: timestamp.and(timestamp_text).map(str::to_owned),
        app: attribute("appId").and_then(Value::as_str).and_then(|id| AppId::new(id).ok()),
        marketplace_app: relationship("marketplaceApp").and_then(instance).and_then(|app| AppId::new(app.id).ok()),
        available: attribute("available").and_then(Value::as_bool),
        territories: attribute("territories").map(texts).unwrap_or_default(),
        other_attributes: attributes.map(others).unwrap_or_default(),
        shape: match (&json, type_name) {
            (None, _) => Shape::NotJson,
            (Some(_), None) => Shape::OtherJson,
            (Some(_), Some(_)) => Shape::Event,
        },
        type_name: type_name.map(str::to_owned),
    }
}

fn instance(relationship: &Value) -> Option<Instance> {
    let named = |value: &Value| {
        Some(Instance { kind: value.get("type")?.as_str()?.to_owned(), id: value.get("id")?.as_str()?.to_owned() })
    };
    relationship.get("data").and_then(named).or_else(|| named(relationship))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn others(attributes: &Map<String, Value>) -> Map<String, Value> {
    let known = |key: &str| FROM.contains(&key) || TO.contains(&key) || READ_ELSEWHERE.contains(&key);
    attributes.iter().filter(|(key, _)| !known(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[allow(clippy::expect_used, reason = "71 printable characters are an id")]
fn digest_id(body: &[u8]) -> EventId {
    EventId::new(format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(body)))).expect("a digest is an id")
}
