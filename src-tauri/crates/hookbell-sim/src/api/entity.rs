//! Reads the body of a create or update, and reports each error at its location.

use hookbell_core::Secret;
use serde_json::{Map, Value};

use super::{kind::Kind, linkages, refusal::Refusal};

/// The `data` of a request's body.
pub(crate) struct Entity {
    attributes: Map<String, Value>,
    relationships: Map<String, Value>,
    refusals: Vec<Refusal>,
}

impl Entity {
    /// Reads the body of a create.
    ///
    /// # Errors
    /// 400 if it is not a JSON object with `data`, 409 if it has another type.
    pub(crate) fn create(kind: &Kind, body: &[u8]) -> Result<Self, Refusal> {
        Ok(Self::of(data(kind, body)?))
    }

    /// Reads the body of an update, whose `id` must match the path.
    ///
    /// # Errors
    /// As [`Entity::create`], and 409 if the id is missing or differs.
    pub(crate) fn update(kind: &Kind, id: &str, body: &[u8]) -> Result<Self, Refusal> {
        let data = data(kind, body)?;
        if data.get("id").and_then(Value::as_str) == Some(id) {
            return Ok(Self::of(data));
        }
        let detail = format!("The id of the entity must be '{id}', as in the URL");
        Err(Refusal::entity("ID.INVALID", "The provided entity has an invalid id", detail, "/data/id"))
    }

