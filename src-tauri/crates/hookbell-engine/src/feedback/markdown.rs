//! Renders a feedback as Markdown for an issue tracker.
//!
//! Everything that a stranger wrote becomes code: the tester's words and the crash's stack frames as blocks, the rest
//! as spans. No tracker's dialect interprets markup inside code, so nothing can turn into a heading, a link, a remote
//! picture, a mention, or HTML. Escaping single characters can't guarantee that, because trackers look for URLs and
//! mentions after parsing the Markdown. There are no tables, because a table is parsed before the code in it.

use std::{fmt::Write, iter};

use hookbell_core::{
    crash::{CrashError, Frame, ParsedReport},
    visible::{is_blank, turns_text},
};

use super::view;
use crate::api::{FeedbackDetail, FeedbackKind};

/// How many frames of the crashed thread are shown; the rest is in the log.
const MAX_FRAMES: usize = 30;
/// Where a line of a tester's words is broken, because code blocks don't wrap.
const MAX_LINE_CHARS: usize = 100;

/// The parts of the document.
pub(super) struct Parts<'a> {
    pub(super) detail: &'a FeedbackDetail,
    /// The path of each picture, or why it is missing.
    pub(super) pictures: Vec<String>,
    /// The log and its path.
    pub(super) log: Option<(&'a str, String)>,
}

pub(super) fn of(parts: &Parts<'_>) -> String {
    let row = &parts.detail.feedback;
    let report = parts.log.as_ref().map(|(log, _)| ParsedReport::read(log));
    let title = match (row.kind, &report) {
        (FeedbackKind::Crash, Some(Ok(report))) => match report.place() {
            Some(place) => format!("Crash: {} in {}", code(&report.summary()), code(place)),
            None => format!("Crash: {}", code(&report.summary())),
        },
        (FeedbackKind::Crash, Some(Err(CrashError::OtherLog(kind)))) => view::not_a_crash(*kind),
        (FeedbackKind::Crash, _) => "Crash".to_owned(),
        (FeedbackKind::Screenshot, _) => "Screenshot feedback".to_owned(),
    };
    let mut text = format!("## {title}\n\n");
    if let Some(comment) = row.comment.as_deref().filter(|comment| !is_blank(comment)) {
        block(&mut text, comment.trim().lines().flat_map(wrapped));
        text.push('\n');
    }
    let mut fact = |label: &str, value: &str| item(&mut text, label, value);
    if let Some(app) = &row.app_name {
        fact("App", app);
    }
    match (&row.version, &row.build) {
        (Some(version), Some(build)) => fact("Version", &format!("{version} ({build})")),
        (Some(version), None) => fact("Version", version),
        (None, Some(build)) => fact("Build", build),
        (None, None) => {}
    }
    fact("From", &row.tester);
    fact("Sent", &row.sent_at);
    for one in parts.detail.facts.iter().filter(|fact| fact.name != "tester") {
        fact(&one.label, &one.value);
    }
    if let Some(page) = &parts.detail.page {
        // This URL is ours: App Store Connect's, with percent-encoded ids.
        let _ = writeln!(text, "- App Store Connect: <{page}>");
    }
    if !parts.pictures.is_empty() {
        text.push_str("\n### Screenshots\n\n");
        for picture in &parts.pictures {
            let _ = writeln!(text, "- {}", code(picture));
        }
    }
    match (report, &parts.log) {
        (Some(Ok(report)), Some((_, path))) => crash(&mut text, &report, path),
        (Some(Err(error)), Some((_, path))) => {
            let _ = writeln!(text, "\n### Crash log\n\nHookbell can’t read it: {error}.\n");
            item(&mut text, "Log", path);
        }
        _ => {}
    }
    text
}

