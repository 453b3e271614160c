//! A table of states: the form in which most event types keep their words.
//!
//! A `{}` in a title stands for the thing's short name ("build 42", "the build"), one in a sentence for its full name
//! ("Backyard Birds 3.3 (42)"). Each text has at most one, so that a long name can be shortened to fit.

use super::{
    Description, Importance, Known, SENTENCE_MAX, TITLE_MAX,
    known::Name,
    text::{humanise, short},
};

/// The states of one event type.
pub(super) struct States {
    /// Every state that Apple documents for it.
    pub(super) rows: &'static [Row],
    /// The words for an event without a state.
    pub(super) no_state: (&'static str, &'static str, Importance),
    /// The thing's name in a title.
    pub(super) short: fn(&Known) -> Name,
    /// The thing's name in a sentence.
    pub(super) full: fn(&Known) -> Name,
}

/// One state.
pub(super) struct Row {
    /// Apple's spellings: the current one and, if there is one, the older one.
    pub(super) apple: &'static [&'static str],
    /// Its name in a list, for instance in "From: In Review".
    pub(super) name: &'static str,
    /// What happened.
    pub(super) title: &'static str,
    /// The title as a predicate after the thing's name: "was rejected".
    pub(super) predicate: &'static str,
    /// What it means, or what to do.
    pub(super) sentence: &'static str,
    /// How urgently a person should see an event that reaches this state.
    pub(super) importance: Importance,
}

impl States {
    pub(super) fn find(&self, state: &str) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.apple.contains(&state))
    }

    pub(super) fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.rows.iter().flat_map(|row| row.apple).copied()
    }

    pub(super) fn describe(&self, state: Option<&str>, known: &Known) -> Description {
        let row = state.and_then(|state| self.find(state));
        match (row, state) {
            (Some(row), _) => self.fill(row.title, row.sentence, row.importance, known),
            (None, Some(state)) => Description {
                title: state_in_words(state),
                ..self.fill("", "This status is new to Hookbell. See {} in App Store Connect.", Importance::Info, known)
            },
            (None, None) => self.fill(self.no_state.0, self.no_state.1, self.no_state.2, known),
        }
    }

    fn fill(&self, title: &str, sentence: &str, importance: Importance, known: &Known) -> Description {
        Description {
            title: fill(title, &(self.short)(known), TITLE_MAX),
            sentence: fill(sentence, &(self.full)(known), SENTENCE_MAX),
            importance,
        }
    }
}

/// A state without a row, in words.
pub(super) fn state_in_words(state: &str) -> String {
    humanise(state, TITLE_MAX).unwrap_or_else(|| "Unknown status".to_owned())
}

fn fill(template: &str, name: &Name, max: usize) -> String {
    let Some((before, after)) = template.split_once("{}") else { return template.to_owned() };
    let name = if before.is_empty() { &name.first() } else { name.text() };
    let room = max.saturating_sub(before.chars().count() + after.chars().count());
    format!("{before}{}{after}", short(name, room))
}
