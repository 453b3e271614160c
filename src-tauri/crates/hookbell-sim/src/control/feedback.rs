//! More feedback, with the pictures and logs that tests need, including malformed ones.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::at_most;
use crate::{
    error::ControlError,
    fixture::{self, PICTURES, Picture},
    sender,
    world::World,
};

/// The maximum number of feedback items in one call.
const MAX_FEEDBACK: usize = 10_000;

/// More feedback. The body of `POST /sim/feedback`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AddFeedback {
    /// The app it is for.
    pub app_id: String,
    /// Whether it is a crash instead of a screenshot.
    pub crash: bool,
    /// How many; 0 counts as 1.
    pub count: usize,
    /// The tester's comment; if `None`, the samples' in rotation.
    pub comment: Option<String>,
    /// The pictures by name: `keyboard.png`, `dark-list.png`, `map.jpg`, `map.heic`; and ones that a careful reader
    /// refuses: `claims-60000.png`, `page.png` (a web page), `oversized.png` (30 MiB).
    pub pictures: Option<Vec<String>>,
    /// The crash log by name: `life-list.ips`, `track-import.crash`, the broken `cut-short.crash`, or `rewrites.ips`,
    /// which is about disk writes instead of a crash.
    pub crash_log: Option<String>,
    /// Whether Apple reveals neither the tester nor an address, as for testers who joined through a public link.
    pub anonymous: bool,
    /// When it arrived; now if `None`.
    pub at: Option<Timestamp>,
}

/// Adds feedback without sending an event, and returns the ids.
pub(crate) fn add_feedback(world: &mut World, add: &AddFeedback, now: Timestamp) -> Result<Vec<String>, ControlError> {
    at_most(add.count, MAX_FEEDBACK)?;
    if world.find("apps", &add.app_id).is_none() {
        return Err(ControlError::App(add.app_id.clone()));
    }
    let pictures = add.pictures.as_ref().map(|names| names.iter().map(|name| shot(name)).collect()).transpose()?;
    let log = add.crash_log.as_deref().map(known_log).transpose()?;
    let kind = if add.crash { "betaFeedbackCrashSubmissions" } else { "betaFeedbackScreenshotSubmissions" };
    let mut ids = Vec::new();
    for _ in 0..add.count.max(1) {
        let id = sender::add_feedback(world, &add.app_id, kind, add.at.unwrap_or(now))?;
        if let Some(feedback) = world.find_mut(kind, &id) {
            if let Some(comment) = &add.comment {
                feedback.attributes.insert("comment".to_owned(), json!(comment));
            }
            if add.anonymous {
                feedback.attributes.insert("email".to_owned(), Value::Null);
                feedback.relationships.remove("tester");
            }
            if let Some(pictures) = pictures.as_ref().filter(|_| !add.crash) {
                feedback.attributes.insert("screenshots".to_owned(), Value::clone(pictures));
            }
        }
        if let Some((kept, log)) = world.find_mut("betaCrashLogs", &id).zip(log) {
            kept.attributes.insert("log".to_owned(), json!(log));
        }
        ids.push(id);
    }
    Ok(ids)
}

fn shot(name: &str) -> Result<Value, ControlError> {
    let known = || PICTURES.iter().map(|picture| picture.name).collect::<Vec<_>>().join(", ");
    let picture =
        Picture::named(name).ok_or_else(|| ControlError::Picture { name: name.to_owned(), known: known() })?;
    Ok(json!({ "image": picture.name, "width": picture.width, "height": picture.height }))
}

fn known_log(name: &str) -> Result<&str, ControlError> {
    let known = || fixture::crash_logs().collect::<Vec<_>>().join(", ");
    let found = fixture::crash_log(name).map(|_| name);
    found.ok_or_else(|| ControlError::CrashLog { name: name.to_owned(), known: known() })
}
