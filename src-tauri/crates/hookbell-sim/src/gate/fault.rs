//! Fault injection: which calls fail, how often, and how.

use std::{collections::BTreeMap, time::Duration};

use axum::http::{HeaderMap, Method, StatusCode};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::error::ControlError;

/// A pending fault. The body of `POST /sim/faults`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fault {
    /// The prefix of the call's path, such as `/v1/webhooks` or `/screenshots`.
    pub path: Option<String>,
    /// Apple's `operationId`, such as `webhookDeliveriesCreateInstance`; `screenshots` for pictures, `uploadParts` for
    /// parts of builds, `unknown` for unknown paths.
    pub operation: Option<String>,
    /// The call's method, such as `GET`.
    pub method: Option<String>,
    /// How it fails.
    pub kind: FaultKind,
    /// The status. Defaults to 500 for errors, 200 for [`FaultKind::Html`], 302 for a redirect.
    pub status: Option<u16>,
    /// The error's code for [`FaultKind::Status`], such as `FORBIDDEN_ERROR.PLA_NOT_ACCEPTED`; the status's usual one
    /// if `None`.
    pub code: Option<String>,
    /// The whole body for [`FaultKind::Status`], verbatim. With status 200, an answer that Apple could have given.
    pub body: Option<String>,
    /// The same for a binary body, in Base64.
    pub body_base64: Option<String>,
    /// Headers of the answer, which replace those of the same name. A custom body is `application/json` unless they say
    /// otherwise.
    pub headers: BTreeMap<String, String>,
    /// Whether the call takes effect anyway, and only its answer is lost.
    pub done: bool,
    /// How many calls fail; `None` (JSON `null`) for all from now on.
    pub count: Option<u32>,
    /// How many calls succeed before the first one fails.
    pub skip: u32,
    /// The percentage of calls that fail; 100 by default. The sequence is the same in every run.
    pub percent: u8,
    /// How many calls can be in flight before further ones fail.
    pub parallel: u64,
    /// The delay before the answer, or the time over which [`FaultKind::Drip`] stretches it, in milliseconds. Required
    /// for [`FaultKind::Slow`] and [`FaultKind::Drip`].
    pub delay_ms: u64,
    /// Seconds in a `Retry-After` header.
    pub retry_after: Option<u64>,
    /// After how many bytes of the part [`FaultKind::CutRequest`] closes the connection.
    pub at_byte: u64,
    /// The other host of [`FaultKind::Redirect`] and [`FaultKind::NextOtherHost`], as `https://host`.
    pub to: Option<String>,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// An answer with a status: an error in Apple's form, or the given body.
    #[default]
    Status,
    /// The connection closes before any answer.
    Cut,
    /// The connection closes in the middle of the body.
    CutBody,
    /// A complete answer with only the first half of the body: broken JSON.
    Truncate,
    /// An HTML page instead of JSON.
    Html,
    /// The right answer, delayed.
    Slow,
    /// The right answer, with its body in small pieces.
    Drip,
    /// A redirect to another host.
    Redirect,
    /// The right answer, but `links.next` leads to another host.
    NextOtherHost,
    /// The connection closes in the middle of a part's upload to the storage host.
    CutRequest,
    /// The part is stored with different bytes, and its ETag shows it.
    Garble,
}

/// What a fault does to a part on its way to storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoil {
    /// The connection closes after this many bytes.
    CutAfter(u64),
    /// Different bytes are stored.
    Garble,
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            path: None,
            operation: None,
            method: None,
            kind: FaultKind::Status,
            status: None,
            code: None,
            body: None,
            body_base64: None,
            headers: BTreeMap::new(),
            done: false,
            count: Some(1),
            skip: 0,
            percent: 100,
            parallel: 0,
            delay_ms: 0,
            retry_after: None,
            at_byte: 0,
            to: None,
        }
    }
}

impl Fault {
    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }

    pub(crate) fn other_host(&self) -> &str {
        self.to.as_deref().unwrap_or("https://elsewhere.example")
    }

    /// What it does to a part, if it applies to parts.
    pub(crate) fn spoil(&self) -> Option<Spoil> {
        match self.kind {
            FaultKind::CutRequest => Some(Spoil::CutAfter(self.at_byte)),
            FaultKind::Garble => Some(Spoil::Garble),
            _ => None,
        }
    }

    /// The status of the answer, if valid in HTTP.
    pub(crate) fn answers_with(&self) -> Option<StatusCode> {
        let usual = match self.kind {
            FaultKind::Html => 200,
            FaultKind::Redirect => 302,
            _ => 500,
        };
        let status = self.status.unwrap_or(usual);
        (200..600).contains(&status).then(|| StatusCode::from_u16(status).ok()).flatten()
    }

    /// The custom body.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let decoded = || BASE64.decode(self.body_base64.as_deref()?.as_bytes()).ok();
        self.body.clone().map(String::into_bytes).or_else(decoded)
    }

    /// The custom headers, if valid in HTTP.
    pub(crate) fn headers(&self) -> Option<HeaderMap> {
        self.headers.iter().map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?))).collect()
    }

    /// Refuses impossible faults, which a script would mistake for a client that copes.
    pub(super) fn check(&self, known: &[&str]) -> Result<(), ControlError> {
        self.answers_with().ok_or_else(|| ControlError::Status(self.status.unwrap_or_default()))?;
        if let Some(name) = self.operation.as_ref().filter(|name| !known.contains(&name.as_str())) {
            return Err(ControlError::Operation { name: name.clone(), known: known.join(", ") });
        }
        let bodies = usize::from(self.body.is_some()) + usize::from(self.body_base64.is_some());
        let own_words = bodies > 0 || self.code.is_some();
        let late = matches!(self.kind, FaultKind::Slow | FaultKind::Drip);
        let replaced = matches!(self.kind, FaultKind::Status | FaultKind::Cut | FaultKind::Html | FaultKind::Redirect);
        let of_part = self.spoil().is_none() || self.operation.as_deref() == Some("uploadParts");
        let impossible = [
            (!of_part, "cut-request and garble belong to the operation uploadParts"),
            (late && self.delay_ms == 0, "slow and drip need delayMs"),
            (!(1..=100).contains(&self.percent), "percent is from 1 to 100"),
            (own_words && self.kind != FaultKind::Status, "a code or a body belongs to the kind status"),
            (bodies > 0 && self.code.is_some(), "a body that is given has its own code"),
            (bodies > 1, "there can be one body only"),
            (bodies > 0 && self.bytes().is_none(), "bodyBase64 is not Base64"),
            (self.done && !replaced, "done belongs to status, cut, html and redirect; the others are done anyway"),
            (self.headers().is_none(), "HTTP can’t have such headers"),
        ];
        match impossible.into_iter().find(|(is_so, _)| *is_so) {
            Some((_, why)) => Err(ControlError::Fault(why)),
            None => Ok(()),
        }
    }

    pub(super) fn hits(&self, method: &Method, path: &str, operation: &str) -> bool {
        self.path.as_deref().is_none_or(|prefix| path.starts_with(prefix))
            && self.operation.as_deref().is_none_or(|wanted| wanted == operation)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()))
    }
}
