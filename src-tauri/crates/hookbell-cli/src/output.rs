//! What a command prints: JSON for scripts, text for people.

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

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// For scripts.
    Json,
    /// For people.
    Text,
}

impl From<&OutputArguments> for Output {
    fn from(arguments: &OutputArguments) -> Self {
        if arguments.json || !terminal::is_terminal() { Self::Json } else { Self::Text }
    }
}

impl Output {
    /// A command's only document: as multi-line JSON, or formatted for people.
    pub(crate) fn document<T: Serialize>(self, value: &T, lay_out: impl FnOnce(&T, &mut Page)) -> Result<(), CliError> {
        match self {
            Self::Json => document(&serde_json::to_string_pretty(value).map_err(io::Error::from)?),
            Self::Text => page(|page| lay_out(value, page)),
        }
    }

    /// One of many results: as one line of JSON, or formatted for people.
    pub(crate) fn result<T: Serialize>(self, value: &T, lay_out: impl FnOnce(&T, &mut Page)) -> Result<(), CliError> {
        match self {
            Self::Json => document(&serde_json::to_string(value).map_err(io::Error::from)?),
            Self::Text => page(|page| lay_out(value, page)),
        }
    }

    /// Nothing was found: prints a hint for people, and no lines for scripts.
    pub(crate) fn nothing(self, hint: &str) -> Result<(), CliError> {
        match self {
            Self::Json => Ok(()),
            Self::Text => page(|page| page.line(hint)),
        }
    }

    /// Prints that the listener is ready at this address.
    pub(crate) fn ready(self, url: &str) -> Result<(), CliError> {
        self.result(&ReadyPrinted { ready: Listening { url: url.to_owned() } }, |printed, page| {
            page.line(&format!("Listening at {}", printed.ready.url));
            page.line("Press Ctrl-C to stop.");
        })
    }

    /// Prints a notification of the app.
    pub(crate) fn notification(self, title: &str, body: &str) -> Result<(), CliError> {
        let notification = Notified { title: title.to_owned(), body: body.to_owned() };
        self.result(&NotificationPrinted { notification }, |_, page| page.line(&format!("[{title}] {body}")))
    }

    /// Prints an event.
    pub(crate) fn event(self, event: EventLine) -> Result<(), CliError> {
        self.result(&EventPrinted { event }, |EventPrinted { event }, page| {
            page.table(&[[local_time(&event.received_at), event.title.clone()]]);
            page.indented(&event.body);
            page.indented(&event.id);
        })
    }
}

/// Prints a note for people on stderr.
pub(crate) fn note(text: &str) {
    terminal::say(&format!("hookbell: {text}\n"));
}

/// Prints a page for people.
fn page(lay_out: impl FnOnce(&mut Page)) -> Result<(), CliError> {
    let mut page = Page::of_width(terminal::width());
    lay_out(&mut page);
    Ok(terminal::print(page.text())?)
}

/// Prints a JSON text.
pub(crate) fn document(json: &str) -> Result<(), CliError> {
    Ok(terminal::print_json(&format!("{json}\n"))?)
}
