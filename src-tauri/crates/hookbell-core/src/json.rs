//! Prepares untrusted JSON for a parser that accepts only RFC 8259.
//!
//! A program that truncates text to a number of UTF-16 units can cut an emoji in half. The remaining half is in the
//! JSON as an escape such as `\ud83c`, which isn't a character, and a strict parser rejects the whole document because
//! of it.

use std::borrow::Cow;

/// U+FFFD, the replacement character, as an escape. It has the length of what it replaces.
const REPLACEMENT: &[u8] = br"\ufffd";

/// Replaces each escape that is half of a surrogate pair by U+FFFD; every other byte stays.
///
/// The length stays the same, so an offset into the result is an offset into the original. Text that isn't JSON stays
/// text that isn't JSON.
#[must_use]
pub fn without_lone_surrogates(json: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(rest) = json.get(at..).filter(|rest| !rest.is_empty()) {
        at += match (rest[0], unit(rest)) {
            (_, Some(0xD800..=0xDBFF)) if matches!(rest.get(6..).and_then(unit), Some(0xDC00..=0xDFFF)) => 12,
            (_, Some(0xD800..=0xDFFF)) => {
                whole.to_mut()[at..at + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
                REPLACEMENT.len()
            }
            // The character after a backslash is escaped, and may itself be a backslash.
            (b'\\', _) => 2,
            _ => 1,
        };
    }
    whole
}

/// The UTF-16 unit of a leading `\uXXXX` escape.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(br"\u")?.get(..4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn read(json: &str) -> Value {
        serde_json::from_slice(&without_lone_surrogates(json.as_bytes())).unwrap()
    }

    #[test]
    fn half_an_emoji_becomes_the_replacement_character() {
        assert_eq!(read(r#""Rain \ud83c""#), "Rain \u{FFFD}");
        assert_eq!(read(r#""\uDC00 \uD83C\ud83c x""#), "\u{FFFD} \u{FFFD}\u{FFFD} x");
        assert_eq!(read(r#"{"a\ud800":["\ud83cx"]}"#), serde_json::json!({ "a\u{FFFD}": ["\u{FFFD}x"] }));
    }

    #[test]
    fn a_whole_emoji_and_escaped_backslashes_stay() {
        for json in [r#""\ud83c\udf27 \u00e9""#, r#""\\ud83c""#, r#""\\\\ud83c\n""#, "\"\u{1F327}\"", "not JSON \\", ""]
        {
            assert!(matches!(without_lone_surrogates(json.as_bytes()), Cow::Borrowed(same) if same == json.as_bytes()));
        }
        assert_eq!(read(r#""\ud83c\udf27\ud83c""#), "\u{1F327}\u{FFFD}");
        assert_eq!(read(r#""\\\ud83c""#), "\\\u{FFFD}");
    }

    #[test]
    fn an_escape_that_is_cut_short_is_left_to_the_parser() {
        for json in [r#""\ud83"#, r#""\ud83c\u"#, r#""\ud8zz""#, "\"\\"] {
            let read = without_lone_surrogates(json.as_bytes());
            assert_eq!(read.len(), json.len());
            assert!(serde_json::from_slice::<Value>(&read).is_err(), "{json}");
        }
    }
}
