//! A table of states: the form in which the words of most event types are written down.
//!
//! A `{}` in a title stands for the short name of the thing ("build 42", "the build"), one in a
//! sentence for its full name ("Backyard Birds 3.3 (42)"). Each text has at most one, so that a long
//! name can give way to the words around it.

use super::{
    Description, Importance, Known, SENTENCE_MAX, TITLE_MAX,
    known::Name,
    text::{humanise, short},
};

/// The states of one event type.
pub(super) struct States {
    /// Every state that Apple documents for it.
    pub(super) rows: &'static [Row],
    /// What to say when the event names no state.
    pub(super) no_state: (&'static str, &'static str, Importance),
    /// What the thing is called in a title.
    pub(super) short: fn(&Known) -> Name,
    /// What the thing is called in a sentence.
    pub(super) full: fn(&Known) -> Name,
}

/// One state.
pub(super) struct Row {
    /// Apple's spellings: the one of today and, where there is one, the older.
    pub(super) apple: &'static [&'static str],
    /// Its name beside others, for instance in "From: In Review".
    pub(super) name: &'static str,
    /// What happened.
    pub(super) title: &'static str,
    /// The same behind the name of the thing: "was rejected".
    pub(super) predicate: &'static str,
    /// What it means, or what to do.
    pub(super) sentence: &'static str,
    /// How much it matters.
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

/// A state that has no row, in words.
pub(super) fn state_in_words(state: &str) -> String {
    humanise(state, TITLE_MAX).unwrap_or_else(|| "Unknown status".to_owned())
}

fn fill(template: &str, name: &Name, max: usize) -> String {
    let Some((before, after)) = template.split_once("{}") else { return template.to_owned() };
    let name = if before.is_empty() { &name.first() } else { name.text() };
    let room = max.saturating_sub(before.chars().count() + after.chars().count());
    format!("{before}{}{after}", short(name, room))
}
