//! One way to send: bounded in time and size, no redirect to another host, no cookie, and no proxy towards this computer.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use hookbell_core::{Secret, causes, is_loopback_host, root_cause};
use reqwest::{
    Client, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect,
};

use crate::{
    ActionFailure, ForbiddenAddress, Next,
    address::{Resolver, checked},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a whole request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of an answer is read.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024;

/// The longest wait that a service may ask for; more is cut.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// How many redirects within one host are followed.
pub const MAX_REDIRECTS: usize = 3;

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
    timeout: Duration,
    clients: Mutex<HashMap<Reach, Client>>,
}

/// Where a client connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reach {
    allow_private: bool,
    is_here: bool,
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
        Self { timeout, clients: Mutex::default() }
    }

    /// Sends a POST and reads the answer, whatever its status is.
    pub(crate) async fn post(
        &self,
        target: &ActionTarget,
        allow_private: bool,
        post: Post,
    ) -> Result<Raw, ActionFailure> {
        let url = checked(target.text(), allow_private)
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
        let is_here = url.host_str().is_some_and(is_loopback_host);
        let client = self.client(Reach { allow_private, is_here })?;
        let mut response =
            client.post(url).headers(headers).body(post.body).send().await.map_err(|error| unreachable_host(&error))?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let mut body = Vec::new();
        while body.len() < MAX_ANSWER_BYTES
            && let Some(chunk) = response.chunk().await.map_err(|error| unreachable_host(&error))?
        {
            body.extend_from_slice(&chunk[..chunk.len().min(MAX_ANSWER_BYTES - body.len())]);
        }
        Ok(Raw { status, body: String::from_utf8_lossy(&body).into_owned(), retry_after })
    }

    fn client(&self, reach: Reach) -> Result<Client, ActionFailure> {
        let mut kept = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = kept.get(&reach) {
            return Ok(client.clone());
        }
        // A redirect to another host would hand the event to somebody else. Only these two statuses keep the body: after
        // any other the request would become a GET, and its answer would pass for the event's.
        let follow = redirect::Policy::custom(|attempt| {
            let keeps_body =
                matches!(attempt.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
            let same = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
            let few = attempt.previous().len() <= MAX_REDIRECTS;
            if keeps_body && same && few { attempt.follow() } else { attempt.stop() }
        });
        let client = Client::builder();
        let client = if reach.is_here { client.no_proxy() } else { client }
            .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
            .redirect(follow)
            .referer(false)
            .dns_resolver(Resolver::new(reach.allow_private))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(self.timeout)
            .build()
            .map_err(|error| ActionFailure::retry(format!("no client: {error}"), ""))?;
        kept.insert(reach, client.clone());
        Ok(client)
    }
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

/// The first line of an answer, for people.
pub(crate) fn quoted(body: &str) -> String {
    const MAX_QUOTED_CHARS: usize = 120;
    let line: String = hookbell_core::visible::plain(body.trim()).lines().next().unwrap_or_default().to_owned();
    if line.is_empty() || line.starts_with('<') {
        return String::new();
    }
    let cut: String = line.chars().take(MAX_QUOTED_CHARS).collect();
    format!(": “{cut}”")
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::now()).unwrap_or_default(),
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// What is the matter with the connection, without the address: that may be a secret.
fn unreachable_host(error: &reqwest::Error) -> ActionFailure {
    if let Some(forbidden) = causes(error).find_map(|cause| cause.downcast_ref::<ForbiddenAddress>()) {
        return ActionFailure::give_up(forbidden.to_string(), "Change the address in the rule.");
    }
    if error.is_timeout() {
        return ActionFailure::retry("no answer in time", "Check that the server is up.");
    }
    let cause = root_cause(error).unwrap_or_else(|| "the connection broke".to_owned());
    let certificate = cause.contains("certificate");
    let hint = if certificate { "Check the server's certificate." } else { "Check that the server is up." };
    ActionFailure::retry(cause, hint)
}
