//! Crash logs for the window.

use hookbell_core::crash;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FileState;

/// A parsed crash log, or why it couldn't be parsed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashReply {
    /// The state of the log file; `report` and `trouble` are set only once it is kept.
    pub state: FileState,
    /// None if the log couldn't be parsed; `trouble` then says why.
    pub report: Option<CrashReport>,
    /// Why there is no report; the raw log is shown instead.
    pub trouble: Option<String>,
}

/// Part of a verbatim log.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CrashLogRequest {
    /// The feedback's id in App Store Connect.
    pub id: String,
    /// The first line to return, from 0.
    pub from: u32,
    /// At most this many lines, 1 to 5000; all of them if 0.
    pub lines: u32,
}

/// Lines of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashLogPage {
    /// The lines, with line breaks between them.
    pub text: String,
    /// The line after these; null at the end.
    pub next: Option<u32>,
    /// How many lines the log has.
    pub lines: u32,
    /// How many bytes the log has.
    pub bytes: u64,
}

/// A parsed crash report. What the log doesn't contain is missing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashReport {
    /// What went wrong: "Index out of range in SightingStore.sighting(at:)".
    pub headline: String,
    /// The exception: "EXC_BREAKPOINT (SIGTRAP)".
    pub exception: Option<String>,
    /// The exception's codes.
    pub codes: Option<String>,
    /// The last messages of the app and its libraries, and the exception's own.
    pub messages: Vec<String>,
    /// Why it ended, as a sentence without its full stop; null if Apple documents no reason.
    pub ending: Option<String>,
    /// The reason as the log has it: "Namespace SIGNAL, code 5, Trace/BPT trap: 5".
    pub termination: Option<String>,
    /// Further details about that.
    pub termination_details: Vec<String>,
    /// What the log says about the app and the device, in display order.
    pub facts: Vec<CrashFact>,
    /// Where an uncaught exception was thrown; empty if there was none.
    pub thrown: Vec<CrashFrame>,
    /// The threads, starting with the crashed one.
    pub threads: Vec<CrashThread>,
    /// The loaded binaries.
    pub images: Vec<CrashImage>,
    /// Whether something was omitted because there was too much. The log contains all of it.
    pub shortened: bool,
}

/// A fact in a report, as written in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashFact {
    /// "Process".
    pub label: String,
    /// "BackyardBirds".
    pub value: String,
}

/// One thread at the time of the crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashThread {
    /// Its number in the log.
    pub number: u32,
    /// Its name or that of its queue.
    pub name: Option<String>,
    /// Whether this thread ended the process.
    pub crashed: bool,
    /// Whether one of its frames is in a binary of the app itself.
    pub own: bool,
    /// Its frames, innermost first.
    pub frames: Vec<CrashFrame>,
}

/// A frame of the call stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashFrame {
    /// Its number, 0 for the innermost.
    pub number: u32,
    /// The binary it belongs to.
    pub image: String,
    /// Its address, as `0x104a2c8f0`.
    pub address: Option<String>,
    /// The function; null if the log isn't symbolicated there.
    pub symbol: Option<String>,
    /// The offset in bytes from the start of the function, or of the binary if there is no function.
    pub offset: Option<u64>,
    /// The source file and line: "SightingStore.swift:212".
    pub source: Option<String>,
    /// Whether the binary is the app's own.
    pub own: bool,
}

/// A loaded binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashImage {
    /// The binary's file name, such as `BackyardBirds` or `UIKitCore`.
    pub name: String,
    /// Where the binary was on the device, as far as the report says.
    pub path: Option<String>,
    /// The build's UUID, which identifies its symbols.
    pub uuid: Option<String>,
    /// For example `arm64`; null if the log doesn't say.
    pub architecture: Option<String>,
    /// Its load address, as `0x1048f0000`.
    pub base: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Whether it is the app's own.
    pub own: bool,
}

impl From<crash::ParsedReport> for CrashReport {
    fn from(report: crash::ParsedReport) -> Self {
        let summary = report.summary();
        let headline = match report.place() {
            Some(place) => format!("{summary} in {place}"),
            None => summary,
        };
        let facts = [
            ("Process", &report.process),
            ("Bundle ID", &report.identifier),
            ("Version", &report.version),
            ("Device", &report.model),
            ("System", &report.system),
            ("Processor", &report.processor),
            ("Role", &report.role),
            ("Launched", &report.launched_at),
            ("Crashed", &report.crashed_at),
            ("Incident", &report.incident),
        ];
        let fact = |(label, value): (&str, &Option<String>)| {
            value.clone().map(|value| CrashFact { label: label.to_owned(), value })
        };
        let facts = facts.into_iter().filter_map(fact).collect();
        let mut threads: Vec<CrashThread> = report.threads.into_iter().map(CrashThread::from).collect();
        threads.sort_by_key(|thread| !thread.crashed);
        let mut messages = report.messages;
        messages.extend(report.exception.reason.filter(|_| messages.is_empty()));
        messages.extend(report.exception.subtype);
        Self {
            headline,
            exception: match (report.exception.kind, report.exception.signal) {
                (Some(kind), Some(signal)) => Some(format!("{kind} ({signal})")),
                (kind, signal) => kind.or(signal),
            },
            codes: report.exception.codes,
            messages,
            ending: report.termination.in_words().map(str::to_owned),
            termination: termination(&report.termination),
            termination_details: report.termination.details,
            facts,
            thrown: report.thrown.into_iter().map(CrashFrame::from).collect(),
            threads,
            images: report.images.into_iter().map(CrashImage::from).collect(),
            shortened: report.shortened,
        }
    }
}

fn termination(termination: &crash::Termination) -> Option<String> {
    let parts = [
        termination.namespace.as_ref().map(|namespace| format!("Namespace {namespace}")),
        termination.code.as_ref().map(|code| format!("code {code}")),
        termination.reason.clone(),
        termination.by.as_ref().map(|by| format!("by {by}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

impl From<crash::Thread> for CrashThread {
    fn from(thread: crash::Thread) -> Self {
        Self {
            number: thread.number,
            name: thread.name,
            crashed: thread.crashed,
            own: thread.frames.iter().any(|frame| frame.own),
            frames: thread.frames.into_iter().map(CrashFrame::from).collect(),
        }
    }
}

impl From<crash::Frame> for CrashFrame {
    fn from(frame: crash::Frame) -> Self {
        Self {
            number: frame.number,
            image: frame.image,
            address: frame.address.map(hex),
            symbol: frame.symbol,
            offset: frame.offset,
            source: match (frame.file, frame.line) {
                (Some(file), Some(line)) => Some(format!("{file}:{line}")),
                (file, _) => file,
            },
            own: frame.own,
        }
    }
}

impl From<crash::Image> for CrashImage {
    fn from(image: crash::Image) -> Self {
        Self {
            name: image.name,
            path: image.path,
            uuid: image.uuid,
            architecture: image.architecture,
            base: image.base.map(hex),
            size: image.size,
            own: image.own,
        }
    }
}

fn hex(address: u64) -> String {
    format!("{address:#x}")
}
