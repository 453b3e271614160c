//! Removes the layers around a key one by one: encodings, escapes, spellings, base64, JSON, rich text.

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{der, error::KeyError, pem, spelling, text::readable};

/// How many layers of base64 to remove. CI systems add one; a script around them may add another.
const MAX_LAYERS: usize = 3;

/// The minimum length of base64 that is worth decoding, in characters. The shortest P-256 key has 90.
const MIN_BASE64_LEN: usize = 40;

/// A key and its context.
pub(super) struct Found {
    pub(super) der: Zeroizing<Vec<u8>>,
    /// The IDs from a JSON file.
    pub(super) ids: Option<Ids>,
}

/// The IDs in a JSON file that holds a key, such as fastlane's
/// (<https://docs.fastlane.tools/app-store-connect-api/#using-fastlane-api-key-json-file>).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Ids {
    #[serde(alias = "keyId")]
    pub(super) key_id: Option<String>,
    #[serde(alias = "issuerId")]
    pub(super) issuer_id: Option<String>,
}

/// Finds the key in the contents of a file.
pub(super) fn find(bytes: &[u8]) -> Result<Found, KeyError> {
    in_bytes(bytes, MAX_LAYERS)
}

fn in_bytes(bytes: &[u8], layers: usize) -> Result<Found, KeyError> {
    if der::looks_like(bytes) {
        der::check_unlabelled(bytes)?;
        return Ok(Found { der: Zeroizing::new(bytes.to_vec()), ids: None });
    }
    let text = readable(bytes).ok_or(KeyError::NotAKey)?;
    if text.trim().is_empty() {
        return Err(KeyError::Empty);
    }
    let ids = ids(&text);
    let plain = if text.trim_start().starts_with(r"{\rtf") { without_rtf(&text) } else { unescaped(&text) };
    let before: Vec<_> = spelling::undone(&plain).collect();
    let texts = || std::iter::once(&plain).chain(&before);
    let mut broken = None;
    for text in texts() {
        match pem::key_in(text) {
            Ok(Some(der)) => return Ok(Found { der, ids }),
            Ok(None) => {}
            Err(why) => broken = broken.or(Some(why)),
        }
    }
    if let Some(why) = broken {
        return Err(why);
    }
    let mut why = otherwise(text.trim_start(), ids.is_some());
    let Some(layers) = layers.checked_sub(1) else { return Err(why) };
    for inner in texts().flat_map(|text| candidates(text)).filter_map(|base64| pem::from_base64(&base64)) {
        match in_bytes(&inner, layers) {
            Ok(inside) => return Ok(Found { ids: inside.ids.or(ids), ..inside }),
            Err(KeyError::NotAKey | KeyError::Empty) => {}
            Err(inside) => why = inside,
        }
    }
    Err(why)
}

/// The IDs in a text that is a JSON object. Never copies the key itself.
fn ids(text: &str) -> Option<Ids> {
    text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten()
}

/// Classifies a text without a key.
fn otherwise(text: &str, is_json: bool) -> KeyError {
    if is_json {
        KeyError::Instead("a JSON file without a key in it")
    } else if text.starts_with("version https://git-lfs") {
        KeyError::LfsPointer
    } else if text.starts_with('<') {
        KeyError::Instead("a web page")
    } else {
        KeyError::NotAKey
    }
}

/// Removes backslashes, which neither PEM nor base64 contains: `\n` is a line break however often it was escaped, and a
/// backslash before anything else continued a line.
fn unescaped(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, escaped)) = rest.split_once('\\') {
        plain.push_str(before);
        let escaped = escaped.trim_start_matches('\\');
        let (character, len) = match escaped.as_bytes() {
            [b'n' | b'r' | b't', ..] => ('\n', 1),
            [b'u', digits @ ..] => hex(digits.get(..4)).map_or(('\n', 0), |character| (character, 5)),
            [b'x', digits @ ..] => hex(digits.get(..2)).map_or(('\n', 0), |character| (character, 3)),
            [b'/' | b'"' | b'\'', ..] => (char::from(escaped.as_bytes()[0]), 1),
            _ => ('\n', 0),
        };
        plain.push(character);
        rest = &escaped[len..];
    }
    plain.push_str(rest);
    plain
}

fn hex(digits: Option<&[u8]>) -> Option<char> {
    char::from_u32(u32::from_str_radix(std::str::from_utf8(digits?).ok()?, 16).ok()?)
}

/// Removes rich text control words, as TextEdit writes them: a backslash, letters, a number, and a space.
fn without_rtf(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut parts = text.split('\\');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let word = part.trim_start_matches(|character: char| character.is_ascii_lowercase());
        let number = word.strip_prefix('-').unwrap_or(word);
        let argument = number.trim_start_matches(|character: char| character.is_ascii_digit());
        let after = if argument.len() < number.len() { argument } else { word };
        plain.push('\n');
        plain.push_str(after.strip_prefix(' ').unwrap_or(after));
    }
    plain
}

/// Possible base64 in a text: all of it, anything between quotes or after the comma of a data URL, and each line
/// without a leading name.
fn candidates(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    std::iter::once(text).chain(text.split(['"', '\'', ','])).chain(text.lines()).filter_map(squeezed)
}

/// The base64 in a text that otherwise contains only noise. Also accepts the URL-safe alphabet.
fn squeezed(text: &str) -> Option<Zeroizing<String>> {
    let text = without_name(text);
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    for character in text.chars() {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' => base64.push(character),
            '-' => base64.push('+'),
            '_' => base64.push('/'),
            noise if pem::is_noise(noise) => {}
            _ => return None,
        }
    }
    (base64.len() >= MIN_BASE64_LEN).then_some(base64)
}

/// A text without a leading `NAME=` or `name:`. Trailing padding doesn't count as a name.
fn without_name(text: &str) -> &str {
    match text.split_once(['=', ':']) {
        Some((name, value))
            if name.len() < MIN_BASE64_LEN && value.trim_matches(pem::is_noise).len() >= MIN_BASE64_LEN =>
        {
            value
        }
        _ => text,
    }
}
