//! The tunnel program's output: the last lines, without secrets and colours.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use anstream::adapter::strip_str;
use hookbell_core::{Secret, visible::turns_text};
use jiff::Timestamp;

/// How many lines to keep.
const MAX_LINES: usize = 500;

/// The maximum length of a line, in characters.
const MAX_LINE_CHARS: usize = 500;

/// Shorter texts aren't treated as secrets: masking them would turn every line into dots.
const SHORTEST_SECRET: usize = 4;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was written.
    pub at: Timestamp,
    /// The line.
    pub text: String,
}

/// The last 500 lines. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Output(Arc<Mutex<VecDeque<Line>>>);

impl Output {
    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn add(&self, at: Timestamp, text: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(Line { at, text });
    }
}

/// A line that is safe to keep and show: without escape sequences, control characters and secrets, and truncated.
pub(super) fn plain(bytes: &[u8], secrets: &[Secret]) -> String {
    let text: String = String::from_utf8_lossy(bytes).chars().flat_map(seven_bits).collect();
    let mut plain = strip_str(&text).to_string();
    plain.retain(|character| (!character.is_control() || character == '\t') && !turns_text(character));
    for secret in secrets.iter().map(Secret::expose).filter(|secret| secret.len() >= SHORTEST_SECRET) {
        plain = plain.replace(secret, "…");
    }
    let trimmed = plain.trim_end();
    match trimmed.char_indices().nth(MAX_LINE_CHARS) {
        Some((end, _)) => format!("{}…", &trimmed[..end]),
        None => trimmed.to_owned(),
    }
}

/// An eight-bit control character is short for ESC and a seven-bit character (ECMA-48, section 5.3).
fn seven_bits(character: char) -> impl Iterator<Item = char> {
    let short =
        matches!(character, '\u{80}'..='\u{9f}').then(|| u8::try_from(u32::from(character) - 0x40).ok()).flatten();
    let escape = short.map(|_| '\u{1b}');
    escape.into_iter().chain([short.map_or(character, char::from)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_neither_colours_nor_secrets() {
        let secrets = [Secret::new("t0ken-of-mine").unwrap(), Secret::new("x").unwrap()];
        let check = |line: &[u8], kept: &str| assert_eq!(plain(line, &secrets), kept);
        check(b"\x1b[2m2026\x1b[0m \x1b[32m INFO\x1b[0m listening", "2026  INFO listening");
        check(b"token=t0ken-of-mine extra\r", "token=… extra");
        check(b"\x1b]0;title\x07after\x00\x08", "after");
        check(b"\xff\xfe broken", "\u{fffd}\u{fffd} broken");
        check(b"\x1b[", "");
        check("a \u{202E}b\u{2069}".as_bytes(), "a b");
        check(b"a \x1bPdevice string\x1b\\b \x1b(Bc\xc2\x9b31md", "a b cd");
        assert_eq!(plain(&[b'a'; 4000], &[]).chars().count(), MAX_LINE_CHARS + 1);
    }

    #[test]
    fn a_hyperlink_is_its_text_however_it_ends() {
        for end in ["\x1b\\", "\x07"] {
            let link =
                format!("\x1b[1mpublic url:\x1b[0m \x1b]8;;https://a.example{end}https://a.example\x1b]8;;{end}");
            assert_eq!(plain(link.as_bytes(), &[]), "public url: https://a.example");
        }
    }

    #[test]
    fn the_oldest_lines_go_first() {
        let output = Output::default();
        for number in 0..MAX_LINES + 3 {
            output.add(Timestamp::UNIX_EPOCH, number.to_string());
        }
        let lines = output.lines();
        assert_eq!((lines.len(), lines[0].text.as_str()), (MAX_LINES, "3"));
    }
}
