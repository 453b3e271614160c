//! The listener's answers to requests that it doesn't accept: one status, one line of plain text.
//!
//! The texts say what is wrong with the request, and reveal nothing about our internals.

use axum::{
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use hookbell_core::SignatureError;

use crate::listener::Unavailable;

pub(super) const PLAIN_TEXT: (HeaderName, HeaderValue) =
    (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
pub(super) const CLOSE: (HeaderName, HeaderValue) = (CONNECTION, HeaderValue::from_static("close"));

/// Why a request was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("there is nothing at this path")]
    UnknownPath,
    #[error("this path takes {0} only")]
    Method(&'static str),
    #[error(transparent)]
    Signature(#[from] SignatureError),
    #[error("the body is longer than {0} bytes")]
    TooLarge(usize),
    #[error("the request took too long")]
    TooSlow,
    #[error("the body is incomplete or malformed")]
    BrokenBody,
    #[error("this webhook's secret can't be read right now; redeliver it later")]
    NoSecret,
    #[error("{0}")]
    Unavailable(Unavailable),
    #[error("too many connections; try again in a moment")]
    Crowded,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Signature(_) => StatusCode::UNAUTHORIZED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BrokenBody => StatusCode::BAD_REQUEST,
            Self::NoSecret | Self::Unavailable(_) | Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// An extra header for some refusals. A queue empties in seconds; a full disk or a locked keychain needs a person.
    fn header(self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Method(allowed) => Some((ALLOW, HeaderValue::from_static(allowed))),
            Self::NoSecret | Self::Unavailable(Unavailable::CannotStore) => {
                Some((RETRY_AFTER, HeaderValue::from_static("60")))
            }
            Self::Unavailable(Unavailable::Busy) | Self::Crowded => Some((RETRY_AFTER, HeaderValue::from_static("5"))),
            _ => None,
        }
    }

    fn text(self) -> String {
        format!("{self}\n")
    }

    /// The complete answer as bytes, for a connection without a parsed request.
    pub(super) fn to_http(self) -> Vec<u8> {
        let text = self.text();
        let length = (axum::http::header::CONTENT_LENGTH, HeaderValue::from(text.len()));
        let mut bytes = format!("HTTP/1.1 {}\r\n", self.status()).into_bytes();
        for (name, value) in [PLAIN_TEXT, CLOSE, length].into_iter().chain(self.header()) {
            bytes.extend_from_slice(name.as_str().as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(text.as_bytes());
        bytes
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), [PLAIN_TEXT, CLOSE], self.text()).into_response();
        response.headers_mut().extend(self.header());
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_a_request_is_complete_http() {
        let bytes = Refusal::Crowded.to_http();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n\
             content-length: 44\r\nretry-after: 5\r\n\r\ntoo many connections; try again in a moment\n"
        );
    }
}
