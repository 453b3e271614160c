//! JSON:API (<https://jsonapi.org/format/1.0/>) on one side, plain structs on the other.
//!
//! A resource's attributes and relationships share one namespace (JSON:API 1.0, "Fields"), so we read a resource as one
//! flat struct: its attributes as they are, each relationship as [`Related`] with the included resource in it. Other
//! members go to the struct's `other`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use bytes::Bytes;
use hookbell_core::json::without_lone_surrogates;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{
    error::{Error, Refusal},
    exchange::Answer,
    lenient,
};

/// Some servers write it before UTF-8, although RFC 8259, section 8.1, forbids it.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A resource of the API, as a flat struct.
pub trait Resource: DeserializeOwned + Send + 'static {
    /// The value of `type`.
    const TYPE: &'static str;
    /// Its id.
    type Id: DeserializeOwned;
}

/// The other end of a relationship to one resource.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(bound = "T: Resource")]
pub struct Related<T: Resource> {
    /// Its id, which is always present.
    pub id: T::Id,
    /// The resource itself, if included in the answer.
    pub included: Option<Box<T>>,
}

/// A page of a collection, as read.
pub(crate) struct Collection<T> {
    pub(crate) data: Vec<T>,
    pub(crate) next: Option<String>,
    pub(crate) total: Option<u64>,
}

/// A document. Malformed members next to the data must not cost the data.
#[derive(Deserialize)]
struct Document {
    data: Value,
    #[serde(default)]
    included: Value,
    #[serde(default)]
    links: Value,
    #[serde(default)]
    meta: Value,
}

#[derive(Deserialize)]
struct Errors {
    errors: Vec<Value>,
}

impl Answer {
    /// The one resource of a successful answer.
    pub(crate) fn one<T: Resource>(&self) -> Result<T, Error> {
        self.read(|document, included| resource(document.data, "data", included))
    }

    /// The same for relationships that can be empty: `"data": null`.
    pub(crate) fn one_or_none<T: Resource>(&self) -> Result<Option<T>, Error> {
        self.read(|document, included| match document.data {
            Value::Null => Ok(None),
            data => resource(data, "data", included).map(Some),
        })
    }

    /// The resources of a successful answer.
    pub(crate) fn many<T: Resource>(&self) -> Result<Collection<T>, Error> {
        self.read(|document, included| {
            let Value::Array(items) = document.data else {
                return Err(unexpected("data", "one resource where a list belongs"));
            };
            Ok(Collection {
                data: readable(items, included)?,
                next: next(&document.links)?,
                total: document.meta["paging"]["total"].as_u64(),
            })
        })
    }

    /// Checks for success only.
    pub(crate) fn nothing(&self) -> Result<(), Error> {
        if self.is_success() { Ok(()) } else { Err(self.refusal().without(&self.hidden)) }
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn read<T>(&self, read: impl FnOnce(Document, &Included) -> Result<T, Error>) -> Result<T, Error> {
        let parsed = if self.is_success() { self.document() } else { Err(self.refusal()) };
        let parsed = parsed.and_then(|mut document| {
            let included = Included::new(document.included.take());
            read(document, &included)
        });
        parsed.map_err(|error| error.without(&self.hidden))
    }

    fn document(&self) -> Result<Document, Error> {
        let body = self.plain_body();
        let mut json = serde_json::Deserializer::from_slice(&body);
        let document = serde_path_to_error::deserialize(&mut json).map_err(|error| self.unless_json(error))?;
        json.end().map_err(|_| self.not_json())?;
        Ok(document)
    }

    /// The reason for a failure, in Apple's words if Apple answered.
    pub(crate) fn refusal(&self) -> Error {
        let errors = match serde_json::from_slice::<Errors>(&self.plain_body()) {
            Ok(Errors { errors }) => errors.into_iter().filter_map(|error| lenient::read(error).ok()).collect(),
            Err(_) if self.body.trim_ascii().is_empty() => Vec::new(),
            Err(error) if error.is_data() => Vec::new(),
            Err(error) if error.is_eof() => return Error::Truncated { status: self.status },
            Err(_) => return self.not_json(),
        };
        let &Self { status, retry_after, clock_ahead, rate_limit, .. } = self;
        Error::Refused(Box::new(Refusal { status, errors, retry_after, clock_ahead, rate_limit }))
    }

    /// The body as parsers accept it: without a byte order mark, and with U+FFFD for lone surrogates from truncated
    /// texts and for invalid UTF-8.
    fn plain_body(&self) -> Cow<'_, [u8]> {
        let body = self.body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.body);
        match String::from_utf8_lossy(body) {
            Cow::Borrowed(text) => without_lone_surrogates(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(without_lone_surrogates(text.as_bytes()).into_owned()),
        }
    }