fn crash(text: &mut String, report: &ParsedReport, path: &str) {
    text.push_str("\n### Crash\n\n");
    match (&report.exception.kind, &report.exception.signal) {
        (Some(kind), Some(signal)) => item(text, "Exception", &format!("{kind} ({signal})")),
        (Some(kind), None) => item(text, "Exception", kind),
        _ => {}
    }
    let unsaid = report.exception.reason.iter().filter(|_| report.messages.is_empty());
    for message in report.messages.iter().chain(unsaid).chain(&report.exception.subtype) {
        item(text, "Reason", message);
    }
    let ending = report.termination.in_words();
    if let Some(words) = ending {
        let _ = writeln!(text, "- Why it ended: {words}");
    }
    if let Some(reason) = report.termination.reason.as_ref().or(report.termination.namespace.as_ref()) {
        item(text, "Termination reason", reason);
    }
    item(text, "Log", path);
    if !report.thrown.is_empty() {
        text.push_str("\nLast exception:\n\n");
        backtrace(text, &report.thrown);
    }
    if let Some(thread) = report.crashed_thread() {
        let name = thread.name.as_ref().map(|name| format!(" ({})", code(name))).unwrap_or_default();
        let _ = writeln!(text, "\nThread {}{name}, crashed:\n", thread.number);
        backtrace(text, &thread.frames);
    }
}

fn backtrace(text: &mut String, frames: &[Frame]) {
    let more = frames.len().checked_sub(MAX_FRAMES).filter(|more| *more > 0).map(|more| format!("… {more} more"));
    block(text, frames.iter().take(MAX_FRAMES).map(frame_line).chain(more));
}

pub(crate) fn frame_line(frame: &Frame) -> String {
    let mark = if frame.own { '*' } else { ' ' };
    let call = match (&frame.symbol, frame.address) {
        (Some(symbol), _) => symbol.clone(),
        (None, Some(address)) => format!("{address:#x}"),
        (None, None) => "?".to_owned(),
    };
    let offset = frame.offset.map(|offset| format!(" + {offset}")).unwrap_or_default();
    let source = match (&frame.file, frame.line) {
        (Some(file), Some(line)) => format!(" ({file}:{line})"),
        (Some(file), None) => format!(" ({file})"),
        _ => String::new(),
    };
    format!("{mark}{:>3} {:<28} {call}{offset}{source}", frame.number, frame.image)
}

/// A list item: a label of ours, and a stranger's text.
fn item(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "- {label}: {}", code(value));
}

