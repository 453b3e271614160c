//! Reads linkages: the body of a change to a to-many relationship.

use serde_json::Value;

use super::{kind::Kind, refusal::Refusal};

/// The ids in the body of a change.
///
/// # Errors
/// 400 if it is not JSON, 409 if an entry has another type.
pub(crate) fn read(kind: &Kind, body: &[u8]) -> Result<Vec<String>, Refusal> {
    let document: Value = serde_json::from_slice(body).map_err(|error| Refusal::not_json(error.to_string()))?;
    ids(kind, &document)
}

/// The ids in the `data` of a relationship.
///
/// # Errors
/// As [`read`].
pub(crate) fn ids(kind: &Kind, relationship: &Value) -> Result<Vec<String>, Refusal> {
    let Some(names) = relationship["data"].as_array() else {
        return Err(Refusal::not_json("the array 'data' is missing"));
    };
    names.iter().map(|name| id(kind, name)).collect()
}

fn id(kind: &Kind, name: &Value) -> Result<String, Refusal> {
    match (name["type"].as_str(), name["id"].as_str()) {
        (Some(of), Some(id)) if of == kind.name => Ok(id.to_owned()),
        _ => {
            let title = "The provided entity includes a relationship with an invalid value";
            let detail = format!("The relationship must name resources of type '{}'", kind.name);
            Err(Refusal::entity("RELATIONSHIP.INVALID", title, detail, "/data"))
        }
    }
}
