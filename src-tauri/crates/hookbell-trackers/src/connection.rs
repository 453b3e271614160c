//! Requests to one tracker: bounded in time and size, with its token only to its own address, and with a clear word on
//! whether something may have been made when an answer is lost.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use hookbell_core::{Secret, causes, root_cause};
use hookbell_http::{Clients, ForbiddenAddress, checked_address, quoted, read_at_most, retry_after};
use reqwest::{
    Method, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LOCATION},
    redirect,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{TrackerFailure, TrackerNext};

/// How long a whole request to a tracker may take: pictures of some megabytes go over slow lines.
pub const TRACKER_REQUEST_TIMEOUT: Duration = Duration::from_secs(120);

/// The longest answer that is read: a page of a hundred long issues.
pub const MAX_TRACKER_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// How many redirects of one reading request are followed.
const MAX_HOPS: usize = 3;

/// The longest pause that a rate limit may ask for.
const MAX_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// GitHub's own header for the second, of Unix time, in which the limit starts anew.
const LIMIT_RESET: &str = "x-ratelimit-reset";
const LIMIT_REMAINING: &str = "x-ratelimit-remaining";

/// The clients of all trackers. One is enough for a process.
#[derive(Debug, Clone)]
pub struct TrackerHttp(Arc<Clients>);

/// One tracker with its address and its token.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) service: &'static str,
    http: TrackerHttp,
    base: Url,
    allow_private: bool,
    authorization: Secret,
}

/// What a second sending of a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// Nothing more than the first.
    IsHarmless,
    /// Perhaps a second issue.
    MakesAnother,
}

impl Repeated {
    /// The failure of a request whose answer is lost or tells nothing.
    pub(crate) fn lost(self, failure: TrackerFailure) -> TrackerFailure {
        match self {
            Self::IsHarmless => failure,
            // Another try finds what this one made.
            Self::MakesAnother if failure.next == TrackerNext::GiveUp => {
                TrackerFailure { next: TrackerNext::Retry, ..failure.after_making() }
            }
            Self::MakesAnother => failure.after_making(),
        }
    }
}

/// A request of the API.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    method: Method,
    path: &'a str,
    headers: Vec<(&'static str, String)>,
    content: Option<(String, Bytes)>,
    repeated: Repeated,
}

impl<'a> Call<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self { method: Method::GET, path, headers: Vec::new(), content: None, repeated: Repeated::IsHarmless }
    }

    pub(crate) fn put(path: &'a str, body: &Value) -> Self {
        Self { method: Method::PUT, ..Self::post(path, body, Repeated::IsHarmless) }
    }

    pub(crate) fn post(path: &'a str, body: &Value, repeated: Repeated) -> Self {
        Self::post_bytes(path, "application/json", body.to_string().into_bytes(), repeated)
    }

    pub(crate) fn post_bytes(path: &'a str, content_type: &str, body: Vec<u8>, repeated: Repeated) -> Self {
        let content = Some((content_type.to_owned(), Bytes::from(body)));
        Self { method: Method::POST, path, headers: Vec::new(), content, repeated }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Asks for the content only if it is another than the one with this etag.
    pub(crate) fn unless(self, etag: Option<&str>) -> Self {
        match etag {
            Some(etag) => self.header("if-none-match", etag),
            None => self,
        }
    }
}

/// What came back, whatever its status is.
#[derive(Debug)]
pub(crate) struct Told {
    service: &'static str,
    repeated: Repeated,
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Default for TrackerHttp {
    fn default() -> Self {
        Self::with_timeout(TRACKER_REQUEST_TIMEOUT)
    }
}

impl TrackerHttp {
    /// Clients whose whole requests may take this long; usually two minutes.
    #[must_use]
    pub fn with_timeout(timeout: Duration) -> Self {
        Self(Arc::new(Clients::new(timeout, redirect::Policy::none)))
    }

