//! The request and its answer, within bounds: a deadline, no redirects, and as much of the body as fits on a page.

use std::{
    error::Error,
    net::IpAddr,
    time::{Duration, Instant},
};

use hookbell_core::{SIGNATURE_HEADER, Signature, visible};
use reqwest::{
    Client, Response, Url,
    header::{CONTENT_TYPE, LOCATION},
    redirect::Policy,
};

use crate::{
    api::{ApiError, ErrorCode, ResendReply},
    text::cut,
};

/// How long a server may take, including its answer's body. A debugger may hold it for a while.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How much of an answer is kept.
const MAX_RESPONSE_BYTES: usize = 16 << 10;

const MAX_REDIRECT_CHARS: usize = 500;

/// Posts a body.
pub(super) async fn post(to: Url, body: Vec<u8>, signature: Signature) -> Result<ResendReply, ApiError> {
    let client = client(&to).map_err(|error| ApiError::new(ErrorCode::Internal, root(&error), "try again"))?;
    let request = client
        .post(to.clone())
        .header(CONTENT_TYPE, "application/json")
        .header(SIGNATURE_HEADER, signature.to_string())
        .body(body);
    let sent_at = Instant::now();
    let mut response = request.send().await.map_err(|error| no_answer(&to, &error))?;
    let milliseconds = u32::try_from(sent_at.elapsed().as_millis()).unwrap_or(u32::MAX);
    let status = response.status();
    let redirect = response.headers().get(LOCATION).filter(|_| status.is_redirection());
    let redirect = redirect.map(|target| text(target.as_bytes())).map(|target| cut(&target, MAX_REDIRECT_CHARS));
    let (bytes, is_cut) = beginning(&mut response).await;
    Ok(ResendReply { status: status.as_u16(), milliseconds, redirect, response: text(&bytes), cut: is_cut })
}

/// A proxy from the environment is used, except for this computer.
fn client(to: &Url) -> reqwest::Result<Client> {
    let client = Client::builder().timeout(ANSWER_TIMEOUT).connect_timeout(CONNECT_TIMEOUT).redirect(Policy::none());
    if is_loopback(to) { client.no_proxy() } else { client }.build()
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The beginning of a body, and whether there is more. If it breaks off, what came so far is kept.
async fn beginning(response: &mut Response) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return (bytes, false),
            Err(_) => return (bytes, true),
        }
        if bytes.len() > MAX_RESPONSE_BYTES {
            bytes.truncate(MAX_RESPONSE_BYTES);
            return (bytes, true);
        }
    }
}

/// A stranger's bytes as inert text.
fn text(bytes: &[u8]) -> String {
    visible::plain(&String::from_utf8_lossy(bytes)).into_owned()
}

fn no_answer(to: &Url, error: &reqwest::Error) -> ApiError {
    let host = to.host_str().unwrap_or_default();
    let place = to.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let (message, hint) = if error.is_connect() {
        (format!("{place} can’t be reached: {}", root(error)), "check the address, and that the server is running")
    } else if error.is_timeout() {
        let seconds = ANSWER_TIMEOUT.as_secs();
        (format!("{place} didn’t respond within {seconds} seconds"), "it may have received the event anyway")
    } else {
        (format!("{place} didn’t respond: {}", root(error)), "it may have received the event anyway")
    };
    ApiError { field: Some("to".to_owned()), ..ApiError::new(ErrorCode::NoAnswer, message, hint) }
}

/// The innermost cause, which says what really happened.
fn root(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_is_used_towards_this_computer() {
        let own = ["http://localhost/", "http://app.localhost:1/", "http://127.0.0.9/", "http://[::1]:2/"];
        let others = ["http://localhost.example/", "http://10.0.0.1/", "https://hooks.example/"];
        assert!(own.iter().all(|url| is_loopback(&url.parse().unwrap())));
        assert!(!others.iter().any(|url| is_loopback(&url.parse().unwrap())));
    }
}
