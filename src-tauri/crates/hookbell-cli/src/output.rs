//! What a command prints: JSON for a script, text for a person.

use std::io;

use hookbell_engine::EventLine;
use serde::Serialize;

use crate::{
    arguments::shared::OutputArguments,
    documents::{EventPrinted, Listening, NotificationPrinted, Notified, ReadyPrinted},
    error::CliError,
    layout::{Page, local_time},
    terminal,
};

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// For a script.
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
    /// The one document of a command: as JSON over several lines, or laid out for a person.
    pub(crate) fn document<T: Serialize>(self, value: &T, lay_out: impl FnOnce(&T, &mut Page)) -> Result<(), CliError> {
        match self {
            Self::Json => document(&serde_json::to_string_pretty(value).map_err(io::Error::from)?),
            Self::Text => page(|page| lay_out(value, page)),
        }
    }

    /// One of many results of a command: as one line of JSON, or laid out for a person.
    pub(crate) fn result<T: Serialize>(self, value: &T, lay_out: impl FnOnce(&T, &mut Page)) -> Result<(), CliError> {
        match self {
            Self::Json => document(&serde_json::to_string(value).map_err(io::Error::from)?),
            Self::Text => page(|page| lay_out(value, page)),
        }
    }

    /// Nothing was found: a person reads what to try, and a script reads no lines.
    pub(crate) fn nothing(self, hint: &str) -> Result<(), CliError> {
        match self {
            Self::Json => Ok(()),
            Self::Text => page(|page| page.line(hint)),
        }
    }

    /// The listener is ready at this address.
    pub(crate) fn ready(self, url: &str) -> Result<(), CliError> {
        self.result(&ReadyPrinted { ready: Listening { url: url.to_owned() } }, |printed, page| {
            page.line(&format!("Listening at {}", printed.ready.url));
            page.line("Press Ctrl-C to stop.");
        })
    }

    /// What the app would notify.
    pub(crate) fn notification(self, title: &str, body: &str) -> Result<(), CliError> {
        let notification = Notified { title: title.to_owned(), body: body.to_owned() };
        self.result(&NotificationPrinted { notification }, |_, page| page.line(&format!("[{title}] {body}")))
    }

    /// An event.
    pub(crate) fn event(self, event: EventLine) -> Result<(), CliError> {
        self.result(&EventPrinted { event }, |EventPrinted { event }, page| {
            page.table(&[[local_time(&event.received_at), event.title.clone()]]);
            page.indented(&event.body);
            page.indented(&event.id);
        })
    }
}

/// Tells a person of something that is no error, on stderr.
pub(crate) fn note(text: &str) {
    terminal::say(&format!("hookbell: {text}\n"));
}

/// Prints what is laid out for a person.
fn page(lay_out: impl FnOnce(&mut Page)) -> Result<(), CliError> {
    let mut page = Page::of_width(terminal::width());
    lay_out(&mut page);
    Ok(terminal::print(page.text())?)
}

/// Prints a text that is JSON.
pub(crate) fn document(json: &str) -> Result<(), CliError> {
    Ok(terminal::print_json(&format!("{json}\n"))?)
}
