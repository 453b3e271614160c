//! What a reader sees of a stranger's text, and what only acts on the text around it.
//!
//! Testers, App Store Connect and tunnel programs write what we show beside our own words. Characters
//! without a picture make a title that nobody can see or click; those that set a direction make the
//! words after them read as others (<https://www.unicode.org/reports/tr9/>, "Explicit Directional
//! Embeddings, Overrides and Isolates").

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

/// A letter of Braille with no dot in it: a symbol to Unicode, and blank to a reader.
const BRAILLE_BLANK: char = '\u{2800}';

/// Whether a character has no picture of its own: white space, a control character, or one that
/// Unicode says to ignore where it can't be shown, such as a zero-width space.
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

/// Whether a character embeds, overrides or isolates the direction of the text after it, or ends that.
/// The marks that a right-to-left text needs beside its punctuation (U+200E, U+200F, U+061C) do not.
#[must_use]
pub const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
