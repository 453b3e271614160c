//! A feedback as Markdown, ready for an issue tracker.
//!
//! A tester's words are a quotation and a log is code, so that neither can turn into headings, links or
//! pictures from elsewhere.

use std::fmt::Write;

use hookbell_core::crash::{CrashReport, Frame};

use crate::api::{FeedbackDetail, FeedbackKind};

/// How many calls of the crashed thread are shown; the rest is in the log.
const FRAMES: usize = 30;

/// What a text for people is made of.
pub(super) struct Parts<'a> {
    pub(super) detail: &'a FeedbackDetail,
    /// The pictures' paths, or why one is not here.
    pub(super) pictures: Vec<String>,
    /// The log, and where it is.
    pub(super) log: Option<(&'a str, String)>,
}

pub(super) fn of(parts: &Parts<'_>) -> String {
    let row = &parts.detail.feedback;
    let report = parts.log.as_ref().map(|(log, _)| CrashReport::read(log));
    let title = match (row.kind, &report) {
        (FeedbackKind::Crash, Some(Ok(report))) => match report.place() {
            Some(place) => format!("Crash: {} in {}", plain(&report.summary()), code(place)),
            None => format!("Crash: {}", plain(&report.summary())),
        },
        (FeedbackKind::Crash, _) => "Crash".to_owned(),
        (FeedbackKind::Screenshot, _) => "Screenshot feedback".to_owned(),
    };
    let mut text = format!("## {title}\n");
    if let Some(comment) = &row.comment {
        text.push('\n');
        for line in comment.lines() {
            let _ = writeln!(text, "> {}", plain(line));
        }
    }
    text.push_str("\n| | |\n| --- | --- |\n");
    let mut fact = |label: &str, value: &str| {
        let _ = writeln!(text, "| {label} | {} |", plain(value).replace('|', "\\|"));
    };
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
        let _ = writeln!(text, "| App Store Connect | <{page}> |");
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
            let _ = writeln!(text, "\n### Crash log\n\nNot a report: {error}. The log: {}", code(path));
        }
        _ => {}
    }
    text
}

fn crash(text: &mut String, report: &CrashReport, path: &str) {
    text.push_str("\n### Crash\n\n");
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "- {label}: {}", code(value));
    };
    match (&report.exception.kind, &report.exception.signal) {
        (Some(kind), Some(signal)) => line("Exception", &format!("{kind} ({signal})")),
        (Some(kind), None) => line("Exception", kind),
        _ => {}
    }
    for message in report.messages.iter().chain(&report.exception.subtype) {
        line("Reason", message);
    }
    if let Some(reason) = report.termination.reason.as_ref().or(report.termination.namespace.as_ref()) {
        line("Terminated", reason);
    }
    line("Log", path);
    let backtrace = |text: &mut String, title: &str, frames: &[Frame]| {
        let _ = writeln!(text, "\n{title}:\n\n```");
        for frame in frames.iter().take(FRAMES) {
            let _ = writeln!(text, "{}", frame_line(frame).replace("```", "'''"));
        }
        if frames.len() > FRAMES {
            let _ = writeln!(text, "… {} more", frames.len() - FRAMES);
        }
        text.push_str("```\n");
    };
    if !report.thrown.is_empty() {
        backtrace(text, "Last exception", &report.thrown);
    }
    if let Some(thread) = report.crashed_thread() {
        let name = thread.name.as_ref().map(|name| format!(" ({})", plain(name))).unwrap_or_default();
        backtrace(text, &format!("Thread {}{name}, crashed", thread.number), &thread.frames);
    }
}

fn frame_line(frame: &Frame) -> String {
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

/// Text in which nothing is markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if "\\`*_{}[]<>#!~@".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Text as code.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_writes_no_markup() {
        assert_eq!(plain("# hi <img src=x> [a](b) @all"), "\\# hi \\<img src=x\\> \\[a\\](b) \\@all");
        assert_eq!(code("a`b\nc"), "`a'b c`");
    }
}
