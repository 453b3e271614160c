//! The text of a key file in any encoding that an editor or shell chooses, without invisible characters.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

use zeroize::Zeroizing;

/// The bytes as text, with dashes, quotes, spaces and line breaks in their plain form. `None` if the bytes aren't text.
pub(super) fn readable(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = decoded(bytes)?;
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    plain.extend(text.chars().filter(|character| !is_invisible(*character)).map(plainly));
    Some(plain)
}

/// UTF-8, or UTF-16 if a byte order mark or zeros indicate it. Invalid bytes become U+FFFD.
fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut text = Zeroizing::new(String::with_capacity(bytes.len()));
        text.extend(decode_utf16(units).map(|read| read.unwrap_or(REPLACEMENT_CHARACTER)));
        text
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(wide(rest, u16::from_be_bytes)),
        [_, 0, _, 0, ..] => Some(wide(bytes, u16::from_le_bytes)),
        [0, _, 0, _, ..] => Some(wide(bytes, u16::from_be_bytes)),
        _ if bytes.contains(&0) => None,
        _ => Some(Zeroizing::new(String::from_utf8_lossy(bytes).into_owned())),
    }
}

/// Zero-width characters, soft hyphens, direction marks and byte order marks.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn plainly(character: char) -> char {
    match character {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        REPLACEMENT_CHARACTER => ' ',
        other if other != '\n' && other.is_whitespace() => ' ',
        other => other,
    }
}
