//! Turns what a person types into a query for the index and for single events.
//!
//! Every word must occur, in any order; the last one may be a prefix, as it is still being typed. Quotes and operators
//! have no meaning: anything that isn't a word separates words.

use std::collections::HashSet;

use rusqlite::Connection;

use super::words::{Word, index_text, words};

/// Further words don't narrow the result.
const MAX_WORDS: usize = 16;

/// Prefixes up to this many characters have prefix indexes (`prefix = '1 2 3 4'`).
const LISTED_BEGINNING_CHARS: usize = 4;

/// A longer prefix is replaced by its completions, if there are no more than this.
const MAX_COMPLETIONS: usize = 64;

/// A query with at least one word.
#[derive(Debug)]
pub(crate) struct Query(Vec<Word>);

impl Query {
    /// `None` if the text has no word, so there is nothing to search for yet.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let words: Vec<Word> = words(text).take(MAX_WORDS).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The query in FTS5 syntax. The words contain only letters and digits, so quoting them is safe.
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

    /// Whether an event that isn't indexed yet matches.
    pub(crate) fn matches(&self, title: &str, sentence: &str, payload: &[u8]) -> bool {
        self.may_match([title.as_bytes(), sentence.as_bytes(), payload])
            && self.matches_words(&index_text(title, sentence, payload))
    }

    /// A quick pre-check that rules out most events: whether the bytes contain the words at all. Works only for plain
    /// ASCII; a Kelvin sign, for instance, lowercases to "k".
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

/// Everything with this prefix. For a prefix without a prefix index, FTS5 would first collect the events of all
/// matching words, which takes a tenth of a second if one of them occurs in a million events. The few completions,
/// listed one by one, are read from the newest event on and no further than needed.
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
                // Seeks the next word after this one: no word contains a control character.
                from = found + "\u{1}";
            }
            _ if completions.is_empty() => return prefix,
            _ => return Ok(format!("({})", completions.join(" OR "))),
        }
    }
}
