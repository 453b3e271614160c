//! Alternative distribution: packages and the territories in which marketplaces may offer them.
//!
//! Availability isn't a state but a flag and a list of territories in the event.

use super::{
    Description,
    Importance::{self, Bad, Good, Info},
    Known, SENTENCE_MAX,
    known::Name,
    states::{Row, States},
    text::short,
};
use crate::Event;

fn package(_: &Known) -> Name {
    Name::Words("package".to_owned())
}

fn full_package(known: &Known) -> Name {
    Name::Words(match known.app() {
        Some(app) => format!("the package of {app}"),
        None => "the distribution package".to_owned(),
    })
}

/// The versions of a package. Its event reports a creation and need not contain a state.
pub(super) static PACKAGE_VERSION: States = States {
    no_state: ("New distribution package version", "Marketplaces can now download the new version of {}.", Good),
    short: package,
    full: full_package,
    rows: &[
        Row {
            apple: &["COMPLETED"],
            name: "Complete",
            title: "Distribution package version complete",
            predicate: "has a new version",
            sentence: "Marketplaces can now download the new version of {}.",
            importance: Good,
        },
        Row {
            apple: &["REPLACED"],
            name: "Replaced",
            title: "Distribution package version replaced",
            predicate: "was replaced by a newer version",
            sentence: "A newer version of {} has replaced it.",
            importance: Info,
        },
    ],
};

pub(super) fn package_available(event: &Event, known: &Known) -> Description {
    let package = full_package(known);
    let territories = territories(event).map(|count| format!(" in {count}")).unwrap_or_default();
    let (title, sentence, importance) = match event.available {
        Some(true) => (
            "Distribution package available",
            format!("A marketplace can now offer {}{territories}.", package.text()),
            Good,
        ),
        Some(false) => (
            "Distribution package unavailable",
            format!("A marketplace can no longer offer {}{territories}.", package.text()),
            Bad,
        ),
        None => (
            "Distribution package changed",
            format!("The event doesn’t say whether a marketplace can offer {}.", package.text()),
            Info,
        ),
    };
    description(title.to_owned(), &sentence, importance)
}

pub(super) fn territory_availability(event: &Event, known: &Known) -> Description {
    let app = known.app().unwrap_or_else(|| "the app".to_owned());
    let territories = territories(event);
    let count = territories.as_deref().unwrap_or("some territories");
    let (title, sentence, importance) = match event.available {
        Some(true) => {
            (format!("Marketplaces open in {count}"), format!("A marketplace can now offer {app} in {count}."), Good)
        }
        Some(false) => (
            format!("Marketplaces closed in {count}"),
            format!("A marketplace can no longer offer {app} in {count}."),
            Bad,
        ),
        None => (
            "Marketplace territories changed".to_owned(),
            format!("The event doesn’t say whether a marketplace can offer {app} in {count}."),
            Info,
        ),
    };
    description(title, &sentence, importance)
}

fn territories(event: &Event) -> Option<String> {
    match event.territories.len() {
        0 => None,
        1 => Some("1 territory".to_owned()),
        count => Some(format!("{count} territories")),
    }
}

fn description(title: String, sentence: &str, importance: Importance) -> Description {
    Description { title, sentence: short(sentence, SENTENCE_MAX), importance }
}