    /// Puts a file where a service said that it wants it, with the headers it named and no token of ours.
    pub(crate) async fn put_elsewhere(
        &self,
        service: &'static str,
        address: &str,
        allow_private: bool,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(), TrackerFailure> {
        let url = checked_address(address, allow_private)
            .map_err(|why| TrackerFailure::give_up(format!("{service} named a place for files: {why}"), ""))?;
        let client = self.0.towards(&url, allow_private).map_err(|error| no_client(&error))?;
        let sent = client.put(url).headers(headers).body(body).send().await;
        let status = sent.map_err(|error| broken(&error, Repeated::IsHarmless))?.status();
        if status.is_success() {
            return Ok(());
        }
        let next = if status.is_server_error() { TrackerNext::Retry } else { TrackerNext::GiveUp };
        Err(TrackerFailure::new(next, format!("{service}’s place for files answered {}", status.as_u16()), ""))
    }
}

impl Connection {
    /// A connection to the API at this address; `allow_private` where a person said that it lies in a private network.
    pub(crate) fn new(
        service: &'static str,
        http: &TrackerHttp,
        base: &str,
        allow_private: bool,
        authorization: String,
    ) -> Result<Self, TrackerFailure> {
        let base = checked_address(base, allow_private).map_err(forbidden)?;
        let authorization = Secret::new(authorization)
            .map_err(|_| TrackerFailure::fix_tracker("there is no token", "Add one to the tracker."))?;
        Ok(Self { service, http: http.clone(), base, allow_private, authorization })
    }

    pub(crate) fn http(&self) -> (&TrackerHttp, bool) {
        (&self.http, self.allow_private)
    }

    /// The API's address without a slash at its end.
    pub(crate) fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Sends a request and reads the answer, whatever its status is. Redirects of a GET within the same server are
    /// followed; nothing else is.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Told, TrackerFailure> {
        let mut url = Url::parse(&format!("{}{}", self.base(), call.path)).map_err(|_| {
            TrackerFailure::fix_tracker("the tracker’s address is not a URL", "Remove the tracker and add it again.")
        })?;
        let headers = self.headers(&call)?;
        for _ in 0..=MAX_HOPS {
            let client = self.http.0.towards(&url, self.allow_private).map_err(|error| no_client(&error))?;
            let mut request = client.request(call.method.clone(), url.clone()).headers(headers.clone());
            if let Some((_, body)) = &call.content {
                request = request.body(body.clone());
            }
            let mut response = request.send().await.map_err(|error| broken(&error, call.repeated))?;
            if call.method == Method::GET
                && let Some(next) = redirected(&url, response.status(), response.headers())
            {
                url = next;
                continue;
            }
            let body = read_at_most(&mut response, MAX_TRACKER_ANSWER_BYTES)
                .await
                .map_err(|error| broken(&error, call.repeated))?;
            return Ok(Told {
                service: self.service,
                repeated: call.repeated,
                status: response.status(),
                headers: response.headers().clone(),
                body,
            });
        }
        Err(TrackerFailure::fix_tracker(
            format!("{} redirects again and again", self.service),
            "Check the tracker’s address.",
        ))
    }

