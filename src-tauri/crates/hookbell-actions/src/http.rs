//! The only way to send: limited time and size, no redirect to another host, no cookie, and no proxy for this computer.

use std::time::Duration;

use hookbell_core::{Secret, causes, root_cause};
use hookbell_http::{Clients, ForbiddenAddress, checked_address, quoted, read_at_most, retry_after};
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};

use crate::{ActionFailure, Next};

/// The time limit for a whole request.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum part of a response that is read.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024;

/// The maximum number of redirects followed, within one host.
pub const MAX_REDIRECTS: usize = 3;

/// The minimum length of a secret address's segment to count as secret, in bytes. Shorter ones are versions and the
/// like.
const MIN_SECRET_PART_BYTES: usize = 5;

/// The destination of a request.
#[derive(Debug, Clone)]
pub enum ActionTarget {
    /// An address written in the rule.
    Url(String),
    /// An address that is a secret, such as a chat's.
    Secret(Secret),
}

impl ActionTarget {
    fn text(&self) -> &str {
        match self {
            Self::Url(url) => url,
            Self::Secret(url) => url.expose(),
        }
    }

    /// Untrusted text without the segments of a secret address: error pages repeat the requested address.
    pub(crate) fn hidden_in(&self, text: String) -> String {
        let Self::Secret(url) = self else { return text };
        let after_host = url.expose().split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?']));
        let parts = after_host.map(|(_, rest)| rest.split(['/', '?', '&', '=', '#'])).into_iter().flatten();
        let mut parts: Vec<_> = parts.filter(|part| part.len() >= MIN_SECRET_PART_BYTES).collect();
        // One may contain another.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        parts.into_iter().fold(text, |text, part| if text.contains(part) { text.replace(part, "…") } else { text })
    }
}

/// A service's response to a request that it accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The start of the body, at most 16 KiB, for people.
    pub body: String,
}

/// A POST request, ready to send.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Sends requests. One per process is enough.
#[derive(Debug)]
pub struct Sender {
    clients: Clients,
}

impl Default for Sender {
    fn default() -> Self {
        Self::with_timeout(REQUEST_TIMEOUT)
    }
}

/// The response, before its service-specific meaning is known.
pub(crate) struct Raw {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    pub(crate) retry_after: Option<Duration>,
}

impl Sender {
    /// A sender with this time limit per request, instead of the default of 30 seconds.
    #[must_use]
    pub fn with_timeout(timeout: Duration) -> Self {
        Self { clients: Clients::new(timeout, redirects) }
    }

    /// Sends a POST and reads the response, whatever its status.
    pub(crate) async fn post(
        &self,
        target: &ActionTarget,
        allow_private: bool,
        post: Post,
    ) -> Result<Raw, ActionFailure> {
        let url = checked_address(target.text(), allow_private)
            .map_err(|why| ActionFailure::give_up(why.to_string(), "Change the address in the rule."))?;
        let mut headers = HeaderMap::new();
        for (name, value) in post.headers {
            let name = HeaderName::try_from(&name).map_err(|_| {
                ActionFailure::give_up(format!("“{name}” isn’t a valid header name"), "Change it in the rule.")
            })?;
            let mut value = HeaderValue::try_from(value).map_err(|_| {
                ActionFailure::give_up(format!("the value of {name} isn’t a single line"), "Change it in the rule.")
            })?;
            value.set_sensitive(true);
            headers.append(name, value);
        }
        let client = self
            .clients
            .towards(&url, allow_private)
            .map_err(|error| ActionFailure::retry(format!("can’t send requests: {error}"), ""))?;
        let mut response =
            client.post(url).headers(headers).body(post.body).send().await.map_err(|error| unreachable_host(&error))?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let body = read_at_most(&mut response, MAX_ANSWER_BYTES).await.map_err(|error| unreachable_host(&error))?;
        let body = target.hidden_in(String::from_utf8_lossy(&body).into_owned());
        Ok(Raw { status, body, retry_after })
    }
}

/// A redirect to another host would pass the event to somebody else. Only these two statuses keep the body: after any
/// other, the request would become a GET, and its response would be taken for the event's.
fn redirects() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let keeps_body = matches!(attempt.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
        let same = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
        let few = attempt.previous().len() <= MAX_REDIRECTS;
        if keeps_body && same && few { attempt.follow() } else { attempt.stop() }
    })
}

impl Raw {
    /// Whether the service rejected the request because of its body: too large, or an unsupported type.
    pub(crate) fn refuses_the_body(&self) -> bool {
        matches!(
            self.status,
            StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNSUPPORTED_MEDIA_TYPE
        )
    }

    /// The response, or the meaning that its status has for every service.
    pub(crate) fn settle(self, service: &str) -> Result<Answer, ActionFailure> {
        let status = self.status;
        if status.is_success() {
            return Ok(Answer { status: status.as_u16(), body: self.body });
        }
        let said = format!("{service} returned {}{}", status.as_u16(), quoted(&self.body));
        let failure = match status.as_u16() {
            410 => ActionFailure::switch_off(
                said,
                "The address no longer exists. Enter another one in the rule, then \
                                                 enable the rule again.",
            ),
            300..=399 => {
                ActionFailure::give_up(said, "The address redirects elsewhere. Enter the final address in the rule.")
            }
            401 | 403 => ActionFailure::give_up(said, "Check the address and its credentials."),
            404 => ActionFailure::give_up(said, "Check the address."),
            408 | 425 | 429 | 500..=599 => ActionFailure::retry(said, ""),
            _ => ActionFailure::give_up(said, "Check what the rule sends."),
        };
        match (failure.next, self.retry_after) {
            (Next::Retry, Some(wait)) => Err(ActionFailure { next: Next::RetryAfter(wait), ..failure }),
            _ => Err(failure),
        }
    }
}

/// What is wrong with the connection, without the address, which may be secret.
fn unreachable_host(error: &reqwest::Error) -> ActionFailure {
    if let Some(forbidden) = causes(error).find_map(|cause| cause.downcast_ref::<ForbiddenAddress>()) {
        // What a name resolves to here may change, for example when a VPN disconnects.
        return ActionFailure::retry(forbidden.to_string(), "Check the network, or change the address in the rule.");
    }
    if error.is_timeout() {
        return ActionFailure::retry("no response in time", "Check that the server is up.");
    }
    let cause = root_cause(error).unwrap_or_else(|| "the connection broke".to_owned());
    // The system's error number means nothing to people.
    let cause = cause.split(" (os error ").next().unwrap_or_default().to_owned();
    let certificate = cause.contains("certificate");
    let hint = if certificate { "Check the server’s certificate." } else { "Check that the server is up." };
    ActionFailure::retry(cause, hint)
}
