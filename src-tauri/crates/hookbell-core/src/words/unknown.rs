//! What Apple adds later, and bodies that aren't events. Both have a valid signature, so both are stored and shown.

use super::{
    Description, Importance, SENTENCE_MAX,
    text::{humanise, uncapitalised},
};

pub(super) fn event_type(type_name: Option<&str>) -> Description {
    const BEFORE: &str = "Hookbell doesn’t know “";
    const AFTER: &str = "” yet. The payload is stored as received.";
    let room = SENTENCE_MAX - BEFORE.chars().count() - AFTER.chars().count();
    let sentence = match type_name.and_then(|name| humanise(name, room)) {
        Some(words) => format!("{BEFORE}{}{AFTER}", uncapitalised(&words)),
        None => "Hookbell doesn’t know its type. The payload is stored as received.".to_owned(),
    };
    info("New event type from Apple", sentence)
}

pub(super) fn json_without_type() -> Description {
    info(
        "Signed request that isn’t an event",
        "The signature is valid, but no event type is named. The body is stored as received.".to_owned(),
    )
}

pub(super) fn not_json() -> Description {
    info(
        "Signed request that isn’t an event",
        "The signature is valid, but the body isn’t JSON. It is stored as received.".to_owned(),
    )
}

fn info(title: &str, sentence: String) -> Description {
    Description { title: title.to_owned(), sentence, importance: Importance::Info }
}
