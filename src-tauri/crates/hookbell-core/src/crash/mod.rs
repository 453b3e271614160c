//! Apple's crash reports, read from both of their forms: `.ips` (a line of JSON about the report, then
//! the report as JSON) and the older text.
//!
//! A log is a stranger's text. Reading takes any text, never panics, keeps no more than the limits
//! below and says what it left out; where it is no report it says so, and the caller still has the log
//! itself. Sources: Apple's "Interpreting the JSON format of a crash report" and "Examining the fields
//! in a crash report" (<https://developer.apple.com/documentation/xcode>). Deliberately absent:
//! symbolication, and registers, which a person looks up in the log.

mod ips;
mod text;
mod words;

/// The largest log that is taken apart, in bytes. Real ones have some hundred kilobytes.
pub const LOG_MAX: usize = 8 << 20;
/// The most threads that are kept.
pub const THREADS_MAX: usize = 512;
/// The most frames of one backtrace that are kept; an endless recursion has about 500.
pub const FRAMES_MAX: usize = 512;
/// The most binary images that are kept.
pub const IMAGES_MAX: usize = 2_048;
/// The longest text of one field in characters.
pub const TEXT_MAX: usize = 2_048;

/// Why a log is not shown as a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrashError {
    /// There is nothing in it.
    #[error("the crash log is empty")]
    Empty,
    /// It is larger than [`LOG_MAX`].
    #[error("the crash log is larger than {} MiB", LOG_MAX >> 20)]
    TooLarge,
    /// It begins as JSON, and the JSON is broken or ends too early.
    #[error("the crash log is broken: its JSON ends too early or has errors")]
    BrokenJson,
    /// It is JSON about something else than a crash: this `bug_type`.
    #[error("the log is no crash report")]
    OtherLog,
    /// It names neither an exception nor a thread.
    #[error("the crash log is cut short or no crash report: it names no exception and no thread")]
    NoReport,
}

/// Which of Apple's forms a log has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrashForm {
    /// Two JSON documents, since iOS 15 and macOS 12.
    Ips,
    /// The text before that, and what Xcode exports.
    Text,
}

/// A crash report, taken apart. What the log does not say is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CrashReport {
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
    /// The processor, for instance "ARM-64".
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
    /// What the app and its libraries said last, such as "Fatal error: Index out of range".
    pub messages: Vec<String>,
    /// Where an uncaught Objective-C exception was thrown, the innermost call first.
    pub thrown: Vec<Frame>,
    /// The thread that crashed, as an index into `threads`.
    pub crashed: Option<usize>,
    /// Every thread, in the log's order.
    pub threads: Vec<Thread>,
    /// What was loaded.
    pub images: Vec<Image>,
    /// Whether something was left out because of the limits.
    pub shortened: bool,
}

/// What was thrown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exception {
    /// The Mach exception, for instance `EXC_BREAKPOINT`.
    pub kind: Option<String>,
    /// The signal, for instance `SIGTRAP`.
    pub signal: Option<String>,
    /// What it means for this kind, for instance `KERN_INVALID_ADDRESS at 0x0000000000000010`.
    pub subtype: Option<String>,
    /// The codes.
    pub codes: Option<String>,
}

/// Why the system ended the process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Termination {
    /// Who has the code's meaning, for instance `SIGNAL`.
    pub namespace: Option<String>,
    /// The code as the log writes it.
    pub code: Option<String>,
    /// The same in words, for instance "Trace/BPT trap: 5".
    pub reason: Option<String>,
    /// What else is said.
    pub details: Vec<String>,
    /// The process that ended it.
    pub by: Option<String>,
}

/// A thread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// Its number in the log.
    pub number: u32,
    /// Its name or its queue's.
    pub name: Option<String>,
    /// Whether it is the one that crashed.
    pub crashed: bool,
    /// Its calls, the innermost first.
    pub frames: Vec<Frame>,
}

/// A call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its number, 0 for the innermost.
    pub number: u32,
    /// The binary it is in.
    pub image: String,
    /// Its address.
    pub address: Option<u64>,
    /// The function, if the log is symbolicated.
    pub symbol: Option<String>,
    /// Bytes from the function's beginning, or from the binary's where no function is named.
    pub offset: Option<u64>,
    /// The source file.
    pub file: Option<String>,
    /// The line in it.
    pub line: Option<u32>,
    /// Whether the binary is the app's own.
    pub own: bool,
}