    fn unless_json(&self, error: serde_path_to_error::Error<serde_json::Error>) -> Error {
        match error.inner() {
            inner if inner.is_data() => path_error("", &error),
            inner if inner.is_eof() && !self.body.trim_ascii().is_empty() => Error::Truncated { status: self.status },
            _ => self.not_json(),
        }
    }

    fn not_json(&self) -> Error {
        Error::NotJson { status: self.status, content_type: self.content_type.clone() }
    }
}

/// The included resources of an answer, by type and id.
#[derive(Default)]
struct Included(HashMap<(String, String), Value>);

impl Included {
    fn new(resources: Value) -> Self {
        let Value::Array(resources) = resources else { return Self::default() };
        let entry = |value: Value| identity(&value).map(|key| (key, flat(value, None)));
        Self(resources.into_iter().filter_map(entry).collect())
    }
}

/// A resource's type and id. An id can be a number.
fn identity(value: &Value) -> Option<(String, String)> {
    let id = match value.get("id")? {
        Value::Number(number) => number.to_string(),
        other => other.as_str()?.to_owned(),
    };
    Some((value.get("type")?.as_str()?.to_owned(), id))
}

/// The readable items of a list. An unreadable item is skipped; if all are unreadable, that is an error, because the
/// result would say nothing.
fn readable<T: Resource>(items: Vec<Value>, included: &Included) -> Result<Vec<T>, Error> {
    let (mut data, mut unreadable) = (Vec::with_capacity(items.len()), None);
    for (index, item) in items.into_iter().enumerate() {
        match resource(item, &format!("data[{index}]"), included) {
            Ok(item) => data.push(item),
            Err(error) => {
                tracing::warn!(index, kind = T::TYPE, "an item of a list can't be read and is left out");
                unreadable.get_or_insert(error);
            }
        }
    }
    match unreadable {
        Some(error) if data.is_empty() => Err(error),
        _ => Ok(data),
    }
}

/// The address of the next page (JSON:API 1.0, "Links": a text, or an object with `href`). An unreadable one is an
/// error, because the list would end too early.
fn next(links: &Value) -> Result<Option<String>, Error> {
    match &links["next"] {
        Value::Null => Ok(None),
        link => match link.as_str().or_else(|| link["href"].as_str()) {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(unexpected("links.next", "no address of the next page")),
        },
    }
}

fn resource<T: Resource>(value: Value, place: &str, included: &Included) -> Result<T, Error> {
    match value.get("type").and_then(Value::as_str) {
        Some(found) if found == T::TYPE => {}
        Some(found) => {
            return Err(unexpected(&format!("{place}.type"), &format!("`{found}` where `{}` belongs", T::TYPE)));
        }
        None => return Err(unexpected(place, &format!("no resource where `{}` belongs", T::TYPE))),
    }
    let attributes: Vec<String> =
        value["attributes"].as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
    lenient::read(flat(value, Some(included))).map_err(|error| {
        let field = error.path().to_string();
        let name = field.split(['.', '[']).next().unwrap_or_default();
        let inside = if attributes.iter().any(|attribute| attribute == name) { ".attributes" } else { "" };
        path_error(&format!("{place}{inside}"), &error)
    })
}

