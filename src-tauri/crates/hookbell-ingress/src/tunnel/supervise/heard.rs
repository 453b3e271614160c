//! What a run of a program said so far, and which of its words explain how it went.
//!
//! A refusal counts for more than a wait, a wait for more than trouble, and trouble for more than anything else it
//! wrote. Of trouble the last word counts, of the others the first: what follows repeats it in other words.

use std::collections::VecDeque;

use super::Ended;

/// How many lines are remembered for the lines that follow them.
const MAX_LINES_REMEMBERED: usize = 32;

/// What is wrong and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) hint: String,
}

#[derive(Debug, Default)]
pub(super) struct Heard {
    lines: VecDeque<String>,
    /// The last words that mean nothing to us.
    words: Option<String>,
    trouble: Option<String>,
    later: Option<String>,
    refusal: Option<Refusal>,
}

impl Heard {
    /// The last lines before this one, the oldest first.
    pub(super) fn before(&mut self) -> &[String] {
        self.lines.make_contiguous()
    }

    /// Remembers a line for those that follow.
    pub(super) fn remember(&mut self, line: String) {
        if self.lines.len() == MAX_LINES_REMEMBERED {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    pub(super) fn words(&mut self, words: String) {
        self.words = Some(words);
    }

    pub(super) fn trouble(&mut self, words: String) {
        self.trouble = Some(words);
    }

    pub(super) fn later(&mut self, words: String) {
        self.later.get_or_insert(words);
    }

    pub(super) fn refusal(&mut self, refusal: Refusal) {
        self.refusal.get_or_insert(refusal);
    }

    /// All is well: what went wrong before is over.
    pub(super) fn forgive(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        *self = Self { lines, ..Self::default() };
    }

    /// Whether it said why it will not work.
    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether it said that more is refused for a while.
    pub(super) fn is_put_off(&self) -> bool {
        self.later.is_some()
    }

    /// Its words of trouble, if it had any.
    pub(super) fn why(&self) -> Option<String> {
        self.later.clone().or_else(|| self.trouble.clone())
    }

    /// With its own last words.
    pub(super) fn quoted(&self, what: String) -> String {
        match self.why().as_ref().or(self.words.as_ref()) {
            Some(words) => format!("{what}: {words}"),
            None => what,
        }
    }

    /// How a run ended in which this was said. `otherwise` is the reason where none was given; `chatted` says that the
    /// words without a meaning explain nothing either, as all was well.
    pub(super) fn verdict(self, program: &str, otherwise: &str, chatted: bool, steady: bool) -> Ended {
        match self {
            Self { refusal: Some(Refusal { message, hint }), .. } => Ended::Fatal { message, hint },
            Self { later: Some(why), .. } => Ended::Failed { why, steady: false, refused: true },
            Self { trouble: Some(words), .. } => failed(format!("{program} ended: {words}"), steady),
            Self { words: Some(words), .. } if !chatted => failed(format!("{program} ended: {words}"), steady),
            _ => failed(format!("{program} ended ({otherwise})"), steady),
        }
    }
}

fn failed(why: String, steady: bool) -> Ended {
    Ended::Failed { why, steady, refused: false }
}
