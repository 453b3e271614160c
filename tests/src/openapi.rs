//! Validates requests and replies against a service's own API description: Apple's, GitHub's, Jira's.
//!
//! The descriptions are not part of this repository: the environment variable [`VARIABLE`] names a copy of Apple's. The
//! tests of the client, the simulator and the trackers share this file, so that none of them can drift from a
//! description unnoticed. One check is stricter than the description: a field that it does not name is an error,
//! because it may be a typo.

use std::{error::Error, path::Path};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// The environment variable with the description's path.
pub const VARIABLE: &str = "HOOKBELL_ASC_OPENAPI";

/// A parsed description.
pub struct OpenApi {
    document: Value,
    paths: Map<String, Value>,
    components: Value,
}

/// Violations of the description, one line each.
#[derive(Debug)]
pub struct Violations(Vec<String>);

impl std::fmt::Display for Violations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Error for Violations {}

impl From<String> for Violations {
    fn from(line: String) -> Self {
        Self(vec![line])
    }
}

impl OpenApi {
    /// Reads the description named by [`VARIABLE`]; `None` if the variable is not set.
    ///
    /// # Errors
    /// If the variable names no valid description.
    pub fn from_env() -> Result<Option<Self>, Box<dyn Error>> {
        std::env::var_os(VARIABLE).map(|path| Self::read(path.as_ref())).transpose()
    }

    /// Reads the description from a file.
    ///
    /// # Errors
    /// If the file can't be read or is not a description.
    pub fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let document: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let paths = document["paths"].as_object().ok_or("the description has no paths")?.clone();
        let components = closed(&document["components"]);
        Ok(Self { document, paths, components })
    }

    /// Checks a request against the description: its path, every part of its query, its body.
    ///
    /// # Errors
    /// [`Violations`] lists what is wrong.
    pub fn check_request(&self, method: &str, target: &str, body: &[u8]) -> Result<(), Violations> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (operation, shared) = self.operation(method, path)?;
        let parameters = [operation, shared].map(|place| place["parameters"].as_array().cloned().unwrap_or_default());
        let parameters = parameters.concat();
        let parameters = parameters.iter().map(|known| self.followed(known));
        let parameters: Vec<&Value> = parameters.filter(|known| known["in"] == "query").collect();

        let mut wrong = Vec::new();
        let pairs = pairs(query);
        for (name, value) in &pairs {
            match parameters.iter().find(|known| known["name"] == name.as_str()) {
                // The next page's address contains one, and the description does not mention it.
                None if name == "cursor" && parameters.iter().any(|known| known["name"] == "limit") => {}
                None => wrong.push(format!("{method} {path} has no parameter {name}")),
                Some(known) => {
                    let value = typed(value, &known["schema"]);
                    wrong.extend(self.violations(&known["schema"], &value, &format!("{method} {path}?{name}"))?);
                }
            }
        }
        for known in parameters.iter().filter(|known| known["required"] == true) {
            if !pairs.iter().any(|(name, _)| known["name"] == name.as_str()) {
                wrong.push(format!("{method} {path} lacks the parameter {}", known["name"]));
            }
        }
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        wrong.extend(self.body_violations(schema, body, &format!("{method} {path}"))?);
        if wrong.is_empty() { Ok(()) } else { Err(Violations(wrong)) }
    }

    /// Checks a reply to this request against the description.
    ///
    /// # Errors
    /// [`Violations`] lists what is wrong.
    pub fn check_answer(&self, method: &str, target: &str, status: u16, body: &[u8]) -> Result<(), Violations> {
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        let (operation, _) = self.operation(method, path)?;
        let place = format!("{status} of {method} {path}");
        let answer = operation["responses"].get(status.to_string());
        let answer = self.followed(answer.ok_or_else(|| format!("{place} is not described"))?);
        let wrong = self.body_violations(&answer["content"]["application/json"]["schema"], body, &place)?;
        if wrong.is_empty() { Ok(()) } else { Err(Violations(wrong)) }
    }

    fn operation(&self, method: &str, path: &str) -> Result<(&Value, &Value), Violations> {
        let segments: Vec<_> = path.split('/').collect();
        let matches = |template: &str| {
            let template: Vec<_> = template.split('/').collect();
            template.len() <= segments.len()
                && template.iter().zip(&segments).all(|(part, segment)| part.starts_with('{') || part == segment)
        };
        let fits = |template: &str, shared: &Value| {
            matches(template) && (template.split('/').count() == segments.len() || self.ends_in_a_path(shared))
        };
        let shared = self.paths.iter().find(|(template, shared)| fits(template, shared)).map(|(_, shared)| shared);
        let shared = shared.ok_or_else(|| format!("{path} is no path of the API"))?;
        let operation = shared.get(method.to_lowercase());
        Ok((operation.ok_or_else(|| format!("{path} has no {method}"))?, shared))
    }

    /// Whether the last parameter of a path may contain slashes, as GitHub marks them.
    fn ends_in_a_path(&self, shared: &Value) -> bool {
        let operations = shared.as_object().into_iter().flat_map(Map::values);
        let parameters = operations.filter_map(|operation| operation["parameters"].as_array()).flatten();
        parameters.map(|known| self.followed(known)).any(|known| known["x-multi-segment"] == true)
    }

    /// Follows a reference; returns any other value as it is.
    fn followed<'a>(&'a self, value: &'a Value) -> &'a Value {
        let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.document.pointer(pointer)).unwrap_or(value)
    }

    fn body_violations(&self, schema: &Value, body: &[u8], place: &str) -> Result<Vec<String>, Violations> {
        match (schema.is_null(), body.is_empty()) {
            (true, true) => Ok(Vec::new()),
            (true, false) => Err(format!("{place} has a body, and none is described").into()),
            (false, true) => Err(format!("{place} has no body").into()),
            (false, false) => {
                let body = serde_json::from_slice(body).map_err(|error| format!("{place} is not JSON: {error}"))?;
                self.violations(schema, &body, place)
            }
        }
    }

    fn violations(&self, schema: &Value, value: &Value, place: &str) -> Result<Vec<String>, Violations> {
        let validator = self.validator(schema).map_err(|error| format!("{place}: {error}"))?;
        Ok(validator.iter_errors(value).map(|error| format!("{place} {}: {error}", error.instance_path())).collect())
    }

    fn validator(&self, schema: &Value) -> Result<Validator, Box<dyn Error>> {
        let root = json!({ "allOf": [closed(schema)], "components": self.components });
        Ok(jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).build(&root)?)
    }
}

