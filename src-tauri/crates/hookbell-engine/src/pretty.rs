//! Formats JSON with line breaks and indentation, and leaves everything else as it is.
//!
//! Parsing and serializing would change what a developer came to look at: large numbers lose digits, duplicate keys
//! vanish, escapes change. So only the whitespace between tokens changes.

use serde::de::IgnoredAny;

const INDENT: &str = "  ";

/// The formatted text; `None` if it isn't JSON (RFC 8259).
pub(crate) fn json(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut laid_out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(token_len(rest, first));
        let next = after.trim_start();
        match first {
            '{' | '[' if next.starts_with(['}', ']']) => laid_out.push(first),
            '{' | '[' => {
                depth += 1;
                laid_out.push(first);
                new_line(&mut laid_out, depth);
            }
            '}' | ']' => {
                if !laid_out.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    new_line(&mut laid_out, depth);
                }
                laid_out.push(first);
            }
            ',' => {
                laid_out.push(',');
                new_line(&mut laid_out, depth);
            }
            ':' => laid_out.push_str(": "),
            _ => laid_out.push_str(token),
        }
        rest = next;
    }
    Some(laid_out)
}

/// The length in bytes of the token that begins with `first`.
fn token_len(text: &str, first: char) -> usize {
    match first {
        '{' | '}' | '[' | ']' | ',' | ':' => 1,
        '"' => {
            let mut escaped = false;
            let end = text.bytes().skip(1).position(|byte| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            });
            end.map_or(text.len(), |end| end + 2)
        }
        _ => text.find(['{', '}', '[', ']', ',', ':', ' ', '\t', '\r', '\n']).unwrap_or(text.len()),
    }
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(INDENT, depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_like_any_pretty_json() {
        let value =
            serde_json::json!({ "a": [1, 2.5, true, null], "b": {}, "c": [], "d": { "e": "x, [y]: {\"z\"}\\" } });
        assert_eq!(json(&value.to_string()), serde_json::to_string_pretty(&value).ok());
    }

    #[test]
    fn numbers_keys_and_escapes_stay_as_they_came() {
        let text = r#"{"n":12345678901234567890.10,"n":1e2,"s":"\u00e9\/"}"#;
        let wanted = "{\n  \"n\": 12345678901234567890.10,\n  \"n\": 1e2,\n  \"s\": \"\\u00e9\\/\"\n}";
        assert_eq!(json(text).as_deref(), Some(wanted));
    }

    #[test]
    fn what_is_no_json_is_not_laid_out() {
        for text in ["", "{", "not json", "{} {}", "{'a': 1}"] {
            assert_eq!(json(text), None, "{text}");
        }
    }

    #[test]
    fn laying_out_twice_changes_nothing_more() {
        let once = json(" [ { \"a\" : [ ] } , \"b\" ] \n").unwrap();
        assert_eq!(json(&once), Some(once));
    }
}