    fn headers(&self, call: &Call<'_>) -> Result<HeaderMap, TrackerFailure> {
        let mut headers = HeaderMap::new();
        let mut token = HeaderValue::try_from(self.authorization.expose()).map_err(|_| {
            TrackerFailure::fix_tracker("the token is not one line of ASCII", "Copy the token anew and add it again.")
        })?;
        token.set_sensitive(true);
        headers.insert(AUTHORIZATION, token);
        if let Some((content_type, _)) = &call.content {
            let content_type = HeaderValue::try_from(content_type);
            headers.insert(CONTENT_TYPE, content_type.map_err(|_| unfit_header(CONTENT_TYPE.as_str()))?);
        }
        for &(name, ref value) in &call.headers {
            let value = HeaderValue::try_from(value).map_err(|_| unfit_header(name))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(headers)
    }
}

impl Told {
    pub(crate) fn etag(&self) -> Option<String> {
        self.header(ETAG.as_str()).map(str::to_owned)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The answer of a request that was done.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, TrackerFailure> {
        serde_json::from_slice(&self.body).map_err(|_| {
            let message = format!("{}’s answer could not be read", self.service);
            self.repeated.lost(TrackerFailure::give_up(message, "Check that the address is the tracker’s API."))
        })
    }

    /// The answer as JSON; null where it is something else.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// What an answer means that is no success, in the service's own words.
    pub(crate) fn failure(&self, said: &str) -> TrackerFailure {
        let service = self.service;
        let message = format!("{service} answered {}{}", self.status.as_u16(), quoted(said));
        let (next, hint) = match self.status.as_u16() {
            401 => (TrackerNext::FixTracker, "The token is wrong, expired or revoked. Give the tracker a new one."),
            403 | 429 if self.pause().is_some() => {
                (self.pause().map_or(TrackerNext::Retry, TrackerNext::RetryAfter), "")
            }
            403 => (TrackerNext::FixTracker, "The token may not do this. Give the tracker one with the listed scopes."),
            404 => (TrackerNext::FixTracker, "It is gone, or the token doesn’t reach it. Check the tracker."),
            410 => (TrackerNext::FixTracker, "Issues are disabled there. Enable them, or choose another place."),
            300..=399 => (TrackerNext::FixTracker, "It has moved. Check the tracker."),
            429 => (TrackerNext::Retry, ""),
            408 | 425 | 500..=599 => {
                let next = retry_after(&self.headers).map_or(TrackerNext::Retry, TrackerNext::RetryAfter);
                return self.repeated.lost(TrackerFailure::new(next, message, ""));
            }
            _ => (TrackerNext::GiveUp, "Check the tracker’s labels, assignee and required fields."),
        };
        TrackerFailure::new(next, message, hint)
    }

    /// How long a rate limit asks to wait, if one was met.
    pub(crate) fn pause(&self) -> Option<Duration> {
        if let Some(wait) = retry_after(&self.headers) {
            return Some(wait);
        }
        let exhausted = self.header(LIMIT_REMAINING)? == "0";
        let reset = SystemTime::UNIX_EPOCH + Duration::from_secs(self.header(LIMIT_RESET)?.parse::<u32>().ok()?.into());
        let wait = reset.duration_since(SystemTime::now()).unwrap_or_default();
        exhausted.then_some(wait.min(MAX_PAUSE))
    }
}

/// Where a GET goes on, if it does within the same server.
fn redirected(from: &Url, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    if !matches!(status.as_u16(), 301 | 302 | 307 | 308) {
        return None;
    }
    let next = from.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    (next.origin() == from.origin()).then_some(next)
}

fn forbidden(why: ForbiddenAddress) -> TrackerFailure {
    TrackerFailure::fix_tracker(why.to_string(), "Check the tracker’s address.")
}

fn unfit_header(name: &str) -> TrackerFailure {
    TrackerFailure::give_up(format!("the value of {name} is not one line of ASCII"), "")
}

fn no_client(error: &reqwest::Error) -> TrackerFailure {
    TrackerFailure::new(TrackerNext::Retry, format!("no client: {error}"), "")
}

/// What a broken connection means: a request that was not yet sent made nothing.
fn broken(error: &reqwest::Error, repeated: Repeated) -> TrackerFailure {
    if let Some(why) = causes(error).find_map(|cause| cause.downcast_ref::<ForbiddenAddress>()) {
        return forbidden(*why);
    }
    if error.is_connect() {
        return unreachable_server(error);
    }
    repeated.lost(unreachable_server(error))
}

fn unreachable_server(error: &reqwest::Error) -> TrackerFailure {
    if error.is_timeout() {
        return TrackerFailure::new(TrackerNext::Retry, "no answer in time", "Check your connection.");
    }
    let cause = root_cause(error).unwrap_or_else(|| "the connection broke".to_owned());
    let hint =
        if cause.contains("certificate") { "Check the server’s certificate." } else { "Check your connection." };
    TrackerFailure::new(TrackerNext::Retry, cause, hint)
}
