//! What Apple adds later, and bodies that are no event. Both carry a good signature, so both are
//! kept and shown.

use super::{
    Description, Importance, SENTENCE_MAX,
    text::{humanise, uncapitalised},
};

pub(super) fn event_type(type_name: Option<&str>) -> Description {
    const BEFORE: &str = "Hookbell does not know “";
    const AFTER: &str = "” yet; the payload is kept as it came.";
    let room = SENTENCE_MAX - BEFORE.chars().count() - AFTER.chars().count();
    let sentence = match type_name.and_then(|name| humanise(name, room)) {
        Some(words) => format!("{BEFORE}{}{AFTER}", uncapitalised(&words)),
        None => "Hookbell does not know its type; the payload is kept as it came.".to_owned(),
    };
    info("New kind of event from Apple", sentence)
}

pub(super) fn json_without_type() -> Description {
    info(
        "Signed message that is not an event",
        "The signature is good, but no event type is named; the message is kept as it came.".to_owned(),
    )
}

pub(super) fn not_json() -> Description {
    info(
        "Signed message that is not an event",
        "The signature is good, but it can't be read as JSON; the message is kept as it came.".to_owned(),
    )
}

fn info(title: &str, sentence: String) -> Description {
    Description { title: title.to_owned(), sentence, importance: Importance::Info }
}
