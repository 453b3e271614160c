//! Parses all forms of Apple's crash reports: text, text after a line of JSON (`.ips` up to iOS 14), and JSON after a
//! line of JSON (`.ips` since iOS 15 and macOS 12).
//!
//! A log is untrusted text. Parsing accepts any text, never panics, keeps no more than the limits below and reports
//! what it left out. If the log isn't a crash report, the error says what it is, and the caller still has the log
//! itself. Sources: Apple's "Interpreting the JSON format of a crash report" and "Examining the fields in a crash
//! report" (<https://developer.apple.com/documentation/xcode>). Deliberately absent: symbolication, and registers,
//! which a person looks up in the log.

mod ending;
mod images;
mod ips;
mod kind;
mod lines;
mod room;
mod text;
mod words;

pub use self::kind::LogKind;

use self::room::Room;
use crate::visible::{is_blank, turns_text};

/// The largest log that is parsed, in bytes. Real ones have some hundred kilobytes.
pub const LOG_MAX: usize = 8 << 20;
/// The maximum number of threads kept.
pub const THREADS_MAX: usize = 512;
/// The maximum number of frames kept per backtrace; an endless recursion has about 500.
pub const FRAMES_MAX: usize = 512;
/// The maximum number of frames kept over all backtraces.
pub const FRAMES_TOTAL_MAX: usize = 8_192;
/// The maximum number of binary images kept.
pub const IMAGES_MAX: usize = 2_048;
/// The maximum length of one field, in characters.
pub const TEXT_MAX: usize = 2_048;
/// The maximum length of a binary's, thread's or source file's name, in characters.
pub const NAME_MAX: usize = 128;
/// The maximum total size of all frames' and images' texts, in bytes.
pub const TEXT_TOTAL_MAX: usize = 2 << 20;
/// The maximum number of last messages kept.
const MESSAGES_MAX: usize = 32;
/// The maximum number of termination details kept.
const DETAILS_MAX: usize = 16;
/// Apple's name for an unknown binary.
const UNKNOWN: &str = "???";

/// Why a log can't be shown as a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrashError {
    /// The log has no bytes, or only white space.
    #[error("the crash log is empty")]
    Empty,
    /// It is larger than [`LOG_MAX`], or its JSON has more values than any real report.
    #[error("the crash log is too large to read")]
    TooLarge,
    /// It starts as JSON, but the JSON is broken or truncated.
    #[error("the crash log is damaged: its JSON is incomplete or invalid")]
    BrokenJson,
    /// It is a log about something other than a crash.
    #[error("this is {0}, not a crash")]
    OtherLog(LogKind),
    /// It names neither an exception nor a thread.
    #[error("the crash log is incomplete: it names no exception and no thread")]
    NoReport,
}

/// The form of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrashForm {
    /// Two JSON documents, since iOS 15 and macOS 12.
    Ips,
    /// Text, with or without a preceding line of JSON.
    Text,
}

/// A parsed crash report. What the log doesn't contain is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedReport {
    /// The form of the log.
    pub form: Option<CrashForm>,
    /// The process, for instance "BackyardBirds".
    pub process: Option<String>,
    /// The bundle ID.
    pub identifier: Option<String>,
    /// The version and the build, for instance "3.3 (418)".
    pub version: Option<String>,
    /// The device, for instance `iPhone18,1`.
    pub model: Option<String>,
    /// The system with its build, for instance "iPhone OS 27.1 (24B83)".
    pub system: Option<String>,
    /// The processor architecture, for instance "ARM-64".
    pub processor: Option<String>,
    /// "Foreground" or "Background".
    pub role: Option<String>,
    /// When it crashed, as the log writes it.
    pub crashed_at: Option<String>,
    /// When it was launched, as the log writes it.
    pub launched_at: Option<String>,
    /// The report's own id.
    pub incident: Option<String>,
    /// What was thrown.
    pub exception: Exception,
    /// Why the system ended the process.
    pub termination: Termination,
    /// The last messages from the app and its libraries, such as "Fatal error: Index out of range".
    pub messages: Vec<String>,
    /// Where an uncaught Objective-C exception was thrown, innermost call first.
    pub thrown: Vec<Frame>,
    /// The thread that crashed, as an index into `threads`.
    pub crashed: Option<usize>,
    /// Every thread, in the log's order.
    pub threads: Vec<Thread>,
    /// The loaded binaries.
    pub images: Vec<Image>,
    /// Whether the limits caused something to be left out.
    pub shortened: bool,
}

/// What was thrown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exception {
    /// The Mach exception, for instance `EXC_BREAKPOINT`.
    pub kind: Option<String>,
    /// The signal, for instance `SIGTRAP`.
    pub signal: Option<String>,
    /// Details specific to this kind, for instance `KERN_INVALID_ADDRESS at 0x0000000000000010`.
    pub subtype: Option<String>,
    /// The exception's codes as the log writes them, for instance `0x0000000000000001, 0x0000000104a2c8f0`.
    pub codes: Option<String>,
    /// Why a language exception was thrown, if the log states it apart from the last messages.
    pub reason: Option<String>,
}

