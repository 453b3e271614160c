//! Requests to one tracker: limited in time and size, with the token going only to its own address. If an answer is
//! lost, the error says whether the request might have created something.

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

/// Timeout for a whole request to a tracker: pictures of several megabytes must pass over slow lines.
pub const TRACKER_REQUEST_TIMEOUT: Duration = Duration::from_secs(120);

/// Maximum size of an answer: a page of a hundred long issues.
pub const MAX_TRACKER_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Maximum redirects per GET.
const MAX_HOPS: usize = 3;

/// The maximum pause that a rate limit can request.
const MAX_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// GitHub's header with the time, in Unix seconds, at which the limit resets.
const LIMIT_RESET: &str = "x-ratelimit-reset";
const LIMIT_REMAINING: &str = "x-ratelimit-remaining";

/// The HTTP clients for all trackers. One is enough for a process.
#[derive(Debug, Clone)]
pub struct TrackerHttp(Arc<Clients>);

/// One tracker's address and token.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) service: &'static str,
    http: TrackerHttp,
    base: Url,
    allow_private: bool,
    authorization: Secret,
}

/// The effect of repeating a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// The same as sending it once.
    IsHarmless,
    /// It might create a second issue.
    MakesAnother,
}

impl Repeated {
    /// The failure for a request whose answer is lost or useless.
    pub(crate) fn lost(self, failure: TrackerFailure) -> TrackerFailure {
        match self {
            Self::IsHarmless => failure,
            // A retry finds what this one created.
            Self::MakesAnother if failure.next == TrackerNext::GiveUp => {
                TrackerFailure { next: TrackerNext::Retry, ..failure.after_making() }
            }
            Self::MakesAnother => failure.after_making(),
        }
    }
}

/// An API request.
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

    /// Requests the content only if its etag changed.
    pub(crate) fn unless(self, etag: Option<&str>) -> Self {
        match etag {
            Some(etag) => self.header("if-none-match", etag),
            None => self,
        }
    }
}

/// An answer with any status.
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
    /// Clients with this request timeout; usually two minutes.
    #[must_use]
    pub fn with_timeout(timeout: Duration) -> Self {
        Self(Arc::new(Clients::new(timeout, redirect::Policy::none)))
    }

    /// Uploads a file to the address that a service gave, with the headers it named and without our token.
    pub(crate) async fn put_elsewhere(
        &self,
        service: &'static str,
        address: &str,
        allow_private: bool,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(), TrackerFailure> {
        let url = checked_address(address, allow_private).map_err(|why| {
            TrackerFailure::give_up(
                format!(
                    "{service} named an upload address that can’t be used: \
                                                            {why}"
                ),
                "",
            )
        })?;
        let client = self.0.towards(&url, allow_private).map_err(|error| no_client(&error))?;
        let sent = client.put(url).headers(headers).body(body).send().await;
        let status = sent.map_err(|error| broken(&error, Repeated::IsHarmless))?.status();
        if status.is_success() {
            return Ok(());
        }
        let next = if status.is_server_error() { TrackerNext::Retry } else { TrackerNext::GiveUp };
        Err(TrackerFailure::new(next, format!("{service}’s file storage returned {}", status.as_u16()), ""))
    }
}

impl Connection {
    /// A connection to the API at this address. Set `allow_private` if the user declared that it is in a private
    /// network.
    pub(crate) fn new(
        service: &'static str,
        http: &TrackerHttp,
        base: &str,
        allow_private: bool,
        authorization: String,
    ) -> Result<Self, TrackerFailure> {
        let base = checked_address(base, allow_private).map_err(forbidden)?;
        let authorization = Secret::new(authorization)
            .map_err(|_| TrackerFailure::fix_tracker("there’s no token", "Add one to the tracker."))?;
        Ok(Self { service, http: http.clone(), base, allow_private, authorization })
    }

