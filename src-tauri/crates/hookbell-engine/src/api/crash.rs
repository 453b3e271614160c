//! Crash logs as the window shows them.

use hookbell_core::crash;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FileState;

/// A crash log, taken apart, or why it is not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashReply {
    /// How far the log is; `report` and `trouble` are only there once it is kept.
    pub state: FileState,
    /// Nothing if the log could not be parsed; `trouble` then says why.
    pub report: Option<CrashReport>,
    /// Why there is no report: the log is shown as it is.
    pub trouble: Option<String>,
}

/// A part of a log as it is.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CrashLogRequest {
    /// The feedback's id in App Store Connect.
    pub id: String,
    /// The first line wanted, from 0.
    pub from: u32,
    /// At most so many lines, 1 to 5000; all of them if 0.
    pub lines: u32,
}

/// Lines of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashLogPage {
    /// The lines, with line breaks between them.
    pub text: String,
    /// The first line after these; none at the end.
    pub next: Option<u32>,
    /// How many lines the log has.
    pub lines: u32,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A crash report, taken apart. What the log does not say is missing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashReport {
    /// What went wrong: "Index out of range in SightingStore.sighting(at:)".
    pub headline: String,
    /// The exception: "EXC_BREAKPOINT (SIGTRAP)".
    pub exception: Option<String>,
    /// The exception's codes.
    pub codes: Option<String>,
    /// What the app and its libraries said last, and what the exception says of itself.
    pub messages: Vec<String>,
    /// Why it ended, as a sentence without its full stop; none where Apple documents no reason.
    pub ending: Option<String>,
    /// The same as the log has it: "Namespace SIGNAL, code 5, Trace/BPT trap: 5".
    pub termination: Option<String>,
    /// What else is said about that.
    pub termination_details: Vec<String>,
    /// What the log says about the app and the device, in the order to show it.
    pub facts: Vec<CrashFact>,
    /// Where an uncaught exception was thrown; empty if there was none.
    pub thrown: Vec<CrashFrame>,
    /// The threads, the one that crashed first.
    pub threads: Vec<CrashThread>,
    /// What was loaded.
    pub images: Vec<CrashImage>,
    /// Whether something was left out because there was too much of it. The log has it.
    pub shortened: bool,
}

/// A fact of a report, as the log writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashFact {
    /// "Process".
    pub label: String,
    /// "BackyardBirds".
    pub value: String,
}

/// One thread at the moment of the crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashThread {
    /// Its number in the log.
    pub number: u32,
    /// Its name or its queue's.
    pub name: Option<String>,
    /// Whether this thread ended the process.
    pub crashed: bool,
    /// Whether a call of it is in a binary of the app's own.
    pub own: bool,
    /// Its calls, the innermost first.
    pub frames: Vec<CrashFrame>,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashFrame {
    /// Its number, 0 for the innermost.
    pub number: u32,
    /// The binary it is in.
    pub image: String,
    /// Its address, as `0x104a2c8f0`.
    pub address: Option<String>,
    /// The function; none if the log is not symbolicated there.
    pub symbol: Option<String>,
    /// Bytes from the function's beginning, or from the binary's where no function is named.
    pub offset: Option<u64>,
    /// The source file and line: "SightingStore.swift:212".
    pub source: Option<String>,
    /// Whether the binary is the app's own.
    pub own: bool,
}

/// A binary that was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CrashImage {
    /// The binary's file name, such as `BackyardBirds` or `UIKitCore`.
    pub name: String,
    /// Where it came from.
    pub path: Option<String>,
    /// The build's UUID, by which its symbols are found.
    pub uuid: Option<String>,
    /// Such as `arm64`; nothing if the log does not say.
    pub architecture: Option<String>,
    /// Where it was loaded, as `0x1048f0000`.
    pub base: Option<String>,
    /// How large it is, in bytes.
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