    fn of(mut data: Map<String, Value>) -> Self {
        let mut take = |name: &str| match data.remove(name) {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        Self { attributes: take("attributes"), relationships: take("relationships"), refusals: Vec::new() }
    }

    /// Refuses attributes that the type does not have.
    pub(crate) fn refuse_unknown(&mut self, known: &[&str]) {
        let unknown = self.attributes.keys().filter(|name| !known.contains(&name.as_str()));
        self.refusals.extend(unknown.map(|name| {
            let detail = format!("'{name}' is not an attribute that can be given in this request");
            let title = "The provided entity includes an unknown attribute";
            Refusal::entity("ATTRIBUTE.UNKNOWN", title, detail, &format!("/data/attributes/{name}"))
        }));
    }

    /// Refuses absent or null attributes.
    pub(crate) fn require(&mut self, names: &[&str]) {
        let absent = |name: &&&str| self.attributes.get(**name).is_none_or(Value::is_null);
        for name in names.iter().filter(absent).collect::<Vec<_>>() {
            let detail = format!("You must provide a value for the attribute '{name}' with this request");
            let title = "The provided entity is missing a required attribute";
            self.refuse(Refusal::entity("ATTRIBUTE.REQUIRED", title, detail, &format!("/data/attributes/{name}")));
        }
    }

    /// A non-empty text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.attributes.get(name).filter(|value| !value.is_null())?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(name, "a string");
        }
        let text = text?;
        if text.trim().is_empty() {
            self.invalid(name, format!("The attribute '{name}' can not be blank"));
            return None;
        }
        Some(text)
    }

    /// One of several texts.
    pub(crate) fn choice(&mut self, name: &str, known: &[&str]) -> Option<String> {
        let text = self.text(name)?;
        let fits = known.contains(&text.as_str());
        if !fits {
            self.refuse(type_error(name, format!("'{text}' is not a valid value for the attribute '{name}'")));
        }
        fits.then_some(text)
    }

    /// A size in bytes, at least one.
    pub(crate) fn size(&mut self, name: &str) -> Option<u64> {
        let value = self.value(name)?;
        let size = value.as_u64().filter(|size| *size > 0);
        if size.is_none() {
            self.wrong_type(name, "an integer of 1 or more");
        }
        size
    }

    /// A text, possibly empty, of at most `max_bytes`.
    pub(crate) fn words(&mut self, name: &str, max_bytes: usize) -> Option<String> {
        let words = self.value(name)?.as_str().map(str::to_owned);
        let Some(words) = words else {
            self.wrong_type(name, "a string");
            return None;
        };
        if words.len() > max_bytes {
            let title = "An attribute value is too long.";
            let detail = format!("The attribute '{name}' can not be longer than {max_bytes} characters");
            let pointer = format!("/data/attributes/{name}");
            self.refuse(Refusal::entity("ATTRIBUTE.INVALID.TOO_LONG", title, detail, &pointer));
            return None;
        }
        Some(words)
    }

    /// Any non-null value.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.attributes.get(name).filter(|value| !value.is_null())
    }

    /// A boolean.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.attributes.get(name).filter(|value| !value.is_null())?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong_type(name, "a boolean");
        }
        flag
    }

    /// A secret, verbatim.
    pub(crate) fn secret(&mut self, name: &str) -> Option<Secret> {
        Secret::new(self.text(name)?).ok()
    }

    /// A list of texts, at least one, all accepted by `known`.
    pub(crate) fn choices(&mut self, name: &str, known: impl Fn(&str) -> bool) -> Option<Vec<String>> {
        let value = self.attributes.get(name).filter(|value| !value.is_null())?.clone();
        let Value::Array(values) = value else {
            self.wrong_type(name, "an array");
            return None;
        };
        let mut chosen: Vec<String> = Vec::new();
        for value in &values {
            match value.as_str().filter(|text| known(text)) {
                Some(text) if !chosen.iter().any(|other| other == text) => chosen.push(text.to_owned()),
                Some(_) => {}
                None => {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    let detail = format!("'{value}' is not a valid value for the attribute '{name}'");
                    self.refuse(type_error(name, detail));
                    return None;
                }
            }
        }
        if chosen.is_empty() {
            self.invalid(name, format!("The attribute '{name}' must have at least one value"));
            return None;
        }
        Some(chosen)
    }

    /// The id in a required relationship, of the right type.
    pub(crate) fn related(&mut self, name: &str, kind: &Kind) -> Option<String> {
        let pointer = format!("/data/relationships/{name}");
        let data = self.relationships.get(name).and_then(|to_one| to_one.get("data"));
        let field = |field: &str| data.and_then(|data| data.get(field)).and_then(Value::as_str);
        match (field("type"), field("id")) {
            (Some(of), Some(id)) if of == kind.name => Some(id.to_owned()),
            (None, None) => {
                let detail = format!("You must provide a value for the relationship '{name}' with this request");
                let title = "The provided entity is missing a required relationship";
                self.refuse(Refusal::entity("RELATIONSHIP.REQUIRED", title, detail, &pointer));
                None
            }
            _ => {
                let detail = format!("The relationship '{name}' must name a resource of type '{}'", kind.name);
                let title = "The provided entity includes a relationship with an invalid value";
                self.refuse(Refusal::entity("RELATIONSHIP.INVALID", title, detail, &pointer));
                None
            }
        }
    }

    /// The same for an optional relationship.
    pub(crate) fn maybe_related(&mut self, name: &str, kind: &Kind) -> Option<String> {
        if self.relationships.contains_key(name) { self.related(name, kind) } else { None }
    }

    /// The ids in a to-many relationship; none if it is absent.
    pub(crate) fn all_related(&mut self, name: &str, kind: &Kind) -> Vec<String> {
        let Some(given) = self.relationships.get(name) else { return Vec::new() };
        linkages::ids(kind, given).unwrap_or_else(|refusal| {
            self.refuse(refusal);
            Vec::new()
        })
    }

    /// Records that an attribute has an invalid value.
    pub(crate) fn invalid(&mut self, name: &str, detail: String) {
        let title = "An attribute value is invalid.";
        self.refuse(Refusal::entity("ATTRIBUTE.INVALID", title, detail, &format!("/data/attributes/{name}")));
    }

    /// Records a refusal.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    /// Everything recorded, as one answer.
    pub(crate) fn verdict(self) -> Result<(), Refusal> {
        Refusal::all(self.refusals).map_or(Ok(()), Err)
    }

    fn wrong_type(&mut self, name: &str, wanted: &str) {
        self.refuse(type_error(name, format!("The attribute '{name}' must be {wanted}")));
    }
}

fn type_error(name: &str, detail: String) -> Refusal {
    let title = "An attribute in the provided entity has the wrong type";
    Refusal::entity("ATTRIBUTE.TYPE", title, detail, &format!("/data/attributes/{name}"))
}

fn data(kind: &Kind, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let document: Value = serde_json::from_slice(body).map_err(|error| Refusal::not_json(error.to_string()))?;
    let Some(Value::Object(data)) = document.get("data").cloned() else {
        return Err(Refusal::not_json("the object 'data' is missing"));
    };
    if data.get("type").and_then(Value::as_str) == Some(kind.name) {
        return Ok(data);
    }
    let detail = format!("The type of the entity must be '{}'", kind.name);
    Err(Refusal::entity("TYPE", "The provided entity has the wrong type", detail, "/data/type"))
}
