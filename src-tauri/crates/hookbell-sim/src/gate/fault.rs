//! Failing on purpose: which calls, how often, and in which way.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use crate::control::ControlError;

/// A fault that waits for its calls. This is the body of `POST /sim/faults`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fault {
    /// What the call's path begins with, for instance `/v1/webhooks` or `/screenshots`.
    pub path: Option<String>,
    /// Apple's `operationId`, for instance `webhookDeliveriesCreateInstance`.
    pub operation: Option<String>,
    /// The call's method, for instance `GET`.
    pub method: Option<String>,
    /// In which way it fails.
    pub kind: FaultKind,
    /// The status; 500 where an error is answered, 200 for [`FaultKind::Html`], 302 for a redirect.
    pub status: Option<u16>,
    /// How many calls fail; `None` (JSON `null`) for every one from now on.
    pub count: Option<u32>,
    /// How many calls pass before the first one fails.
    pub skip: u32,
    /// How long to wait before the answer, or over how long [`FaultKind::Drip`] stretches it, in
    /// milliseconds.
    pub delay_ms: u64,
    /// Seconds in a `Retry-After` header.
    pub retry_after: Option<u64>,
    /// The other host of [`FaultKind::Redirect`] and [`FaultKind::NextOtherHost`], as `https://host`.
    pub to: Option<String>,
}

/// The ways to fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// An error of Apple's form with a status.
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
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            path: None,
            operation: None,
            method: None,
            kind: FaultKind::Status,
            status: None,
            count: Some(1),
            skip: 0,
            delay_ms: 0,
            retry_after: None,
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

    /// The status of the answer, which HTTP must have.
    pub(crate) fn checked(&self) -> Result<StatusCode, ControlError> {
        let usual = match self.kind {
            FaultKind::Html => 200,
            FaultKind::Redirect => 302,
            _ => 500,
        };
        let status = self.status.unwrap_or(usual);
        let known = (200..600).contains(&status).then(|| StatusCode::from_u16(status).ok()).flatten();
        known.ok_or(ControlError::Status(status))
    }

    fn hits(&self, method: &Method, path: &str, operation: &str) -> bool {
        self.path.as_deref().is_none_or(|prefix| path.starts_with(prefix))
            && self.operation.as_deref().is_none_or(|wanted| wanted == operation)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()))
    }
}

/// The faults that wait, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn waiting(&self) -> &[Fault] {
        &self.0
    }

    /// The fault for a call, if one waits for it. It is used up by as much.
    pub(crate) fn take(&mut self, method: &Method, path: &str, operation: &str) -> Option<Fault> {
        let mut hit = None;
        for fault in self.0.iter_mut().filter(|fault| fault.hits(method, path, operation)) {
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.count = fault.count.map(|count| count.saturating_sub(1));
            hit = Some(fault.clone());
            break;
        }
        self.0.retain(|fault| fault.count != Some(0));
        hit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(faults: &mut Faults, path: &str) -> Option<FaultKind> {
        faults.take(&Method::GET, path, "op").map(|fault| fault.kind)
    }

    #[test]
    fn a_fault_waits_skips_and_is_used_up() {
        let mut faults = Faults::default();
        let path = Some("/v1/apps".to_owned());
        faults.add(Fault { path, skip: 1, count: Some(2), kind: FaultKind::Html, ..Fault::default() });
        assert_eq!(take(&mut faults, "/v1/builds"), None);
        assert_eq!(take(&mut faults, "/v1/apps"), None);
        assert_eq!(take(&mut faults, "/v1/apps/1"), Some(FaultKind::Html));
        assert_eq!(take(&mut faults, "/v1/apps/1"), Some(FaultKind::Html));
        assert_eq!(take(&mut faults, "/v1/apps/1"), None);
        assert!(faults.waiting().is_empty());
    }

    #[test]
    fn null_as_the_count_means_for_ever() {
        let fault: Fault = serde_json::from_str(r#"{"operation":"op","kind":"cut-body","count":null}"#).unwrap();
        let mut faults = Faults::default();
        faults.add(fault);
        assert!((0..100).all(|_| take(&mut faults, "/v1/apps") == Some(FaultKind::CutBody)));
    }
}
