//! What a reader sees of untrusted text, and what only affects the text around it.
//!
//! Testers, App Store Connect and tunnel programs write text that we show next to our own. Characters without a glyph
//! can make a title that nobody can see or click; those that set a direction can make the words after them read as
//! others (<https://www.unicode.org/reports/tr9/>, "Explicit Directional Embeddings, Overrides and Isolates").

use std::borrow::Cow;

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

/// The Braille letter without dots: a symbol in Unicode, but blank to a reader.
const BRAILLE_BLANK: char = '\u{2800}';

/// Whether a character has no glyph: white space, a control character, or a default-ignorable character such as a
/// zero-width space.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let ignorable = || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c);
    c.is_whitespace() || c.is_control() || c == BRAILLE_BLANK || (!c.is_ascii() && ignorable())
}

/// Whether a reader sees nothing of a text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// Whether a character embeds, overrides or isolates the direction of the text after it, or ends that. This excludes
/// the marks that right-to-left text needs next to punctuation (U+200E, U+200F, U+061C).
#[must_use]
pub const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without anything that affects a terminal or a log, keeping its line count.
///
/// A control character becomes its symbol (ESC is "␛"), one of the C1 range U+FFFD, as it has none; direction
/// characters are left out. Line breaks and tabs stay.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    let acts = |c: char| (c.is_control() && c != '\n' && c != '\t') || turns_text(c);
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().filter(|c| !turns_text(*c)).map(|c| if acts(c) { picture(c) } else { c }).collect())
}

/// Equivalent JSON without anything that affects a terminal: serialisers escape only what RFC 8259 demands, which
/// leaves DEL, the C1 range and direction characters.
#[must_use]
pub fn plain_json(json: &str) -> Cow<'_, str> {
    let acts = |c: char| (c.is_control() && !c.is_ascii_whitespace()) || turns_text(c);
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let escaped = |c| if acts(c) { format!("\\u{:04x}", u32::from(c)) } else { String::from(c) };
    Cow::Owned(json.chars().map(escaped).collect())
}

/// The symbol for a control character (the block "Control Pictures").
fn picture(control: char) -> char {
    match u32::from(control) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7F => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_acts_on_no_terminal() {
        assert_eq!(plain("a\u{1B}]0;title\u{7}b\u{9B}2J\u{7F}"), "a␛]0;title␇b\u{FFFD}2J␡");
        assert_eq!(plain("one\r\ntwo\rthree\tfour\u{8}"), "one\ntwo␍three\tfour␈");
        assert_eq!(plain("\u{202E}lived\u{202C} \u{2066}x\u{2069} שלום\u{200F}"), "lived x שלום\u{200F}");
        assert!(matches!(plain("a\n\tb é"), Cow::Borrowed("a\n\tb é")));
        for c in '\u{0}'..=char::MAX {
            let plain = plain(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(!plain.contains(|c: char| turns_text(c) || (c.is_control() && c != '\n' && c != '\t')), "{c:?}");
        }
    }

    #[test]
    fn plain_json_means_the_same_and_acts_on_no_terminal() {
        let value = serde_json::json!({ "a\u{9B}": "\u{1B}[2J\u{7F}\u{85}\u{202E}x\u{2069}\n é" });
        for json in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let plain = plain_json(&json);
            assert_eq!(serde_json::from_str::<serde_json::Value>(&plain).unwrap(), value);
            assert!(!plain.contains(|c: char| turns_text(c) || (c.is_control() && c != '\n')), "{plain:?}");
        }
        assert!(matches!(plain_json("{\n}"), Cow::Borrowed("{\n}")));
    }

    #[test]
    fn a_text_of_invisible_characters_only_is_blank() {
        for text in ["", " \t\r\n", "\u{200B}\u{200B}", "\u{2060}\u{FEFF}\u{AD}", "\u{3164}\u{FFA0}", "\u{2800}"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["\u{202E}\u{2066}\u{200F}", "\u{E0041}\u{FE0F}\u{200D}", "\u{0}\u{7F}\u{9B}", "\u{A0}\u{2028}"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["x", "\u{200B}.", "שלום", "👩\u{200D}🚀", "\u{301}", "\u{FFFD}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn only_what_reaches_the_text_after_it_turns_text() {
        let turning: Vec<char> = ('\u{0}'..=char::MAX).filter(|c| turns_text(*c)).collect();
        assert_eq!(turning.len(), 9);
        assert!(!['\u{200E}', '\u{200F}', '\u{61C}', '\u{200D}'].into_iter().any(turns_text));
    }
}
