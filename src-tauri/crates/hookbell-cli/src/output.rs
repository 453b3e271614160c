//! What a command prints: lines of JSON for a script, plain lines for a person.

use std::io;

use hookbell_engine::EventLine;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{arguments::shared::OutputArguments, error::CliError, terminal};

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// One JSON object a line.
    Json,
    /// For a person.
    Text,
}

impl From<&OutputArguments> for Output {
    fn from(arguments: &OutputArguments) -> Self {
        if arguments.json || !terminal::is_terminal() { Self::Json } else { Self::Text }
    }
}

impl Output {
    /// The listener is ready at this payload URL.
    pub(crate) fn ready(self, url: &str) -> Result<(), CliError> {
        match self {
            Self::Json => json_line(&json!({ "ready": { "url": url } })),
            Self::Text => line(&format!("Listening at {url}\nPress Ctrl-C to end.")),
        }
    }

    /// The one document of a command: as JSON, or as these lines.
    pub(crate) fn document<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) -> Result<(), CliError> {
        match self {
            Self::Json => document(&serde_json::to_string_pretty(value).map_err(io::Error::from)?),
            Self::Text => line(text(value).trim_end()),
        }
    }

    /// What the app would notify.
    pub(crate) fn notification(self, title: &str, body: &str) -> Result<(), CliError> {
        match self {
            Self::Json => json_line(&json!({ "notification": { "title": title, "body": body } })),
            Self::Text => line(&format!("[{title}] {body}")),
        }
    }

    /// An event.
    pub(crate) fn event(self, event: &EventLine) -> Result<(), CliError> {
        match self {
            Self::Json => json_line(&json!({ "event": event })),
            Self::Text => {
                let time = event.received_at.get(..19).unwrap_or(&event.received_at).replace('T', " ");
                line(&format!("{time}  {}\n{:21}{}\n{:21}{}", event.title, "", event.body, "", event.id))
            }
        }
    }
}

/// Tells a person of something that is no error, on stderr.
pub(crate) fn note(text: &str) {
    terminal::say(&format!("hookbell: {text}\n"));
}

/// Prints a line for a person.
pub(crate) fn line(text: &str) -> Result<(), CliError> {
    Ok(terminal::print(&format!("{text}\n"))?)
}

/// Prints a value as one line of JSON.
pub(crate) fn json_line(value: &Value) -> Result<(), CliError> {
    document(&value.to_string())
}

/// Prints a text that is JSON.
pub(crate) fn document(json: &str) -> Result<(), CliError> {
    Ok(terminal::print_json(&format!("{json}\n"))?)
}
