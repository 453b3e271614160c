//! What a word is, for the index and for queries.
//!
//! The same function splits both, so a query's word is never more than one word in the index, which makes any input a
//! valid query. Words are lowercase; letters and digits stay together; ideographs and emoji are single words, as they
//! are written without spaces; `appStoreVersion` counts as itself and as its three parts. Accents are kept: "é" is not
//! "e".

/// Longer words, such as Base64, are truncated; their prefix can still be found.
const MAX_WORD_CHARS: usize = 64;

/// Only this many bytes of a payload are searched. Apple's payloads are about one kilobyte.
pub(crate) const PAYLOAD_SEARCHED_BYTES: usize = 64 << 10;

/// One word: whole, and split into parts at its capitals, if any.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// In lower case.
    pub(crate) whole: String,
    /// In lower case; empty unless there are at least two.
    pub(crate) parts: Vec<String>,
}

/// Splits a text into words, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word> {
    runs(text).map(Word::new)
}

/// The text of an event for the index: every word and every part, separated by spaces.
pub(crate) fn index_text(title: &str, sentence: &str, payload: &[u8]) -> String {
    let searched = payload.get(..PAYLOAD_SEARCHED_BYTES).unwrap_or(payload);
    let payload = String::from_utf8_lossy(searched);
    let mut text = String::with_capacity(title.len() + sentence.len() + payload.len() * 3 / 2);
    for word in [title, sentence, &payload].into_iter().flat_map(words) {
        for piece in std::iter::once(&word.whole).chain(&word.parts) {
            text.push_str(piece);
            text.push(' ');
        }
    }
    text
}

impl Word {
    fn new(run: &str) -> Self {
        let cut = run.char_indices().nth(MAX_WORD_CHARS).map_or(run, |(end, _)| &run[..end]);
        let mut parts: Vec<String> = Vec::new();
        let mut start = 0;
        let mut before = None;
        for (at, char) in cut.char_indices() {
            if before.is_some_and(char::is_lowercase) && char.is_uppercase() {
                parts.push(cut[start..at].to_lowercase());
                start = at;
            }
            before = Some(char);
        }
        if !parts.is_empty() {
            parts.push(cut[start..].to_lowercase());
        }
        Self { whole: cut.to_lowercase(), parts }
    }
}

/// Runs of letters and digits, and single characters that count as words.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let begins = rest.find(|char| holds_together(char) || stands_alone(char))?;
        rest = &rest[begins..];
        let end = match rest.find(|char| !holds_together(char)) {
            Some(0) => rest.chars().next().map_or(0, char::len_utf8),
            Some(end) => end,
            None => rest.len(),
        };
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

fn holds_together(char: char) -> bool {
    char.is_alphanumeric() && !stands_alone(char)
}

fn stands_alone(char: char) -> bool {
    match u32::from(char) {
        // Kana and ideographs.
        0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => true,
        // Arrows, symbols, dingbats; emoji.
        0x2190..=0x2BFF | 0x1F000..=0x1FAFF => !char.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        words(text).map(|word| word.whole).collect()
    }

    #[test]
    fn cuts_at_everything_but_letters_and_digits() {
        assert_eq!(cut("IN_BETA_REVIEW, build 42!"), ["in", "beta", "review", "build", "42"]);
        assert_eq!(cut("{\"a\":\"b-c\"}\0\u{7f}"), ["a", "b", "c"]);
        assert_eq!(cut(" \"*()^:+-' "), [""; 0]);
    }

    #[test]
    fn keeps_a_name_whole_and_in_parts() {
        let word = words("appStoreVersions").next().unwrap();
        assert_eq!(
            word,
            Word { whole: "appstoreversions".into(), parts: ["app", "store", "versions"].map(Into::into).into() }
        );
        assert_eq!(words("Rejected").next().unwrap().parts, [""; 0]);
    }

    #[test]
    fn ideographs_and_emoji_stand_alone() {
        assert_eq!(cut("審査中v2"), ["審", "査", "中", "v2"]);
        assert_eq!(cut("done🎉🎉 →"), ["done", "🎉", "🎉", "→"]);
    }

    #[test]
    fn the_index_takes_bytes_that_are_no_text() {
        assert_eq!(index_text("A", "", b"b\xff\xfec\0d"), "a b c d ");
        let long = "x".repeat(PAYLOAD_SEARCHED_BYTES * 2);
        assert_eq!(index_text("", "", long.as_bytes()), format!("{} ", "x".repeat(MAX_WORD_CHARS)));
    }
}