/// Text as an inline code span. Its delimiter is longer than any run of backticks in it.
fn code(text: &str) -> String {
    let text = on_one_line(text);
    if is_blank(&text) {
        return "–".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // Markdown strips one space from each end if both ends have one.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Lines as a code block. Its fence is longer than any run of backticks in it.
fn block(text: &mut String, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.map(|line| on_one_line(&line)).collect();
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(text, "{fence}\n{}\n{fence}", lines.join("\n"));
}

fn on_one_line(text: &str) -> String {
    let kept = text.chars().filter(|c| !turns_text(*c));
    kept.map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect()
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Splits a line into pieces of at most [`MAX_LINE_CHARS`] characters, between words if possible.
fn wrapped(line: &str) -> Vec<String> {
    let mut rest = line.trim_end();
    let pieces = iter::from_fn(|| {
        if rest.is_empty() {
            return None;
        }
        let end = rest.char_indices().nth(MAX_LINE_CHARS).map_or(rest.len(), |(end, _)| end);
        let at_word = rest[..end].rfind(' ').filter(|at| *at > 0 && end < rest.len()).unwrap_or(end);
        let (piece, after) = rest.split_at(at_word);
        rest = after.trim_start();
        Some(piece.to_owned())
    });
    let pieces: Vec<String> = pieces.collect();
    if pieces.is_empty() { vec![String::new()] } else { pieces }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

    use super::*;
    use crate::api::{Fact, FeedbackRow};

    const PAGE: &str = "https://appstoreconnect.apple.com/apps/1";

    /// What a stranger may write to break out of its place. Each contains its own name.
    const HOSTILE: [&str; 22] = [
        "EVIL\n===",
        "EVIL\n---",
        "# EVIL",
        "\n\n## EVIL",
        "https://evil.example/EVIL www.evil.example EVIL@evil.example",
        "[EVIL](https://evil.example) ![EVIL](https://evil.example/p.png)",
        "<https://evil.example/EVIL>",
        "<img src=x onerror=EVIL> <!-- EVIL",
        "</code></pre><h1>EVIL</h1>",
        "EVIL | EVIL |\n| --- | --- |\n| EVIL | EVIL |",
        "```\nEVIL",
        "`````````\n# EVIL\n`````````",
        "~~~\nEVIL",
        "` EVIL ` `` EVIL `` ``` EVIL",
        "`",
        "EVIL`",
        "> EVIL\n- EVIL\n1. EVIL\n    EVIL",
        "\u{202E}LIVE\u{2066} EVIL \r\n\u{2028}# EVIL",
        "EVIL[^1]\n\n[^1]: EVIL",
        "@EVIL #12 fixes EVIL/EVIL#1 $EVIL$ &lt;EVIL&gt; :evil: ==EVIL==",
        "\\` EVIL \\",
        "\u{200B}\nEVIL\u{0}",
    ];

    fn exported(hostile: &str) -> String {
        let text = hostile.to_owned();
        let row = FeedbackRow {
            id: String::new(),
            kind: FeedbackKind::Crash,
            title: text.clone(),
            subtitle: text.clone(),
            note: text.clone(),
            app: None,
            icon: None,
            app_name: Some(text.clone()),
            version: Some(text.clone()),
            build: Some(text.clone()),
            tester: text.clone(),
            comment: Some(text.clone()),
            device: Some(text.clone()),
            pictures: 1,
            thumbnail: None,
            state: None,
            sent_at: "2026-11-20T10:42:00Z".into(),
            read: false,
            archived: false,
        };
        let fact = Fact { name: "locale".into(), label: "Language".into(), value: text.clone(), amount: None };
        let detail = FeedbackDetail {
            feedback: row,
            facts: vec![fact],
            email: None,
            page: Some(PAGE.to_owned()),
            event: None,
            pictures: Vec::new(),
            log: None,
            trouble: None,
        };
        let frame = serde_json::json!({ "imageIndex": 0, "symbol": text, "sourceFile": text, "sourceLine": 1 });
        let log = serde_json::json!({
            "procName": text,
            "exception": { "type": text, "signal": text, "subtype": text },
            "termination": { "namespace": text, "indicator": text },
            "asi": { "a": [text] },
            "lastExceptionBacktrace": [frame],
            "threads": [{ "triggered": true, "name": text, "frames": [frame] }],
            "usedImages": [{ "name": text }],
        });
        of(&Parts { detail: &detail, pictures: vec![text], log: Some((&log.to_string(), "crash.ips".to_owned())) })
    }

    #[test]
    fn nothing_that_a_stranger_writes_gets_out_of_its_code() {
        for hostile in HOSTILE {
            let text = exported(hostile);
            assert!(!text.contains(turns_text), "{text}");
            let (mut in_code, mut headings, mut links) = (false, 0, Vec::new());
            for event in Parser::new_ext(&text, Options::all()) {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    Event::Start(Tag::Heading { .. }) => headings += 1,
                    Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                        links.push((link_type, dest_url.to_string()))
                    }
                    Event::Text(words) if !in_code => assert!(!words.contains("EVIL"), "{words} in {text}"),
                    Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item) | Event::End(_) => {}
                    Event::Text(_) | Event::Code(_) | Event::SoftBreak => {}
                    other => panic!("{other:?} in {text}"),
                }
            }
            assert_eq!(headings, 3, "{text}");
            assert_eq!(links, [(LinkType::Autolink, PAGE.to_owned())], "{text}");
            assert!(text.matches("EVIL").count() >= 20 || !hostile.contains("EVIL"), "nothing is lost: {text}");
        }
    }

    #[test]
    fn a_span_of_code_holds_any_text_on_one_line() {
        assert_eq!(code("a\nb\u{202E}c"), "`a bc`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(" x "), "`  x  `");
        assert_eq!(code("\u{200B}\n"), "–");
    }

    #[test]
    fn a_block_of_code_ends_with_the_last_line_of_ours() {
        let mut text = String::new();
        block(&mut text, ["```", "````` x", "~~~"].map(str::to_owned).into_iter());
        assert_eq!(text, "``````\n```\n````` x\n~~~\n``````\n");
    }

    #[test]
    fn a_long_line_is_broken_between_words() {
        assert_eq!(wrapped(""), [""]);
        assert_eq!(wrapped(&"word ".repeat(30)), ["word ".repeat(20).trim_end(), "word ".repeat(10).trim_end()]);
        assert_eq!(wrapped(&"é".repeat(150)), ["é".repeat(100), "é".repeat(50)]);
    }
}
