//! What a person types, as a question to the index and to single events.
//!
//! Every word must be there, in any order; the last may be the beginning of one, as it is still being
//! typed. Quotes and operators mean nothing: whatever is no word is a gap between words.

use std::collections::HashSet;

use rusqlite::Connection;

use super::words::{Word, index_text, words};

/// More words than this narrow nothing down any further.
const MAX_WORDS: usize = 16;

/// A beginning of up to this many characters has lists of its own in the index (`prefix = '1 2 3 4'`).
const LISTED_BEGINNING_CHARS: usize = 4;

/// A longer beginning is replaced by the words that begin so, if there are no more than this.
const MAX_COMPLETIONS: usize = 64;

/// A question with at least one word.
#[derive(Debug)]
pub(crate) struct Query(Vec<Word>);

impl Query {
    /// `None` if there is no word in the text: nothing to search for yet.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let words: Vec<Word> = words(text).take(MAX_WORDS).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The question in FTS5's language. The words have letters and digits only, so quoting them is safe.
    pub(crate) fn to_fts(&self, db: &Connection) -> rusqlite::Result<String> {
        let last = self.0.len() - 1;
        let mut clauses = Vec::with_capacity(self.0.len());
        for (number, word) in self.0.iter().enumerate() {
            let exact = |word: &String| Ok(format!("\"{word}\""));
            let begins = |word: &String| beginning(db, word);
            let term: &dyn Fn(&String) -> rusqlite::Result<String> = if number == last { &begins } else { &exact };
            let mut clause = term(&word.whole)?;
            if let Some((end, parts)) = word.parts.split_last() {
                let parts = parts.iter().map(exact).chain([term(end)]).collect::<rusqlite::Result<Vec<_>>>()?;
                clause = format!("{clause} OR ({})", parts.join(" AND "));
            }
            clauses.push(format!("({clause})"));
        }
        Ok(clauses.join(" AND "))
    }

    /// Whether an event that is not indexed yet answers it.
    pub(crate) fn matches(&self, title: &str, sentence: &str, payload: &[u8]) -> bool {
        self.may_match([title.as_bytes(), sentence.as_bytes(), payload])
            && self.matches_words(&index_text(title, sentence, payload))
    }

    /// A quick look that turns away most events: whether the words are somewhere in the bytes at all.
    /// Only plain ASCII can be told so; a Kelvin sign, say, is a "k" in lower case.
    fn may_match(&self, texts: [&[u8]; 3]) -> bool {
        if !texts.iter().all(|text| text.is_ascii()) {
            return true;
        }
        let lower = texts.map(|text| String::from_utf8(text.to_ascii_lowercase()).unwrap_or_default());
        let there = |word: &String| lower.iter().any(|text| text.contains(word.as_str()));
        self.0.iter().all(|word| there(&word.whole) || !word.parts.is_empty() && word.parts.iter().all(there))
    }

    fn matches_words(&self, index_text: &str) -> bool {
        let there: HashSet<&str> = index_text.split(' ').collect();
        let exact = |word: &String| there.contains(word.as_str());
        let begins = |word: &String| there.iter().any(|there| there.starts_with(word.as_str()));
        let last = self.0.len() - 1;
        self.0.iter().enumerate().all(|(number, word)| {
            let term: &dyn Fn(&String) -> bool = if number == last { &begins } else { &exact };
            let in_parts = || word.parts.split_last().is_some_and(|(end, parts)| parts.iter().all(exact) && term(end));
            term(&word.whole) || in_parts()
        })
    }
}

/// Everything that begins so. For a beginning without a list of its own FTS5 would first collect the
/// events of all its words, a tenth of a second if one of them is in a million events. The few words
/// that begin so, one by one, are read from the newest event on and no further than needed.
fn beginning(db: &Connection, word: &str) -> rusqlite::Result<String> {
    let prefix = Ok(format!("\"{word}\" *"));
    if word.chars().count() <= LISTED_BEGINNING_CHARS {
        return prefix;
    }
    let mut next = db.prepare_cached("SELECT term FROM event_search_word WHERE term >= ? LIMIT 1")?;
    let mut completions = Vec::new();
    let mut from = word.to_owned();
    loop {
        let found: Option<String> = next.query([&from])?.next()?.map(|row| row.get(0)).transpose()?;
        match found {
            Some(found) if found.starts_with(word) => {
                if completions.len() == MAX_COMPLETIONS {
                    return prefix;
                }
                completions.push(format!("\"{found}\""));
                // The next word after this one: no word has a control character.
                from = found + "\u{1}";
            }
            _ if completions.is_empty() => return prefix,
            _ => return Ok(format!("({})", completions.join(" OR "))),
        }
    }
}