    pub(crate) fn http(&self) -> (&TrackerHttp, bool) {
        (&self.http, self.allow_private)
    }

    /// The API's address without a trailing slash.
    pub(crate) fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Sends a request and reads the answer, whatever its status. Follows redirects only for a GET, within the same
    /// server.
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
            format!("{} redirects too many times", self.service),
            "Check the tracker’s address.",
        ))
    }

    fn headers(&self, call: &Call<'_>) -> Result<HeaderMap, TrackerFailure> {
        let mut headers = HeaderMap::new();
        let mut token = HeaderValue::try_from(self.authorization.expose()).map_err(|_| {
            TrackerFailure::fix_tracker(
                "the token isn’t a single line of ASCII",
                "Copy the token again and give it \
                                                                                   to the tracker.",
            )
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

    /// The answer of a successful request.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, TrackerFailure> {
        serde_json::from_slice(&self.body).map_err(|_| {
            let message = format!("{}’s response couldn’t be read", self.service);
            self.repeated.lost(TrackerFailure::give_up(message, "Check that the address is the tracker’s API."))
        })
    }

    /// The answer as JSON; null if it isn't JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Classifies an error answer, quoting the service.
    pub(crate) fn failure(&self, said: &str) -> TrackerFailure {
        let service = self.service;
        let message = format!("{service} returned {}{}", self.status.as_u16(), quoted(said));
        let (next, hint) = match self.status.as_u16() {
            401 => (TrackerNext::FixTracker, "The token is wrong, expired or revoked. Give the tracker a new one."),
            403 | 429 if self.pause().is_some() => {
                (self.pause().map_or(TrackerNext::Retry, TrackerNext::RetryAfter), "")
            }
            403 => (
                TrackerNext::FixTracker,
                "The token doesn’t have permission. Give the tracker one with the listed \
                                              scopes.",
            ),
            404 => (
                TrackerNext::FixTracker,
                "It no longer exists, or the token has no access to it. Check the \
                                              tracker.",
            ),
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

    /// The pause that a rate limit requests, if one was hit.
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

/// The target of a GET's redirect, if it stays within the same server.
fn redirected(from: &Url, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    if !matches!(status.as_u16(), 301 | 302 | 307 | 308) {
        return None;
    }
    let next = from.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    (next.origin() == from.origin()).then_some(next)
}

fn forbidden(why: ForbiddenAddress) -> TrackerFailure {
    match why {
        // A VPN or a captive portal can interfere for a while: one DNS answer isn't conclusive.
        ForbiddenAddress::PrivateName => TrackerFailure::new(TrackerNext::Retry, why.to_string(), ""),
        _ => TrackerFailure::fix_tracker(why.to_string(), "Check the tracker’s address."),
    }
}

fn unfit_header(name: &str) -> TrackerFailure {
    TrackerFailure::give_up(format!("the value of {name} isn’t a single line of ASCII"), "")
}

fn no_client(error: &reqwest::Error) -> TrackerFailure {
    TrackerFailure::new(TrackerNext::Retry, format!("can’t send requests: {error}"), "")
}

/// Classifies a broken connection: a request that was not yet sent created nothing.
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
        return TrackerFailure::new(TrackerNext::Retry, "no response in time", "Check your connection.");
    }
    let cause = root_cause(error).unwrap_or_else(|| "the connection broke".to_owned());
    let hint =
        if cause.contains("certificate") { "Check the server’s certificate." } else { "Check your connection." };
    TrackerFailure::new(TrackerNext::Retry, cause, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_into_a_private_network_once_is_tried_again_and_a_wrong_address_is_not() {
        let next = |why| forbidden(why).next;
        assert_eq!(next(ForbiddenAddress::PrivateName), TrackerNext::Retry);
        for why in [ForbiddenAddress::Private, ForbiddenAddress::Scheme, ForbiddenAddress::Credentials] {
            assert_eq!(next(why), TrackerNext::FixTracker);
        }
    }
}
