//! One way to send: bounded in time and size, no redirect to another host, no cookie, and no proxy towards this computer.

use std::time::Duration;

use hookbell_core::{Secret, causes, root_cause};
use hookbell_http::{Clients, ForbiddenAddress, checked_address, quoted, read_at_most, retry_after};
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};

use crate::{ActionFailure, Next};

/// How long a whole request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of an answer is read.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024;

/// How many redirects within one host are followed.
pub const MAX_REDIRECTS: usize = 3;

/// The shortest part of a secret address that is taken for a secret, in bytes. Shorter ones name versions and the like.
const MIN_SECRET_PART_BYTES: usize = 5;

/// Where a request goes.
#[derive(Debug, Clone)]
pub enum ActionTarget {
    /// An address that stands in the rule.
    Url(String),
    /// An address that is a secret, as those of chats are.
    Secret(Secret),
}

impl ActionTarget {
    fn text(&self) -> &str {
        match self {
            Self::Url(url) => url,
            Self::Secret(url) => url.expose(),
        }
    }

    /// A text from outside without the parts of a secret address: pages of errors repeat what was asked for.
    pub(crate) fn hidden_in(&self, text: String) -> String {
        let Self::Secret(url) = self else { return text };
        let after_host = url.expose().split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?']));
        let parts = after_host.map(|(_, rest)| rest.split(['/', '?', '&', '=', '#'])).into_iter().flatten();
        let mut parts: Vec<_> = parts.filter(|part| part.len() >= MIN_SECRET_PART_BYTES).collect();
        // One may be within another.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        parts.into_iter().fold(text, |text, part| if text.contains(part) { text.replace(part, "…") } else { text })
    }
}

/// What a service answered to a request that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The beginning of the body, at most 16 KiB, for people.
    pub body: String,
}

/// A POST, ready to be sent.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Sends requests. One is enough for a process.
#[derive(Debug)]
pub struct Sender {
    clients: Clients,
}

impl Default for Sender {
    fn default() -> Self {
        Self::with_timeout(REQUEST_TIMEOUT)
    }
}

/// What came back, before anybody knows what it means for the service.
pub(crate) struct Raw {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    pub(crate) retry_after: Option<Duration>,
}

impl Sender {
    /// One whose requests may take this long; usually 30 seconds.
    #[must_use]
    pub fn with_timeout(timeout: Duration) -> Self {
        Self { clients: Clients::new(timeout, redirects) }
    }

    /// Sends a POST and reads the answer, whatever its status is.
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
                ActionFailure::give_up(format!("“{name}” is not a header's name"), "Change it in the rule.")
            })?;
            let mut value = HeaderValue::try_from(value).map_err(|_| {
                ActionFailure::give_up(format!("the value of {name} is not one line"), "Change it in the rule.")
            })?;
            value.set_sensitive(true);
            headers.append(name, value);
        }
        let client = self
            .clients
            .towards(&url, allow_private)
            .map_err(|error| ActionFailure::retry(format!("no client: {error}"), ""))?;
        let mut response =
            client.post(url).headers(headers).body(post.body).send().await.map_err(|error| unreachable_host(&error))?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let body = read_at_most(&mut response, MAX_ANSWER_BYTES).await.map_err(|error| unreachable_host(&error))?;
        let body = target.hidden_in(String::from_utf8_lossy(&body).into_owned());
        Ok(Raw { status, body, retry_after })
    }
}

/// A redirect to another host would hand the event to somebody else. Only these two statuses keep the body: after any
/// other the request would become a GET, and its answer would pass for the event's.
fn redirects() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let keeps_body = matches!(attempt.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
        let same = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
        let few = attempt.previous().len() <= MAX_REDIRECTS;
        if keeps_body && same && few { attempt.follow() } else { attempt.stop() }
    })
}

impl Raw {
    /// The answer, or what its status means for every service.
    pub(crate) fn settle(self, service: &str) -> Result<Answer, ActionFailure> {
        let status = self.status;
        if status.is_success() {
            return Ok(Answer { status: status.as_u16(), body: self.body });
        }
        let said = format!("{service} answered {}{}", status.as_u16(), quoted(&self.body));
        let failure = match status.as_u16() {
            410 => {
                ActionFailure::switch_off(said, "The address is gone. Give the rule another one, then enable it again.")
            }
            300..=399 => {
                ActionFailure::give_up(said, "The address redirects elsewhere. Put the final address in the rule.")
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

/// What is the matter with the connection, without the address: that may be a secret.
fn unreachable_host(error: &reqwest::Error) -> ActionFailure {
    if let Some(forbidden) = causes(error).find_map(|cause| cause.downcast_ref::<ForbiddenAddress>()) {
        // What a name resolves to here may change, as when a VPN ends.
        return ActionFailure::retry(forbidden.to_string(), "Check the network, or change the address in the rule.");
    }
    if error.is_timeout() {
        return ActionFailure::retry("no answer in time", "Check that the server is up.");
    }
    let cause = root_cause(error).unwrap_or_else(|| "the connection broke".to_owned());
    let certificate = cause.contains("certificate");
    let hint = if certificate { "Check the server's certificate." } else { "Check that the server is up." };
    ActionFailure::retry(cause, hint)
}
