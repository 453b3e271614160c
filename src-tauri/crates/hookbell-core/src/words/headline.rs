//! An event as one sentence with a subject: "Version 3.2 was rejected", or "Backyard Birds 3.2 rejected" if there is
//! only one line.
//!
//! Events without states, such as feedback, have no such sentence; their title takes its place.

use super::{Known, known::Name, table, text::short};
use crate::EventType;

/// The minimum number of characters that make an app's name recognisable.
const APP_MIN: usize = 12;

/// What happened, as a sentence without the app and without a period: "Build 418 is ready to test". `None` if the type
/// has no such state. At most 80 characters.
#[must_use]
pub fn headline(event_type: EventType, state: &str, known: &Known) -> Option<String> {
    const HEADLINE_MAX: usize = 80;
    let predicate = predicate(event_type, state)?;
    let thing = thing(event_type, known).first();
    Some(format!("{} {predicate}", short(&thing, HEADLINE_MAX.saturating_sub(predicate.chars().count() + 1))))
}

/// What happened, on one line of at most `max` characters that starts with the app, or with the version if the app is
/// unknown: "Backyard Birds 3.2 rejected". If the line is too long, the app's name is shortened first.
///
/// `title` is the event's title without its app. It is used for types without states, followed by the app.
#[must_use]
pub fn one_line_headline(
    event_type: Option<EventType>,
    state: Option<&str>,
    title: &str,
    known: &Known,
    max: usize,
) -> String {
    let told = event_type.zip(state).and_then(|(event_type, state)| Some((event_type, predicate(event_type, state)?)));
    let Some((event_type, predicate)) = told else { return titled(title, known, max) };
    let news = briefly(predicate);
    let room = max.saturating_sub(news.chars().count() + 1);
    let Some(app) = known.app() else {
        let is_named = known.version().or_else(|| known.build()).or_else(|| known.pack()).is_some();
        let thing = thing(event_type, known).first();
        return if is_named { format!("{} {news}", short(&thing, room)) } else { short(title, max) };
    };
    let number = number(event_type, known).map(|number| format!(" {number}")).unwrap_or_default();
    let room = room.saturating_sub(number.chars().count());
    if room < app.chars().count().min(APP_MIN) {
        return titled(title, known, max);
    }
    format!("{}{number} {news}", short(&app, room))
}

/// The title followed by the app, as far as both fit.
fn titled(title: &str, known: &Known, max: usize) -> String {
    const BETWEEN: &str = " · ";
    let room = max.saturating_sub(title.chars().count() + BETWEEN.chars().count());
    match known.app() {
        Some(app) if room >= app.chars().count().min(APP_MIN) => format!("{title}{BETWEEN}{}", short(&app, room)),
        _ => short(title, max),
    }
}

fn predicate(event_type: EventType, state: &str) -> Option<&'static str> {
    table(event_type).and_then(|states| states.find(state)).map(|row| row.predicate)
}

/// The predicate in the style of a newspaper headline.
fn briefly(predicate: &'static str) -> &'static str {
    ["is now ", "was ", "is "].iter().find_map(|verb| predicate.strip_prefix(verb)).unwrap_or(predicate)
}

/// The thing that changed state, without its app.
fn thing(event_type: EventType, known: &Known) -> Name {
    match event_type {
        EventType::AppStoreVersionAppVersionStateUpdated => match known.version() {
            Some(version) => Name::Words(format!("version {version}")),
            None => known.short_version(),
        },
        EventType::BuildBetaDetailExternalBuildStateUpdated | EventType::BuildUploadStateUpdated => known.short_build(),
        EventType::AlternativeDistributionPackageVersionCreated => Name::Words("the distribution package".to_owned()),
        _ => Name::Words(match known.pack() {
            Some(pack) => format!("asset pack {pack}"),
            None => "the asset pack".to_owned(),
        }),
    }
}

/// What follows the app's name.
fn number(event_type: EventType, known: &Known) -> Option<String> {
    match event_type {
        EventType::AppStoreVersionAppVersionStateUpdated => {
            known.version().or_else(|| known.build().map(|build| format!("({build})")))
        }
        EventType::BuildBetaDetailExternalBuildStateUpdated | EventType::BuildUploadStateUpdated => {
            match (known.version(), known.build()) {
                (Some(version), Some(build)) => Some(format!("{version} ({build})")),
                (Some(version), None) => Some(version),
                (None, Some(build)) => Some(format!("({build})")),
                (None, None) => Some("build".to_owned()),
            }
        }
        EventType::AlternativeDistributionPackageVersionCreated => Some("package".to_owned()),
        _ => Some("asset pack".to_owned()),
    }
}