/// Why the system ended the process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Termination {
    /// The namespace that defines the code, for instance `SIGNAL`.
    pub namespace: Option<String>,
    /// The code as the log writes it.
    pub code: Option<String>,
    /// The code in words, for instance "Trace/BPT trap: 5".
    pub reason: Option<String>,
    /// Further details.
    pub details: Vec<String>,
    /// The process that ended it.
    pub by: Option<String>,
}

/// One thread at the moment of the crash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// Its number in the log.
    pub number: u32,
    /// Its name or its queue's.
    pub name: Option<String>,
    /// Whether it is the one that crashed.
    pub crashed: bool,
    /// Its frames, innermost first.
    pub frames: Vec<Frame>,
}

/// A frame of the call stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its number, 0 for the innermost.
    pub number: u32,
    /// The binary it is in.
    pub image: String,
    /// The address in memory, as the log has it.
    pub address: Option<u64>,
    /// The function, if the log is symbolicated.
    pub symbol: Option<String>,
    /// The offset in bytes from the start of the function, or of the binary if there is no function.
    pub offset: Option<u64>,
    /// The source file.
    pub file: Option<String>,
    /// The line in it.
    pub line: Option<u32>,
    /// Whether the binary is the app's own.
    pub own: bool,
}

/// A loaded binary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Its name in frames, for instance `BackyardBirds`.
    pub name: String,
    /// The file it was loaded from.
    pub path: Option<String>,
    /// The build's UUID, which identifies its symbols.
    pub uuid: Option<String>,
    /// Its architecture, for instance `arm64`.
    pub architecture: Option<String>,
    /// The address of its first byte in memory.
    pub base: Option<u64>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Whether it is the app's own.
    pub own: bool,
}

impl ParsedReport {
    /// Parses a log in either form.
    ///
    /// # Errors
    /// [`CrashError`] if it isn't a crash report. The log itself remains usable.
    pub fn read(log: &str) -> Result<Self, CrashError> {
        let log = log.trim_start_matches('\u{FEFF}').trim_start();
        if log.is_empty() {
            return Err(CrashError::Empty);
        }
        if log.len() > LOG_MAX {
            return Err(CrashError::TooLarge);
        }
        let mut room = Room::new();
        let (mut report, other) = match log.starts_with('{') {
            true => ips::read(log, &mut room)?,
            false => text::read(log, &mut room),
        };
        if report.exception.kind.is_none() && report.threads.iter().all(|thread| thread.frames.is_empty()) {
            return Err(other.map_or(CrashError::NoReport, CrashError::OtherLog));
        }
        report.shortened = room.cut;
        images::settle(&mut report);
        Ok(report)
    }

    /// The thread to show first: the crashed one.
    #[must_use]
    pub fn crashed_thread(&self) -> Option<&Thread> {
        self.threads.get(self.crashed?)
    }
}

/// One field's text: trimmed, without control and direction characters, and no longer than [`TEXT_MAX`]; `None` if
/// nothing is left.
fn field(text: &str) -> Option<String> {
    bounded(text, TEXT_MAX)
}

/// As [`field`], for a name: no longer than [`NAME_MAX`].
fn name(text: &str) -> Option<String> {
    bounded(text, NAME_MAX)
}

fn bounded(text: &str, max: usize) -> Option<String> {
    let seen = |c: &char| (!c.is_control() || *c == '\t') && !turns_text(*c);
    let kept: String = text.trim().chars().filter(seen).take(max).collect();
    let kept = kept.trim();
    (!is_blank(kept)).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_bounded_and_plain() {
        assert_eq!(field(" a\u{7}b\r\n"), Some("ab".to_owned()));
        assert_eq!(field("\u{0}\n "), None);
        assert_eq!(field("\u{202E}dab\u{202C} \u{2066}"), Some("dab".to_owned()));
        assert_eq!(field("\u{200B}\u{2800}"), None);
        assert_eq!(name(&"é".repeat(TEXT_MAX)).map(|text| text.chars().count()), Some(NAME_MAX));
        assert_eq!(field(&"é".repeat(TEXT_MAX * 2)).map(|text| text.chars().count()), Some(TEXT_MAX));
    }

    #[test]
    fn what_is_no_report_says_why() {
        assert_eq!(ParsedReport::read(" \n"), Err(CrashError::Empty));
        assert_eq!(ParsedReport::read(&"x".repeat(LOG_MAX + 1)), Err(CrashError::TooLarge));
        assert_eq!(ParsedReport::read("<!doctype html><p>Not found"), Err(CrashError::NoReport));
        assert_eq!(ParsedReport::read("{\"bug_type\":\"309\"}\n{\"threads\":[{"), Err(CrashError::BrokenJson));
        assert_eq!(ParsedReport::read("{\"bug_type\":\"298\"}\n{}"), Err(CrashError::OtherLog(LogKind::Jetsam)));
        assert_eq!(ParsedReport::read("{\"bug_type\":\"309\"}\n{}"), Err(CrashError::NoReport));
    }
}
