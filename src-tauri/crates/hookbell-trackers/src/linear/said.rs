//! Linear's answers: data, or errors with a code, independent of the status.

use std::time::{Duration, SystemTime};

use hookbell_http::quoted;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    TrackerFailure, TrackerNext,
    connection::{Repeated, Told},
};

/// The time, in Unix milliseconds, at which the request limit resets.
const LIMIT_RESET: &str = "x-ratelimit-requests-reset";

/// The wait after a limit without a time.
const LIMIT_PAUSE: Duration = Duration::from_secs(60);

/// The maximum wait that a limit can request; Linear's limits reset hourly.
const MAX_LIMIT_PAUSE: Duration = Duration::from_secs(2 * 60 * 60);

/// The data of an answer.
pub(super) fn data<T: DeserializeOwned>(told: &Told, repeated: Repeated) -> Result<T, TrackerFailure> {
    let mut json = told.json();
    if let Some(error) = json.pointer("/errors/0") {
        return Err(failure(told, error, repeated));
    }
    if !told.status.is_success() {
        return Err(told.failure(""));
    }
    let data = json.get_mut("data").map(Value::take).unwrap_or_default();
    serde_json::from_value(data).map_err(|_| {
        repeated.lost(TrackerFailure::give_up("Linear’s response couldn’t be read", "Check the tracker’s address."))
    })
}

fn failure(told: &Told, error: &Value, repeated: Repeated) -> TrackerFailure {
    let extensions = &error["extensions"];
    let words = extensions["userPresentableMessage"].as_str().or_else(|| error["message"].as_str());
    let message = format!("Linear returned{}", quoted(words.unwrap_or("an error")));
    let (next, hint) = match extensions["code"].as_str().unwrap_or_default() {
        "RATELIMITED" => (TrackerNext::RetryAfter(pause(told)), ""),
        "AUTHENTICATION_ERROR" => {
            (TrackerNext::FixTracker, "The key is wrong, expired or revoked. Give the tracker a new one.")
        }
        "FORBIDDEN" => (
            TrackerNext::FixTracker,
            "The key doesn’t have permission. Create one with Read and Create issues for \
                                       the team.",
        ),
        "INTERNAL_SERVER_ERROR" | "LOCK_TIMEOUT" => {
            return repeated.lost(TrackerFailure::new(TrackerNext::Retry, message, ""));
        }
        _ if told.status.is_server_error() || told.status.as_u16() == 401 => {
            let failure = told.failure("");
            return TrackerFailure { message, ..failure };
        }
        _ => (TrackerNext::GiveUp, "Check the tracker’s team, labels and assignee."),
    };
    TrackerFailure::new(next, message, hint)
}

fn pause(told: &Told) -> Duration {
    let reset = told.header(LIMIT_RESET).and_then(|text| text.parse().ok()).map(Duration::from_millis);
    let wait = reset.and_then(|reset| (SystemTime::UNIX_EPOCH + reset).duration_since(SystemTime::now()).ok());
    told.pause().or(wait).unwrap_or(LIMIT_PAUSE).min(MAX_LIMIT_PAUSE)
}