/// A binary that was loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Its name.
    pub name: String,
    /// Where it came from.
    pub path: Option<String>,
    /// The build's UUID, by which its symbols are found.
    pub uuid: Option<String>,
    /// Its architecture.
    pub architecture: Option<String>,
    /// Where it was loaded.
    pub base: Option<u64>,
    /// How large it is, in bytes.
    pub size: Option<u64>,
    /// Whether it is the app's own.
    pub own: bool,
}

impl CrashReport {
    /// Reads a log in either form.
    ///
    /// # Errors
    /// [`CrashError`] if it is none. The log itself is still what it is.
    pub fn read(log: &str) -> Result<Self, CrashError> {
        let log = log.trim_start_matches('\u{FEFF}').trim_start();
        if log.is_empty() {
            return Err(CrashError::Empty);
        }
        if log.len() > LOG_MAX {
            return Err(CrashError::TooLarge);
        }
        let mut report = if log.starts_with('{') { ips::read(log)? } else { text::read(log) };
        if report.exception.kind.is_none() && report.threads.iter().all(|thread| thread.frames.is_empty()) {
            return Err(CrashError::NoReport);
        }
        report.mark_own();
        Ok(report)
    }

    /// The thread to show first: the one that crashed.
    #[must_use]
    pub fn crashed_thread(&self) -> Option<&Thread> {
        self.threads.get(self.crashed?)
    }

    /// Marks what belongs to the app: everything in its bundle, and what has its process's name.
    fn mark_own(&mut self) {
        let process = self.process.clone().unwrap_or_default();
        let bundle = self.images.iter().find(|image| !process.is_empty() && image.name == process);
        let bundle = bundle.and_then(|image| bundle_of(image.path.as_deref()?)).map(str::to_owned);
        for image in &mut self.images {
            let inside = bundle.as_deref().zip(image.path.as_deref()).is_some_and(|(own, path)| path.starts_with(own));
            image.own = inside || (!process.is_empty() && image.name == process);
        }
        let own: std::collections::HashSet<&str> =
            self.images.iter().filter(|image| image.own).map(|image| image.name.as_str()).collect();
        let frames = self.threads.iter_mut().flat_map(|thread| &mut thread.frames).chain(&mut self.thrown);
        for frame in frames {
            frame.own = own.contains(frame.image.as_str()) || (!process.is_empty() && frame.image == process);
        }
    }
}

/// The outermost `.app` a path leads into, with a slash at its end.
fn bundle_of(path: &str) -> Option<&str> {
    path.find(".app/").map(|at| &path[..at + ".app/".len()])
}

/// One field's text: trimmed, without control characters, no longer than the limit; nothing if nothing is left.
fn field(text: &str) -> Option<String> {
    let kept: String = text.trim().chars().filter(|c| !c.is_control() || *c == '\t').take(TEXT_MAX).collect();
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_ends_with_its_outermost_app() {
        let path = "/private/var/A.app/PlugIns/B.appex/C.app/C";
        assert_eq!(bundle_of(path), Some("/private/var/A.app/"));
        assert_eq!(bundle_of("/usr/lib/dyld"), None);
    }

    #[test]
    fn a_field_is_bounded_and_plain() {
        assert_eq!(field(" a\u{7}b\r\n"), Some("ab".to_owned()));
        assert_eq!(field("\u{0}\n "), None);
        assert_eq!(field(&"é".repeat(TEXT_MAX * 2)).map(|text| text.chars().count()), Some(TEXT_MAX));
    }

    #[test]
    fn what_is_no_report_says_why() {
        assert_eq!(CrashReport::read(" \n"), Err(CrashError::Empty));
        assert_eq!(CrashReport::read(&"x".repeat(LOG_MAX + 1)), Err(CrashError::TooLarge));
        assert_eq!(CrashReport::read("<!doctype html><p>Not found"), Err(CrashError::NoReport));
        assert_eq!(CrashReport::read("{\"bug_type\":\"309\"}\n{\"threads\":[{"), Err(CrashError::BrokenJson));
        assert_eq!(CrashReport::read("{\"bug_type\":\"298\"}\n{}"), Err(CrashError::OtherLog));
        assert_eq!(CrashReport::read("{\"bug_type\":\"309\"}\n{}"), Err(CrashError::NoReport));
    }
}
