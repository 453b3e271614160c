//! Errors, split by source: a refusal by Apple (a [`Refusal`], in Apple's words) or a failure on the way.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Url;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::rate_limit::RateLimits;

/// Why a request gave no usable answer. [`hint`](Error::hint) says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// App Store Connect refused.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The answer is no JSON, such as a proxy's page in HTML.
    #[error("the response ({status}) isn't JSON{}", of_type(.content_type.as_deref()))]
    NotJson {
        /// The HTTP status.
        status: u16,
        /// The answer's content type.
        content_type: Option<String>,
    },
    /// The JSON ends in the middle.
    #[error("the response ({status}) was cut short")]
    Truncated {
        /// The HTTP status.
        status: u16,
    },
    /// JSON, but with a field that is not what the API's description says.
    #[error("the response has something unexpected at {path}: {problem}")]
    Unexpected {
        /// The field, for instance `data[3].attributes.createdDate`.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The answer is larger than [`crate::ClientSettings::max_body`].
    #[error("the response is larger than {limit} bytes and wasn't read to its end")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The connection failed, so nothing was sent.
    #[error("App Store Connect can't be reached: {reason}")]
    Unreachable {
        /// Scheme, host and port of the address.
        address: String,
        /// The cause, as the system reports it.
        reason: String,
    },
    /// The connection broke after the request went out: it may or may not have been carried out.
    #[error("the connection broke before the response was complete: {reason}")]
    Interrupted {
        /// The cause, as the system reports it.
        reason: String,
    },
    /// No complete answer in time: the request may or may not have been carried out.
    #[error("no response within {} s", after.as_secs_f32())]
    TimedOut {
        /// How long we waited.
        after: Duration,
    },
    /// The answer is a redirect. None is followed, as it could take the token elsewhere.
    #[error("the response ({status}) redirects to {to}")]
    Redirected {
        /// The HTTP status.
        status: u16,
        /// Scheme, host and port of the target.
        to: String,
    },
    /// A page's `links.next` leads to another host. It is not followed.
    #[error("the next page is at another address, {to}")]
    ForeignLink {
        /// Scheme, host and port of the link.
        to: String,
    },
    /// The pages lead in a circle, or there are more than [`crate::ClientSettings::max_pages`].
    #[error("the list doesn't end after {pages} pages")]
    EndlessPaging {
        /// How many pages were read.
        pages: usize,
    },
    /// An id that can't be a part of a URL's path: a dot segment.
    #[error("{id:?} isn't a valid App Store Connect id")]
    UnusableId {
        /// The id.
        id: String,
    },
    /// The request could not be built.
    #[error("the request can't be sent: {reason}")]
    Request {
        /// The cause.
        reason: String,
    },
    /// The token could not be signed.
    #[error("the token can't be signed with this key")]
    Sign,
}

impl Error {
    /// What to do about it, or a likely cause, if this error alone tells.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotJson { .. } => Some("a proxy or a captive portal may be in between"),
            Self::Truncated { .. } => Some("try again"),
            Self::Redirected { .. } => Some("redirects aren't followed; check the API's address"),
            Self::ForeignLink { .. } => Some("only the API's own address is followed"),
            _ => None,
        }
    }

    /// Apple's refusal, if this is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::NotJson { status, .. } | Self::Truncated { status } | Self::Redirected { status, .. } => {
                Some(*status)
            }
            _ => None,
        }
    }

    /// Whether Apple says that the resource doesn't exist. A proxy's page with the same status doesn't count. A single
    /// such answer isn't conclusive: Apple sometimes doesn't find what was just created.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.refusal().is_some_and(Refusal::is_not_found)
    }

    /// Whether Apple says that the key lacks the permission. A missing agreement doesn't count.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.refusal().is_some_and(Refusal::is_forbidden)
    }

    /// Whether the key reached a rate limit, per minute or per hour.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429) || self.refusal().is_some_and(Refusal::is_rate_limited)
    }

    /// Whether the same request may succeed later with nothing changed.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Interrupted { .. } | Self::TimedOut { .. } | Self::Truncated { .. } => {
                true
            }
            _ => self.is_rate_limited() || matches!(self.status(), Some(500 | 502 | 503 | 504)),
        }
    }

    /// Removes these words from every text that came from outside.
    pub(crate) fn without(mut self, hidden: &[impl AsRef<str>]) -> Self {
        // The second spelling is the one that descriptions of wrong values quote.
        let spellings = |word: &str| [word.to_owned(), word.escape_debug().to_string()].map(Zeroizing::new);
        let words: Vec<_> = hidden.iter().map(AsRef::as_ref).flat_map(spellings).collect();
        let hide = |text: &mut String| {
            for word in words.iter().filter(|word| !word.is_empty()) {
                if text.contains(word.as_str()) {
                    *text = text.replace(word.as_str(), "…");
                }
            }
        };
        match &mut self {
            Self::Refused(refusal) => refusal.errors.iter_mut().for_each(|error| error.each_text(hide)),
            Self::Unexpected { path, problem } => [path, problem].into_iter().for_each(hide),
            Self::NotJson { content_type: Some(text), .. }
            | Self::Redirected { to: text, .. }
            | Self::ForeignLink { to: text } => hide(text),
            _ => {}
        }
        self
    }
}

