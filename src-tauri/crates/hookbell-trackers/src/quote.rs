//! Embeds strangers' text in Markdown: shown verbatim, without any effect.
//!
//! Testers write anything, and services act on the text of issues: they notify mentioned people, link and close
//! referenced issues, and render HTML. Escaping alone doesn't help, because services look for mentions and references
//! in the rendered text, where the escapes are gone. So we break those up with an invisible character.
//!
//! Markdown: <https://spec.commonmark.org/0.31.2/> and <https://github.github.com/gfm/>; mentions, references and
//! keywords: <https://docs.github.com/en/get-started/writing-on-github>.

use hookbell_core::visible;

/// Breaks up a mention or a reference, invisibly (U+200B, zero width space).
const BREAK: char = '\u{200B}';

/// Replaces a space at the start of a line, where Markdown would see code (U+00A0).
const NO_BREAK_SPACE: char = '\u{A0}';

/// How many spaces replace a tab at the start of a line.
const TAB_SPACES: usize = 4;

/// The minimum length of a code block's fence, in backticks.
const MIN_FENCE_CHARS: usize = 3;

/// The first `max_chars` characters, with an ellipsis if the text is longer.
#[must_use]
pub fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text as one line of plain text, for titles and names: at most `max_chars`, with mentions broken up.
#[must_use]
pub fn title(text: &str, max_chars: usize) -> String {
    let line = visible::plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&broken(&line), max_chars)
}

/// A text within a line of Markdown, shown verbatim in one line.
#[must_use]
pub fn inline(text: &str) -> String {
    let line = visible::plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    inert(&line)
}

/// A text as a Markdown quotation, line by line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = visible::plain(text);
    let lines: Vec<_> = plain.trim_end().trim_start_matches(['\n', '\r']).split('\n').map(str::trim_end).collect();
    let mut quoted = String::with_capacity(plain.len() + lines.len() * 4);
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            quoted.push('\n');
        }
        if line.is_empty() {
            quoted.push('>');
            continue;
        }
        quoted.push_str("> ");
        quoted.push_str(&inert_line(line));
        // Preserve the tester's line break with two trailing spaces.
        if lines.get(at + 1).is_some_and(|next| !next.is_empty()) {
            quoted.push_str("  ");
        }
    }
    quoted
}

/// A text as a code block, which nothing in it can end.
#[must_use]
pub fn fenced(text: &str) -> String {
    let plain = visible::plain(text.trim_end());
    let fence = "`".repeat((longest_backticks(&plain) + 1).max(MIN_FENCE_CHARS));
    format!("{fence}text\n{plain}\n{fence}")
}

fn longest_backticks(text: &str) -> usize {
    text.split(|c: char| c != '`').map(str::len).max().unwrap_or_default()
}

/// A whole line: also escapes what Markdown interprets at its start.
fn inert_line(line: &str) -> String {
    let text = line.trim_start();
    let mut inert_line = String::with_capacity(line.len() + 8);
    for space in line[..line.len() - text.len()].chars() {
        let count = if space == '\t' { TAB_SPACES } else { 1 };
        inert_line.extend(std::iter::repeat_n(NO_BREAK_SPACE, count));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    inert_line.push_str(number);
    let begins_something = match rest.chars().next() {
        Some('.' | ')') => digits > 0,
        Some('-' | '+' | '=' | ':') => digits == 0,
        _ => false,
    };
    if begins_something {
        inert_line.push('\\');
    }
    inert_line.push_str(&inert(rest));
    inert_line
}

/// Text without line breaks, escaped and broken up.
fn inert(text: &str) -> String {
    let text = broken(text);
    let mut inert = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => inert.push_str("&amp;"),
            '<' => inert.push_str("&lt;"),
            '>' => inert.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '#' => {
                inert.push('\\');
                inert.push(c);
            }
            _ => inert.push(c),
        }
    }
    inert
}

/// Text in which no service finds a mention, a reference to an issue or an address to link.
fn broken(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + 8);
    let mut word = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        broken.push(c);
        let next = rest.peek().copied().unwrap_or(' ');
        let acts = match c {
            // @everyone, a@b.example
            '@' => !next.is_whitespace(),
            // #1, owner/name#1
            '#' => next.is_ascii_digit(),
            // GH-1, ENG-12
            '-' => next.is_ascii_digit() && word.chars().any(char::is_alphabetic),
            // https://
            ':' => next == '/',
            '.' => word.eq_ignore_ascii_case("www"),
            _ => false,
        };
        if acts {
            broken.push(BREAK);
        }
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            word.clear();
        }
    }
    broken
}
