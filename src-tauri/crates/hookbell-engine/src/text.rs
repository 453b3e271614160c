//! Small text functions for all rooms.

use hookbell_core::words::one_line;
use jiff::{SpanRound, Timestamp, Unit};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::api::ApiError;

/// The longest name for a webhook or an account.
const MAX_NAME_CHARS: usize = 100;

/// Cuts a text to this many characters on one line, ending in an ellipsis. Removes characters that would affect the
/// surrounding text, so that a notification or a menu can show it, whoever wrote it.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = one_line(text, usize::MAX);
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The same text with an upper-case first letter.
pub(crate) fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The same text with a lower-case first letter.
pub(crate) fn first_lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// How long ago, in the largest unit: "now", "4 min", "3h", "2d".
pub(crate) fn age(then: Timestamp, now: Timestamp) -> String {
    let whole = |unit| {
        now.since(then)
            .and_then(|span| span.round(SpanRound::new().largest(unit).smallest(unit).mode(jiff::RoundMode::Trunc)))
    };
    let minutes = whole(Unit::Minute).map(|span| span.get_minutes()).unwrap_or_default();
    match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes} min"),
        60..1440 => format!("{}h", minutes / 60),
        _ => format!("{}d", minutes / 1440),
    }
}

/// A number with thousands separators: "3,568".
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Trims a name that somebody typed. `what` is the thing it names: "a webhook".
///
/// # Errors
/// [`crate::api::ErrorCode::InvalidInput`] at `name` if it is empty, longer than 100 characters, or more than one line.
pub(crate) fn checked_name(what: &str, name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(ApiError::field("name", format!("{what} needs a name"), "enter a name you’ll recognize")),
        count if count > MAX_NAME_CHARS => Err(ApiError::field(
            "name",
            format!("the name has {count} characters"),
            format!("use at most {MAX_NAME_CHARS}"),
        )),
        _ if name.chars().any(char::is_control) => {
            Err(ApiError::field("name", "the name has a line break or a control character", "use one line of text"))
        }
        _ => Ok(name.to_owned()),
    }
}

/// Encodes an id as one segment of a window route.
pub(crate) fn segment(id: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(id, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_by_characters_and_says_so() {
        assert_eq!(cut("In review", 9), "In review");
        assert_eq!(cut("In review now", 9), "In revie…");
        assert_eq!(cut("ÄÖÜ äöü", 5), "ÄÖÜ…");
    }

    #[test]
    fn a_text_of_a_notification_or_the_menu_is_one_line_that_turns_nothing() {
        assert_eq!(cut("a\u{202E}b\nc\u{1B}[2J\u{200B}", 20), "ab c [2J\u{200B}");
        assert_eq!(cut("\u{200B}\u{2066}\n", 20), "");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 3_568, 1_234_567].map(grouped), ["0", "999", "3,568", "1,234,567"]);
    }

    #[test]
    fn an_age_is_given_in_its_largest_unit() {
        let now: Timestamp = "2026-11-20T14:40:00Z".parse().unwrap();
        let check = |then: &str, expected: &str| assert_eq!(age(then.parse().unwrap(), now), expected);
        check("2026-11-20T14:39:30Z", "now");
        check("2026-11-20T14:36:00Z", "4 min");
        check("2026-11-20T11:40:00Z", "3h");
        check("2026-11-18T14:40:00Z", "2d");
        check("2026-11-20T15:40:00Z", "now");
    }
}
