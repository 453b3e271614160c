//! Makes text fit to read: one line, no hidden characters, limited length, no constants.
//!
//! Names and comments come from testers and from App Store Connect, so nothing here trusts them.

use crate::visible::{is_invisible, turns_text};

/// Marks a cut in a text.
const ELLIPSIS: char = '…';
/// How far a cut moves back to reach the end of a word, in characters.
const MAX_WORD_CHARS: usize = 10;

/// The text on one line of at most `max` characters, with an ellipsis for what was cut.
///
/// White space and control characters become one space. Direction characters are left out, as they could make a title
/// read as another one. So are invisible characters at the start of a word, where they join nothing: a text of only
/// those ends up empty.
pub(super) fn short(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut gap = false;
    for c in text.chars().filter(|c| !turns_text(*c)) {
        if c.is_whitespace() || c.is_control() {
            gap = length > 0;
            continue;
        }
        if (gap || length == 0) && is_invisible(c) {
            continue;
        }
        length += 1 + usize::from(gap);
        if length > max {
            return cut(&line, max);
        }
        if gap {
            line.push(' ');
        }
        line.push(c);
        gap = false;
    }
    line
}

/// Cuts a text to fewer than `max` characters, at the end of a word if one is near, and appends an ellipsis.
fn cut(line: &str, max: usize) -> String {
    let Some(room) = max.checked_sub(1) else { return String::new() };
    let end = line.char_indices().nth(room).map_or(line.len(), |(at, _)| at);
    let kept = &line[..end];
    let at_word = kept.rfind(' ').filter(|at| {
        *at > 0 && line[end..].chars().next().is_some_and(|c| c != ' ') && kept[*at..].chars().count() <= MAX_WORD_CHARS
    });
    let kept = &kept[..at_word.unwrap_or(end)];
    let kept = kept.trim_end_matches(|c: char| c == '\u{200D}' || c.is_whitespace() || ".,;:·&-–(“".contains(c));
    format!("{kept}{ELLIPSIS}")
}

/// A constant in `SCREAMING_SNAKE` or `camelCase` as words: "In some new state". At most `max` characters; `None` if it
/// has no letter or digit.
pub(super) fn humanise(constant: &str, max: usize) -> Option<String> {
    let chars: Vec<char> = constant.chars().skip_while(|c| !c.is_alphanumeric()).take(4 * max).collect();
    let mut words = String::new();
    for (at, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            words.push(' ');
            continue;
        }
        let before = at.checked_sub(1).map(|at| chars[at]);
        let ends_capitals =
            before.is_some_and(char::is_uppercase) && chars.get(at + 1).is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && (before.is_some_and(|c| c.is_lowercase() || c.is_numeric()) || ends_capitals) {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    let words = short(&words, max);
    (!words.is_empty()).then(|| capitalised(&words))
}

/// Capitalises the first letter.
pub(super) fn capitalised(text: &str) -> String {
    first_letter(text, |c| c.to_uppercase().collect())
}

/// The text as it appears after a colon: with a lowercase first letter, unless it starts with an abbreviation such as
/// "ITMS".
pub(super) fn uncapitalised(text: &str) -> String {
    if text.chars().nth(1).is_some_and(char::is_lowercase) {
        first_letter(text, |c| c.to_lowercase().collect())
    } else {
        text.to_owned()
    }
}

fn first_letter(text: &str, change: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| change(first) + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_stays_and_a_long_one_ends_at_a_word() {
        assert_eq!(short("Backyard Birds", 14), "Backyard Birds");
        assert_eq!(short("Backyard Birds", 13), "Backyard…");
        assert_eq!(short("Save button is hidden, really", 23), "Save button is hidden…");
        assert_eq!(short("one two", 4), "one…");
        assert_eq!(short(&"x".repeat(1 << 20), 5), "xxxx…");
        assert_eq!(short("xx", 1), "…");
        assert_eq!(short("xx", 0), "");
    }

    #[test]
    fn a_text_becomes_one_line_without_hidden_characters() {
        assert_eq!(short(" a\r\n\tb\0c \u{202E}d\u{2066} ", 40), "a b c d");
        assert_eq!(short("\u{FEFF}\n\u{1B}", 40), "");
    }

    #[test]
    fn a_text_of_invisible_characters_is_empty_and_none_of_them_hides_a_word() {
        assert_eq!(short("\u{200B}\u{200B}\u{200B}", 40), "");
        assert_eq!(short(&"\u{3164}\u{2800} \u{E0020}".repeat(100), 40), "");
        assert_eq!(short(&format!("{}hello", "\u{200B}".repeat(400)), 40), "hello");
        assert_eq!(short("a \u{2060}b\u{200D}c", 40), "a b\u{200D}c");
        assert_eq!(short("❤\u{FE0F}\u{200D}🔥 שלום\u{200F}", 40), "❤\u{FE0F}\u{200D}🔥 שלום\u{200F}");
    }

    #[test]
    fn a_cut_counts_characters_and_never_splits_one() {
        assert_eq!(short("ééééé", 4), "ééé…");
        assert_eq!(short("👩\u{200D}🚀👩\u{200D}🚀", 3), "👩…");
    }

    #[test]
    fn constants_of_either_spelling_become_words() {
        let check = |constant: &str, words: &str| assert_eq!(humanise(constant, 40).as_deref(), Some(words));
        check("IN_SOME_NEW_STATE", "In some new state");
        check("inSomeNewState", "In some new state");
        check("appClipDomainStatusUpdated", "App clip domain status updated");
        check("HTTPServerV2Ready", "Http server v2 ready");
        check("__ODD--name__", "Odd name");
        check("x", "X");
        check("ÜBERPRÜFT", "Überprüft");
        check(&"STATE_".repeat(1 << 17), "State state state state state state…");
    }

    #[test]
    fn a_constant_without_letters_has_no_words() {
        assert_eq!(humanise("", 40), None);
        assert_eq!(humanise("___ \u{202E}", 40), None);
    }

    #[test]
    fn a_small_letter_follows_a_colon_but_abbreviations_stay() {
        assert_eq!(uncapitalised("Missing purpose string"), "missing purpose string");
        assert_eq!(uncapitalised("ITMS-90683: missing"), "ITMS-90683: missing");
        assert_eq!(uncapitalised(""), "");
    }
}
