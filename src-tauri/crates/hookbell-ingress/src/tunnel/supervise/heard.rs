//! What a program has printed so far in this run, and which lines explain its end.
//!
//! A refusal outranks a wait, a wait outranks trouble, and trouble outranks any other output. For trouble the last
//! message counts, for the others the first, because later ones repeat it in other words.

use std::collections::VecDeque;

use super::Ended;

/// How many lines to keep as context for later lines.
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
    /// The last line without a known meaning.
    words: Option<String>,
    trouble: Option<String>,
    later: Option<String>,
    refusal: Option<Refusal>,
}

impl Heard {
    /// The lines before this one, oldest first.
    pub(super) fn before(&mut self) -> &[String] {
        self.lines.make_contiguous()
    }

    /// Keeps a line as context for later ones.
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

    /// Forgets earlier problems, because all is well.
    pub(super) fn forgive(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        *self = Self { lines, ..Self::default() };
    }

    /// Whether it said why it can't work.
    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether it said that the provider refuses for a while.
    pub(super) fn is_put_off(&self) -> bool {
        self.later.is_some()
    }

    /// Its trouble message, if any.
    pub(super) fn why(&self) -> Option<String> {
        self.later.clone().or_else(|| self.trouble.clone())
    }

    /// Adds the program's last words to a text.
    pub(super) fn quoted(&self, what: String) -> String {
        match self.why().as_ref().or(self.words.as_ref()) {
            Some(words) => format!("{what}: {words}"),
            None => what,
        }
    }

    /// Explains a run's end by its output. `otherwise` is the default reason; `chatted` means that lines without a
    /// meaning explain nothing, because all was well.
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