fn of_type(content_type: Option<&str>) -> String {
    content_type.map(|text| format!(" but {text}")).unwrap_or_default()
}

/// A refusal by App Store Connect, in its own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Apple's objections, usually one. Empty if the answer gives none.
    pub errors: Vec<ErrorObject>,
    /// How long Apple asks to wait.
    pub retry_after: Option<Duration>,
    /// How far this machine's clock is ahead of the answer's `Date`, to the second.
    pub clock_ahead: Option<SignedDuration>,
    /// The key's limits in this answer.
    pub rate_limit: RateLimits,
}

/// Where agreements are accepted, unless the answer names a page. Apple's answers name `/business`.
const AGREEMENTS_PAGE: &str = "https://appstoreconnect.apple.com/business";

/// Where the Program License Agreement is accepted, unless the answer names a page.
const LICENSE_PAGE: &str = "https://developer.apple.com/account";

/// The base of relative addresses in an error's `links`. Seen in answers, not in the description.
const LINKS_BASE: &str = "https://appstoreconnect.apple.com";

impl Refusal {
    /// Whether the resource doesn't exist. An unknown path doesn't count.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.status, 404 | 410) && !self.has_code("PATH_ERROR") && self.agreement_page().is_none()
    }

    /// Whether the key lacks the permission.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status == 403 && self.agreement_page().is_none() && !self.is_rate_limited()
    }

    /// Whether the key reached a rate limit, per minute or per hour.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status == 429 || self.has_code("RATE_LIMIT_EXCEEDED")
    }

    /// The page for accepting a missing agreement, if that is the reason.
    ///
    /// The codes decide: `FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED`, `FORBIDDEN_ERROR.PLA_NOT_ACCEPTED` and
    /// similar ones come with 403, like a missing permission. The page is the one in the error's `links.see`, if that
    /// is one of Apple's.
    #[must_use]
    pub fn agreement_page(&self) -> Option<String> {
        let parts = |error: &ErrorObject| -> Vec<String> {
            error.code.iter().flat_map(|code| code.split('.')).map(str::to_owned).collect()
        };
        let is_license = |part: &String| part.starts_with("PLA_") || part.contains("LICENSE_AGREEMENT");
        let is_agreement = |part: &String| is_license(part) || part.contains("AGREEMENT");
        let error = self.errors.iter().find(|error| parts(error).iter().any(is_agreement))?;
        Some(error.page().unwrap_or_else(|| {
            let page = if parts(error).iter().any(is_license) { LICENSE_PAGE } else { AGREEMENTS_PAGE };
            page.to_owned()
        }))
    }

    /// The first error about this attribute, relationship or parameter.
    #[must_use]
    pub fn about(&self, field: &str) -> Option<&ErrorObject> {
        self.errors.iter().find(|error| error.field() == Some(field))
    }

    /// Whether any error has this code or a more specific one: `FORBIDDEN` also matches
    /// `FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED`.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        let below = |found: &str| found.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.errors.iter().filter_map(|error| error.code.as_deref()).any(below)
    }
}

