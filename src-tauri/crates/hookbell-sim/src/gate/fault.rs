//! Failing on purpose: which calls, how often, and in which way.

use std::{collections::BTreeMap, time::Duration};

use axum::http::{HeaderMap, Method, StatusCode};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::error::ControlError;

/// A fault that waits for its calls. This is the body of `POST /sim/faults`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fault {
    /// What the call's path begins with, for instance `/v1/webhooks` or `/screenshots`.
    pub path: Option<String>,
    /// Apple's `operationId`, for instance `webhookDeliveriesCreateInstance`; `screenshots` for
    /// pictures, `uploadParts` for parts of builds, `unknown` for what Apple does not have.
    pub operation: Option<String>,
    /// The call's method, for instance `GET`.
    pub method: Option<String>,
    /// In which way it fails.
    pub kind: FaultKind,
    /// The status; 500 where an error is answered, 200 for [`FaultKind::Html`], 302 for a redirect.
    pub status: Option<u16>,
    /// The error's code for [`FaultKind::Status`], for instance `FORBIDDEN_ERROR.PLA_NOT_ACCEPTED`;
    /// the usual one of the status if `None`.
    pub code: Option<String>,
    /// The whole body for [`FaultKind::Status`], sent as it is: with the status 200, an answer that
    /// Apple could have given.
    pub body: Option<String>,
    /// The same for a body that is no text, in Base64.
    pub body_base64: Option<String>,
    /// Headers of the answer, in place of those of the same name. A body that is given is
    /// `application/json` unless they say otherwise.
    pub headers: BTreeMap<String, String>,
    /// Whether the call is carried out all the same, and only its answer is lost.
    pub done: bool,
    /// How many calls fail; `None` (JSON `null`) for every one from now on.
    pub count: Option<u32>,
    /// How many calls pass before the first one fails.
    pub skip: u32,
    /// How many calls of a hundred fail, by chance; 100 at first. The chance is the same in every run.
    pub percent: u8,
    /// So many calls may be answered side by side; only while there are more, they fail.
    pub parallel: u64,
    /// How long to wait before the answer, or over how long [`FaultKind::Drip`] stretches it, in
    /// milliseconds. [`FaultKind::Slow`] and [`FaultKind::Drip`] need it.
    pub delay_ms: u64,
    /// Seconds in a `Retry-After` header.
    pub retry_after: Option<u64>,
    /// After how many bytes of the part [`FaultKind::CutRequest`] ends the connection.
    pub at_byte: u64,
    /// The other host of [`FaultKind::Redirect`] and [`FaultKind::NextOtherHost`], as `https://host`.
    pub to: Option<String>,
}

/// The ways to fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// An answer with a status: an error of Apple's form, or the body that is given.
    #[default]
    Status,
    /// The connection ends before any answer.
    Cut,
    /// The connection ends in the middle of the body.
    CutBody,
    /// A whole answer whose body is only the first half: broken JSON.
    Truncate,
    /// A page for people instead of JSON.
    Html,
    /// The right answer, late.
    Slow,
    /// The right answer, its body in small pieces.
    Drip,
    /// A redirect to another host.
    Redirect,
    /// The right answer, but `links.next` leads to another host.
    NextOtherHost,
    /// The connection ends in the middle of a part that is put to the storage host.
    CutRequest,
    /// A part is stored with other bytes than those that were sent, and its ETag says so.
    Garble,
}

/// What a fault does to a part on its way into the storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoil {
    /// The connection ends after so many bytes.
    CutAfter(u64),
    /// Other bytes are stored.
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

    /// What it does to a part, if that is its kind.
    pub(crate) fn spoil(&self) -> Option<Spoil> {
        match self.kind {
            FaultKind::CutRequest => Some(Spoil::CutAfter(self.at_byte)),
            FaultKind::Garble => Some(Spoil::Garble),
            _ => None,
        }
    }

    /// The status of the answer, if HTTP has it.
    pub(crate) fn answers_with(&self) -> Option<StatusCode> {
        let usual = match self.kind {
            FaultKind::Html => 200,
            FaultKind::Redirect => 302,
            _ => 500,
        };
        let status = self.status.unwrap_or(usual);
        (200..600).contains(&status).then(|| StatusCode::from_u16(status).ok()).flatten()
    }

    /// The body that is given.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let decoded = || BASE64.decode(self.body_base64.as_deref()?.as_bytes()).ok();
        self.body.clone().map(String::into_bytes).or_else(decoded)
    }

    /// The headers that are given, if HTTP can have them.
    pub(crate) fn headers(&self) -> Option<HeaderMap> {
        self.headers.iter().map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?))).collect()
    }

    /// Refuses what could never happen, which a script would take for a client that copes.
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