/// An OpenAPI 3.0 schema as a JSON schema: `nullable` expanded, and unknown fields of objects forbidden.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Array(schemas) => schemas.iter().map(closed).collect(),
        Value::Object(keywords) => Value::Object(closed_object(keywords)),
        other => other.clone(),
    }
}

fn closed_object(keywords: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for (keyword, value) in keywords {
        let value = match (keyword.as_str(), value) {
            // The keys of these maps are field names, not keywords.
            ("properties", Value::Object(fields)) => {
                fields.iter().map(|(name, field)| (name.clone(), closed(field))).collect()
            }
            ("enum" | "required" | "example" | "default", value) => value.clone(),
            (_, value) => closed(value),
        };
        out.insert(keyword.clone(), value);
    }
    if out.remove("nullable") == Some(Value::Bool(true)) {
        if let Some(kind) = out.get("type").cloned() {
            out.insert("type".to_owned(), json!([kind, "null"]));
        }
        if let Some(Value::Array(values)) = out.get_mut("enum") {
            values.push(Value::Null);
        }
    }
    if out.get("properties").is_some_and(Value::is_object) && !out.contains_key("additionalProperties") {
        out.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    out
}

/// A query value in its schema's type: lists are separated by commas.
fn typed(text: &str, schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("array") => text.split(',').map(|item| typed(item, &schema["items"])).collect(),
        Some("integer") => text.parse::<i64>().map_or_else(|_| json!(text), Value::from),
        Some("boolean") => text.parse::<bool>().map_or_else(|_| json!(text), Value::from),
        _ => json!(text),
    }
}

/// The decoded pairs of a query.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((&first, after)) = rest.split_first() {
            let escaped = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            match (first, escaped) {
                (b'%', Some(byte)) => {
                    bytes.push(byte);
                    rest = &after[2..];
                    continue;
                }
                (b'+', _) => bytes.push(b' '),
                _ => bytes.push(first),
            }
            rest = after;
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(name), decoded(value))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}
