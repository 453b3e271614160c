//! Apple's refusals: status, code, title, detail and the location of the error.
//!
//! Codes and titles are those of the App Store Connect API; the form is `ErrorResponse` in its OpenAPI description
//! 4.4.1.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// The two codes for a team with an unaccepted agreement.
const AGREEMENT_MISSING: &str = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
const LICENSE_NOT_ACCEPTED: &str = "FORBIDDEN_ERROR.PLA_NOT_ACCEPTED";

/// One error answer, with one or more errors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    errors: Vec<ApiError>,
}

#[derive(Debug, Clone, PartialEq)]
struct ApiError {
    code: String,
    title: &'static str,
    detail: String,
    source: Option<Value>,
    links: Option<Value>,
    meta: Option<Value>,
}

impl Refusal {
    fn new(status: StatusCode, code: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let error =
            ApiError { code: code.to_owned(), title, detail: detail.into(), source: None, links: None, meta: None };
        Self { status, errors: vec![error] }
    }

    fn at(mut self, source: Value) -> Self {
        self.errors.iter_mut().for_each(|error| error.source = Some(source.clone()));
        self
    }

    /// Combines several refusals of one request; `None` if there are none.
    pub(crate) fn all(refusals: Vec<Self>) -> Option<Self> {
        refusals.into_iter().reduce(|mut one, other| {
            one.errors.extend(other.errors);
            one
        })
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "NOT_AUTHORIZED",
            "Authentication credentials are missing or invalid.",
            "Provide a properly configured and signed bearer token, and make sure that it has not expired. \
             Learn more about Generating Tokens for API Requests \
             https://developer.apple.com/go/?id=api-generating-tokens",
        )
    }

    pub(crate) fn role() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "FORBIDDEN_ERROR",
            "This request is forbidden for security reasons",
            "The API key in use does not allow this request",
        )
    }

    pub(crate) fn not_allowed(kind: &str, operation: &str, allowed: &str) -> Self {
        let allowed = if allowed.is_empty() { "none" } else { allowed };
        Self::new(
            StatusCode::FORBIDDEN,
            "FORBIDDEN_ERROR",
            "The given operation is not allowed",
            format!("The resource '{kind}' does not allow '{operation}'. Allowed operations are: {allowed}"),
        )
    }

    pub(crate) fn no_path(path: &str) -> Self {
        let detail = format!("The path provided does not match a defined resource type: {path}");
        Self::new(StatusCode::NOT_FOUND, "PATH_ERROR", "The URL path is not valid", detail)
    }

    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        let detail = format!("There is no resource of type '{kind}' with id '{id}'");
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "The specified resource does not exist", detail)
    }

    pub(crate) fn rate_limit() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "RATE_LIMIT_EXCEEDED",
            "The request rate limit has been reached.",
            "We've received too many requests for this API. Please wait and try again or slow down your request rate.",
        )
    }

    pub(crate) fn illegal_parameter(name: &str) -> Self {
        let detail = format!("The parameter '{name}' can not be used with this request");
        Self::new(StatusCode::BAD_REQUEST, "PARAMETER_ERROR.ILLEGAL", "A given parameter is not allowed", detail)
            .at(json!({ "parameter": name }))
    }

    pub(crate) fn invalid_parameter(name: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "PARAMETER_ERROR.INVALID", "A parameter has an invalid value", detail)
            .at(json!({ "parameter": name }))
    }

    pub(crate) fn required_parameter(name: &str) -> Self {
        let detail = format!("You must provide a value for the parameter '{name}' with this request");
        Self::new(StatusCode::BAD_REQUEST, "PARAMETER_ERROR.REQUIRED", "A required parameter is missing", detail)
            .at(json!({ "parameter": name }))
    }

    pub(crate) fn not_json(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "ENTITY_INVALID",
            "JSON processing failed",
            format!("The request entity could not be read: {}", detail.into()),
        )
    }

    pub(crate) fn media_type(found: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "The content type is not supported",
            format!("The content type '{found}' is not supported. Use 'application/json'"),
        )
    }

    /// An error at one location of the request's body, always 409.
    pub(crate) fn entity(code: &str, title: &'static str, detail: impl Into<String>, pointer: &str) -> Self {
        Self::new(StatusCode::CONFLICT, &format!("ENTITY_ERROR.{code}"), title, detail)
            .at(json!({ "pointer": pointer }))
    }

    /// A relationship to something that doesn't exist or that this key can't use.
    pub(crate) fn relationship(name: &str, kind: &str, id: &str) -> Self {
        let title = "The provided entity includes a relationship with an invalid value";
        let detail = format!("There is no resource of type '{kind}' with id '{id}'");
        Self::entity("RELATIONSHIP.INVALID", title, detail, &format!("/data/relationships/{name}/data/id"))
    }

    /// A build number that is taken, with the last used one (live).
    pub(crate) fn duplicate_number(previous: &str) -> Self {
        let title = "The provided entity includes an attribute with a value that has already been used";
        let detail = "The bundle version must be higher than the previously uploaded version.";
        let pointer = "/data/attributes/cfBundleVersion";
        let mut refusal = Self::entity("ATTRIBUTE.INVALID.DUPLICATE", title, detail, pointer);
        let meta = json!({ "previousBundleVersion": previous });
        refusal.errors.iter_mut().for_each(|error| error.meta = Some(meta.clone()));
        refusal
    }

    pub(crate) fn state(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "STATE_ERROR",
            "The request cannot be fulfilled because of the state of another resource.",
            detail,
        )
    }

    /// The same with the code that only some states have (live).
    pub(crate) fn invalid_state(detail: impl Into<String>) -> Self {
        let mut refusal = Self::state(detail);
        refusal.errors.iter_mut().for_each(|error| error.code.push_str(".ENTITY_STATE_INVALID"));
        refusal
    }

    /// Well-formed but impossible (live).
    pub(crate) fn unprocessable(title: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "ENTITY_UNPROCESSABLE", title, detail)
    }

    /// The team has an unaccepted agreement.
    fn agreement() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            AGREEMENT_MISSING,
            "A required agreement is missing or has expired.",
            "This request requires an in-effect agreement that has not been signed or has expired.",
        )
    }

    /// The link for accepting it. Live answers have this link, although the API's description doesn't.
    fn seen_at_business(mut self) -> Self {
        self.errors.iter_mut().for_each(|error| error.links = Some(json!({ "see": "/business" })));
        self
    }

    /// An answer with any status, for faults; uses the status's usual code if none is given.
    pub(crate) fn fault(status: StatusCode, code: Option<&str>) -> Self {
        let mut refusal = match status {
            _ if code == Some(AGREEMENT_MISSING) => Self::agreement().seen_at_business(),
            _ if code == Some(LICENSE_NOT_ACCEPTED) => Self::agreement(),
            StatusCode::UNAUTHORIZED => Self::unauthorized(),
            StatusCode::FORBIDDEN => Self::role(),
            StatusCode::TOO_MANY_REQUESTS => Self::rate_limit(),
            StatusCode::NOT_FOUND => Self::not_found("any", "this"),
            _ => Self::new(
                status,
                "UNEXPECTED_ERROR",
                "An unexpected error occurred.",
                "An unexpected error occurred on the server side. If this issue continues, contact us at \
                 https://developer.apple.com/contact/.",
            ),
        };
        refusal.status = status;
        if let Some(code) = code {
            refusal.errors.iter_mut().for_each(|error| code.clone_into(&mut error.code));
        }
        refusal
    }

    /// The body, with a unique id for each error.
    pub(crate) fn document(&self) -> Value {
        let status = self.status.as_str();
        let errors = self.errors.iter().map(|error| {
            let mut json = json!({
                "id": uuid::Uuid::new_v4().to_string(),
                "status": status,
                "code": error.code,
                "title": error.title,
                "detail": error.detail,
            });
            if let Some(source) = &error.source {
                json["source"] = source.clone();
            }
            if let Some(links) = &error.links {
                json["links"] = links.clone();
            }
            if let Some(meta) = &error.meta {
                json["meta"] = meta.clone();
            }
            json
        });
        json!({ "errors": errors.collect::<Vec<_>>() })
    }
}
