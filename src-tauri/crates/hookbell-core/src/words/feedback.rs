//! What testers send: screenshots and crashes. They have no states, but the tester's own words, which help most and so
//! come first.

use super::{Description, Importance, Known, SENTENCE_MAX, TITLE_MAX, known::Name, text::short};

pub(super) fn screenshot(known: &Known) -> Description {
    let title = match known.tester() {
        Some(tester) => format!("Screenshot feedback from {tester}"),
        None => "Screenshot feedback".to_owned(),
    };
    let sentence = quote(known, [app_and_build(known), known.device()])
        .unwrap_or_else(|| format!("A tester sent a screenshot of {}{}.", known.full_build().text(), on_device(known)));
    description(&title, &sentence, Importance::Info)
}

pub(super) fn crash(known: &Known) -> Description {
    let version = known.version().map(|version| format!(" in {version}"));
    let title = match (version, known.device()) {
        (None, None) => "Crash feedback".to_owned(),
        (version, _) => format!("Crash{}{}", version.unwrap_or_default(), on_device(known)),
    };
    let sentence = quote(known, [known.tester(), app_and_build(known)])
        .unwrap_or_else(|| format!("{} crashed. Open it to see the crashed thread.", known.full_build().first()));
    description(&title, &sentence, Importance::Bad)
}

/// Facts that would make the text after a quote longer than this, in characters, are left out.
const BESIDE_QUOTE_MAX: usize = 56;

/// The tester's words in quotes with additional facts, or `None` without a comment.
fn quote(known: &Known, with: [Option<String>; 2]) -> Option<String> {
    let with = with.into_iter().flatten().fold(String::new(), |with, next| {
        let longer = if with.is_empty() { next } else { format!("{with}, {next}") };
        if longer.chars().count() <= BESIDE_QUOTE_MAX { longer } else { with }
    });
    let after = if with.is_empty() { String::new() } else { format!(" {with}.") };
    let comment = known.comment(SENTENCE_MAX.saturating_sub(2 + after.chars().count()))?;
    Some(format!("“{comment}”{after}"))
}

/// The build's name, or `None` if that would only be "the build".
fn app_and_build(known: &Known) -> Option<String> {
    match known.full_build() {
        Name::Proper(name) => Some(name),
        Name::Words(words) => (known.version().is_some() || known.build().is_some()).then_some(words),
    }
    .or_else(|| known.app())
}

fn on_device(known: &Known) -> String {
    known.device().map(|device| format!(" on {device}")).unwrap_or_default()
}

fn description(title: &str, sentence: &str, importance: Importance) -> Description {
    Description { title: short(title, TITLE_MAX), sentence: short(sentence, SENTENCE_MAX), importance }
}
