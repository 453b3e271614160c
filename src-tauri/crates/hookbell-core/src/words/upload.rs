//! Uploads of builds: `BuildUploadState`, and Apple's own words for a failure once they are known.

use super::{
    Description,
    Importance::{Bad, Good, Info},
    Known, SENTENCE_MAX, TITLE_MAX,
    states::{Row, States},
    text::uncapitalised,
};

pub(super) static STATES: States = States {
    no_state: ("Upload changed", "The event doesn’t say the status; see {} in App Store Connect.", Info),
    short: Known::short_build,
    full: Known::full_build,
    rows: &[
        Row {
            apple: &["AWAITING_UPLOAD"],
            name: "Waiting for files",
            title: "Upload started",
            predicate: "upload started",
            sentence: "App Store Connect is waiting for the files of {}.",
            importance: Info,
        },
        Row {
            apple: &["PROCESSING"],
            name: "Processing",
            title: "Upload is processing",
            predicate: "upload is processing",
            sentence: "Apple has the files of {} and is checking them.",
            importance: Info,
        },
        Row {
            apple: &["FAILED"],
            name: "Failed",
            title: "Upload failed",
            predicate: "upload failed",
            sentence: "Apple rejected {}; see App Store Connect for the errors.",
            importance: Bad,
        },
        Row {
            apple: &["COMPLETE"],
            name: "Complete",
            title: "Upload complete",
            predicate: "was uploaded",
            sentence: "{} is now in App Store Connect.",
            importance: Good,
        },
    ],
};

pub(super) fn describe(state: Option<&str>, known: &Known) -> Description {
    let words = STATES.describe(state, known);
    if state != Some("FAILED") {
        return words;
    }
    let before = format!("{}: ", words.title);
    match known.problem(TITLE_MAX - before.len()) {
        Some(problem) => Description { title: before + &uncapitalised(&problem), ..in_apples_words(words, known) },
        None => words,
    }
}

/// As given, but the sentence quotes Apple's description of the problem, if known.
pub(super) fn in_apples_words(words: Description, known: &Known) -> Description {
    const AROUND: &str = "Apple says: “”";
    match known.problem(SENTENCE_MAX - AROUND.len()) {
        Some(problem) => Description { sentence: format!("Apple says: “{problem}”"), ..words },
        None => words,
    }
}
