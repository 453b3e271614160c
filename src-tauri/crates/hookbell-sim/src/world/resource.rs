//! A JSON:API resource in the simulator's storage, in the same form as in the fixture files.
//!
//! Only to-one relationships are stored; the reverse direction is found by searching.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A resource: its type, attributes and to-one relationships.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Resource {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) attributes: Map<String, Value>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) relationships: BTreeMap<String, ToOne>,
}

/// A to-one relationship in JSON:API's wrapping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ToOne {
    pub(crate) data: Reference,
}

/// A resource identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reference {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) id: String,
}

impl Resource {
    pub(crate) fn new(kind: &str, id: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), id: id.into(), attributes: Map::new(), relationships: BTreeMap::new() }
    }

    pub(crate) fn with(mut self, attribute: &str, value: impl Into<Value>) -> Self {
        self.attributes.insert(attribute.to_owned(), value.into());
        self
    }

    pub(crate) fn belonging(mut self, relationship: &str, kind: &str, id: &str) -> Self {
        let data = Reference { kind: kind.to_owned(), id: id.to_owned() };
        self.relationships.insert(relationship.to_owned(), ToOne { data });
        self
    }

    pub(crate) fn related(&self, relationship: &str) -> Option<&Reference> {
        self.relationships.get(relationship).map(|to_one| &to_one.data)
    }

    pub(crate) fn text(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).and_then(Value::as_str)
    }
}
