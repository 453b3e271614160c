//! One request and its answer: the only HTTP code here.
//!
//! The token goes into a header marked as sensitive. Traces contain only method, path and status. Answers are read up
//! to a limit. A proxy from the environment is used, except for this machine.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hookbell_core::root_cause;
use http::{HeaderMap, HeaderValue, Method, header};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Response, Url};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::{
    base_url::BaseUrl,
    error::Error,
    jwt::Token,
    rate_limit::{self, RateLimits},
    settings::ClientSettings,
};

/// A request without the token.
pub(crate) struct Request<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) body: Option<Bytes>,
    pub(crate) token: &'a Token,
}

/// An answer of any status except redirects.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    pub(crate) content_type: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) clock_ahead: Option<SignedDuration>,
    pub(crate) rate_limit: RateLimits,
    /// What errors about this answer must not repeat, even if the answer does.
    pub(crate) hidden: Vec<Zeroizing<String>>,
}

impl Answer {
    /// The token that was sent: the first of the hidden values.
    pub(crate) fn token(&self) -> &str {
        self.hidden.first().map_or("", |token| token.as_str())
    }
}

/// The HTTP stack, configured not to follow or repeat anything by itself.
pub(crate) fn stack(base: &BaseUrl, settings: &ClientSettings) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.request_timeout);
    let builder = if base.is_loopback() { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|error| Error::Request { reason: reason(&error) })
}

/// Sends a request once and reads the answer.
pub(crate) async fn exchange(
    stack: &reqwest::Client,
    request: Request<'_>,
    settings: &ClientSettings,
    now: impl Fn() -> Timestamp,
) -> Result<Answer, Error> {
    let (method, path) = (request.method.clone(), request.url.path().to_owned());
    let begun = Instant::now();
    let outcome = once(stack, request, settings, now).await;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match &outcome {
        Ok(answer) => tracing::debug!(%method, path, status = answer.status, took_ms, "answered"),
        Err(error) => tracing::debug!(%method, path, %error, took_ms, "not answered"),
    }
    outcome
}

async fn once(
    stack: &reqwest::Client,
    request: Request<'_>,
    settings: &ClientSettings,
    now: impl Fn() -> Timestamp,
) -> Result<Answer, Error> {
    let failed = |error| connection_error(error, settings.request_timeout);
    let mut builder = stack
        .request(request.method, request.url.clone())
        .header(header::AUTHORIZATION, bearer(request.token)?)
        .header(header::ACCEPT, "application/json");
    if let Some(body) = request.body {
        builder = builder.header(header::CONTENT_TYPE, "application/json").body(body);
    }
    let response = builder.send().await.map_err(failed)?;
    let status = response.status();
    if status.is_redirection() {
        let error = Error::Redirected { status: status.as_u16(), to: target(request.url, response.headers()) };
        return Err(error.without(&[request.token.as_str()]));
    }

    let headers = response.headers();
    let (answered_at, date) = (now(), http_date(headers, &header::DATE));
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    Ok(Answer {
        status: status.as_u16(),
        content_type: text(header::CONTENT_TYPE).map(str::to_owned),
        retry_after: retry_after(headers, date.unwrap_or(answered_at)),
        clock_ahead: date.map(|date| answered_at.duration_since(date)),
        rate_limit: RateLimits::read(
            headers.get_all(rate_limit::HEADER).iter().filter_map(|value| value.to_str().ok()),
            answered_at,
        ),
        hidden: vec![Zeroizing::new(request.token.as_str().to_owned())],
        body: bounded(response, settings.max_body).await?.map_err(failed)?,
    })
}

fn bearer(token: &Token) -> Result<HeaderValue, Error> {
    let text = Zeroizing::new(format!("Bearer {}", token.as_str()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| Error::Sign)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Reads up to the limit, whatever length was announced.
async fn bounded(mut response: Response, limit: usize) -> Result<Result<Bytes, reqwest::Error>, Error> {
    let too_large = |len: u64| usize::try_from(len).map_or(true, |len| len > limit);
    if response.content_length().is_some_and(too_large) {
        return Err(Error::TooLarge { limit });
    }
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => return Err(Error::TooLarge { limit }),
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(Ok(body.freeze())),
            Err(error) => return Ok(Err(error)),
        }
    }
}

fn connection_error(error: reqwest::Error, request_timeout: Duration) -> Error {
    if error.is_connect() {
        let address = error.url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        Error::Unreachable { address, reason: reason(&error) }
    } else if error.is_timeout() {
        Error::TimedOut { after: request_timeout }
    } else if error.is_builder() {
        Error::Request { reason: reason(&error) }
    } else {
        Error::Interrupted { reason: reason(&error) }
    }
}

fn reason(error: &reqwest::Error) -> String {
    root_cause(error).unwrap_or_else(|| "no reason given".to_owned())
}

fn target(from: &Url, headers: &HeaderMap) -> String {
    let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
    let url = location.and_then(|location| from.join(location).ok());
    url.map_or_else(|| "nowhere".to_owned(), |url| url.origin().ascii_serialization())
}

/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date, which we compare with the answer's `Date`, so that
/// this machine's clock doesn't matter.
fn retry_after(headers: &HeaderMap, answered_at: Timestamp) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().map(Duration::from_secs);
    seconds.ok().or_else(|| {
        let until = http_date(headers, &header::RETRY_AFTER)?;
        Some(Duration::try_from(until.duration_since(answered_at)).unwrap_or(Duration::ZERO))
    })
}

fn http_date(headers: &HeaderMap, name: &http::HeaderName) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()?;
    Timestamp::try_from(date).ok()
}
