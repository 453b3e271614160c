//! What responses of all services have in common: how long to wait, and a first line for people.

use std::time::{Duration, SystemTime};

use reqwest::{
    Response,
    header::{HeaderMap, RETRY_AFTER},
};

/// The maximum wait that a service can ask for; longer ones are capped.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// The maximum part of a response shown to people, in characters.
const MAX_QUOTED_CHARS: usize = 120;

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), at most a day.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::now()).unwrap_or_default(),
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// The response's first line in quotation marks after a colon, for people; empty if it is a web page or blank.
#[must_use]
pub fn quoted(body: &str) -> String {
    let line: String = hookbell_core::visible::plain(body.trim()).lines().next().unwrap_or_default().to_owned();
    if line.is_empty() || line.starts_with('<') {
        return String::new();
    }
    let cut: String = line.chars().take(MAX_QUOTED_CHARS).collect();
    format!(": “{cut}”")
}

/// The start of a body, up to `max_bytes`.
///
/// # Errors
/// If the connection breaks before that.
pub async fn read_at_most(response: &mut Response, max_bytes: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while body.len() < max_bytes
        && let Some(chunk) = response.chunk().await?
    {
        body.extend_from_slice(&chunk[..chunk.len().min(max_bytes - body.len())]);
    }
    Ok(body)
}
