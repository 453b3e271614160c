//! Undoes character encodings and line markers that a text picked up.

use zeroize::Zeroizing;

/// All possible originals of the text. A wrong guess gives no key.
pub(super) fn undone(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    [percent_decoded(text), quoted_printable_decoded(text), without_marks(text)].into_iter().flatten()
}

/// Percent-encoding in URLs and forms (<https://url.spec.whatwg.org/#percent-encoded-bytes>). Forms write a plus for a
/// space, and `%2B` for a plus.
fn percent_decoded(text: &str) -> Option<Zeroizing<String>> {
    let is_form = text.contains("BEGIN+");
    let spaced = Zeroizing::new(if is_form { text.replace('+', " ") } else { text.to_owned() });
    text.contains('%').then(|| decoded(&spaced, '%'))
}

/// Quoted-printable in mail (RFC 2045, section 6.7).
fn quoted_printable_decoded(text: &str) -> Option<Zeroizing<String>> {
    text.contains('=').then(|| decoded(&Zeroizing::new(text.replace("=\n", "")), '='))
}

/// Decodes a text in which this mark and two hexadecimal digits represent a character.
fn decoded(text: &str, mark: char) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        plain.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(u8::is_ascii) {
            Some(byte) => {
                plain.push(char::from(byte));
                rest = &after[2..];
            }
            None => {
                plain.push(mark);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Lines without an editor's line numbers, or without the plus of a diff.
fn without_marks(text: &str) -> Option<Zeroizing<String>> {
    let begin = text.lines().find(|line| line.contains("BEGIN "))?.trim_start();
    let is_diff = begin.starts_with('+');
    if !is_diff && !begin.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.lines() {
        let line = line.trim_start();
        let unmarked = if is_diff { line.strip_prefix('+') } else { without_number(line) };
        plain.push_str(unmarked.unwrap_or(line));
        plain.push('\n');
    }
    Some(plain)
}

/// A line without its leading number. A base64 line can start with digits, but none of these separators follow.
fn without_number(line: &str) -> Option<&str> {
    const BETWEEN: [char; 6] = [' ', ':', '|', '\u{2502}', '.', ')'];
    let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
    (rest.len() < line.len() && rest.starts_with(BETWEEN)).then(|| rest.trim_start_matches(BETWEEN))
}