/// Moves attributes and relationships next to the id. An included resource doesn't include others.
fn flat(value: Value, included: Option<&Included>) -> Value {
    let Value::Object(mut resource) = value else { return value };
    resource.remove("type");
    let attributes = resource.remove("attributes");
    let relationships = resource.remove("relationships");
    if let Some(Value::Object(attributes)) = attributes {
        resource.extend(attributes);
    }
    if let Some(Value::Object(relationships)) = relationships {
        for (name, relationship) in relationships {
            // Without `data` it is only the address of a list, which the caller can request.
            if let Value::Object(mut relationship) = relationship
                && let Some(data) = relationship.remove("data")
            {
                resource.insert(name, linkage(data, included));
            }
        }
    }
    Value::Object(resource)
}

fn linkage(data: Value, included: Option<&Included>) -> Value {
    match data {
        Value::Array(items) => items.into_iter().map(|item| linkage(item, included)).collect(),
        Value::Object(mut identifier) => {
            let key = identity(&Value::Object(identifier.clone()));
            let found = key.zip(included).and_then(|(key, included)| included.0.get(&key));
            if let Some(found) = found {
                identifier.insert("included".to_owned(), found.clone());
            }
            Value::Object(identifier)
        }
        other => other,
    }
}

fn path_error(place: &str, error: &lenient::Unreadable) -> Error {
    let path = match (place, error.path().to_string()) {
        ("", field) => field,
        (place, field) if field == "." => place.to_owned(),
        (place, field) => format!("{place}.{field}"),
    };
    unexpected(&path, &error.inner().to_string())
}

fn unexpected(path: &str, problem: &str) -> Error {
    Error::Unexpected { path: path.to_owned(), problem: problem.to_owned() }
}

/// A resource to send: a new one, or changes to an existing one.
#[derive(Serialize)]
pub(crate) struct Outgoing<'a, A> {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attributes: Option<A>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) relationships: BTreeMap<&'static str, Linkage<'a>>,
}

/// A relationship to send, to one or more resources.
#[derive(Serialize)]
pub(crate) struct Linkage<'a> {
    data: Ends<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Ends<'a> {
    One(Identifier<'a>),
    Many(Vec<Identifier<'a>>),
}

#[derive(Serialize)]
struct Identifier<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
}

impl<'a> Linkage<'a> {
    pub(crate) fn one(kind: &'static str, id: &'a str) -> Self {
        Self { data: Ends::One(Identifier { kind, id }) }
    }

    pub(crate) fn many(kind: &'static str, ids: impl IntoIterator<Item = &'a str>) -> Self {
        Self { data: Ends::Many(ids.into_iter().map(|id| Identifier { kind, id }).collect()) }
    }

    /// The body of a request that changes only this relationship.
    pub(crate) fn body(&self) -> Result<Bytes, Error> {
        let json = serde_json::to_vec(self).map_err(|error| Error::Request { reason: error.to_string() })?;
        Ok(json.into())
    }
}

/// A new resource without attributes.
pub(crate) fn bare<'a>(
    kind: &'static str,
    relationships: impl IntoIterator<Item = (&'static str, Linkage<'a>)>,
) -> Result<Bytes, Error> {
    let relationships = relationships.into_iter().collect();
    Outgoing::<()> { kind, id: None, attributes: None, relationships }.body()
}

impl<A: Serialize> Outgoing<'_, A> {
    /// The request's body. It can hold a secret, so it is zeroized on drop.
    pub(crate) fn body(&self) -> Result<Bytes, Error> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
        let document = BTreeMap::from([("data", self)]);
        serde_json::to_writer(&mut *bytes, &document).map_err(|error| Error::Request { reason: error.to_string() })?;
        Ok(Bytes::from_owner(bytes))
    }
}