impl std::error::Error for Refusal {}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.errors.as_slice() {
            [] => write!(f, "App Store Connect returned {}", self.status),
            [first] => write!(f, "App Store Connect rejected the request ({}): {first}", self.status),
            [first, rest @ ..] => {
                write!(f, "App Store Connect rejected the request ({}): {first} (and {} more)", self.status, rest.len())
            }
        }
    }
}

/// One of Apple's error objects
/// (<https://developer.apple.com/documentation/appstoreconnectapi/errorresponse>).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ErrorObject {
    /// The id of this occurrence, for reports to Apple.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    /// The HTTP status, as text.
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    /// A machine-readable code: `ENTITY_ERROR.ATTRIBUTE.TYPE`.
    #[serde(deserialize_with = "lenient")]
    pub code: Option<String>,
    /// A short description.
    #[serde(deserialize_with = "lenient")]
    pub title: Option<String>,
    /// A description in a sentence.
    #[serde(deserialize_with = "lenient")]
    pub detail: Option<String>,
    /// Its location in the request.
    pub source: Option<ErrorSource>,
    /// Fields not modelled here, such as `meta.associatedErrors`.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A text, or `None` for any other type: one odd member must not hide the other reasons.
fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

/// The location of an error in the request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ErrorSource {
    /// A JSON pointer (RFC 6901) into the body.
    Pointer(String),
    /// The name of a query parameter.
    Parameter(String),
    /// Another kind of location.
    #[serde(untagged)]
    Other(Value),
}

impl ErrorObject {
    /// The attribute, relationship or parameter in question: `url` for `/data/attributes/url`, `eventTypes` for
    /// `/data/attributes/eventTypes/0`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self.source.as_ref()? {
            ErrorSource::Parameter(name) => Some(name.as_str()),
            ErrorSource::Pointer(pointer) => {
                let below_data = pointer.trim_start_matches('/').strip_prefix("data/")?;
                let mut segments = below_data.split('/');
                match segments.next()? {
                    "attributes" | "relationships" => segments.next(),
                    other => Some(other),
                }
            }
            ErrorSource::Other(_) => None,
        }
        .filter(|field| !field.is_empty())
    }

    /// The page that Apple refers to. `None` for other sites.
    fn page(&self) -> Option<String> {
        let see = self.other.get("links")?.get("see")?;
        let link = see.as_str().or_else(|| see.get("href")?.as_str())?;
        let url = Url::parse(LINKS_BASE).ok()?.join(link).ok()?;
        let apples = |host: &str| host == "apple.com" || host.ends_with(".apple.com");
        let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let trusted = url.scheme() == "https" && url.host_str().is_some_and(apples) && is_plain;
        trusted.then(|| url.to_string())
    }

    fn each_text(&mut self, mut change: impl FnMut(&mut String)) {
        let texts = [&mut self.id, &mut self.status, &mut self.code, &mut self.title, &mut self.detail];
        texts.into_iter().flatten().for_each(&mut change);
        match &mut self.source {
            Some(ErrorSource::Pointer(text) | ErrorSource::Parameter(text)) => change(text),
            Some(ErrorSource::Other(value)) => each_string(value, &mut change),
            None => {}
        }
        self.other.values_mut().for_each(|value| each_string(value, &mut change));
    }
}

fn each_string(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_string(value, change)),
        Value::Object(map) => map.values_mut().for_each(|value| each_string(value, change)),
        _ => {}
    }
}

/// Apple's title and detail, without repetition.
impl std::fmt::Display for ErrorObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let title = self.title.as_deref().map(|text| text.trim_end_matches('.'));
        match (title, self.detail.as_deref(), self.code.as_deref()) {
            (Some(title), Some(detail), _) if !detail.starts_with(title) => write!(f, "{title}: {detail}"),
            (_, Some(text), _) | (Some(text), ..) | (.., Some(text)) => f.write_str(text),
            (None, None, None) => f.write_str("no reason given"),
        }
    }
}
