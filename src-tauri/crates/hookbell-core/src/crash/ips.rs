//! The `.ips` form: one line of JSON about the log, then the log itself, as multi-line JSON or, up to iOS 14, as text.
//!
//! A report without its first line is accepted too, as some tools produce it, and text after the JSON is ignored. Every
//! member may be missing or of another type, and then counts as unknown.

use serde_json::Value;

use super::{
    CrashError, CrashForm, DETAILS_MAX, Exception, Frame, IMAGES_MAX, Image, LogKind, ParsedReport, THREADS_MAX,
    Termination, Thread, UNKNOWN, field, lines, name, room::Room, text,
};
use crate::json;

/// The maximum number of values in a log's JSON, estimated by counting separators. A report of 500 threads with 100
/// calls each has about 250,000.
const VALUES_MAX: usize = 500_000;

/// Reads a report, or returns what else the log is about.
pub(super) fn read(log: &str, room: &mut Room) -> Result<(ParsedReport, Option<LogKind>), CrashError> {
    let whole = json::without_lone_surrogates(log.as_bytes());
    if whole.iter().filter(|byte| b",:[{".contains(byte)).count() > VALUES_MAX {
        return Err(CrashError::TooLarge);
    }
    let mut documents = serde_json::Deserializer::from_slice(&whole).into_iter::<Value>();
    let broken =
        |document: Option<serde_json::Result<Value>>| document.and_then(Result::ok).ok_or(CrashError::BrokenJson);
    let about = broken(documents.next())?;
    if let Some(kind) = other_kind(&about) {
        return Err(CrashError::OtherLog(kind));
    }
    // Replacing an escape keeps its length, so this offset also fits the original.
    let rest = log.get(documents.byte_offset()..).unwrap_or_default().trim_start();
    if rest.starts_with('{') {
        return Ok((json_report(&about, &broken(documents.next())?, room), None));
    }
    if about.get("threads").is_some() || about.get("exception").is_some() {
        return Ok((json_report(&Value::Null, &about, room), None));
    }
    if rest.is_empty() {
        return Err(CrashError::BrokenJson);
    }
    let (mut report, other) = text::read(rest, room);
    complete(&mut report, &about);
    Ok((report, other))
}

/// What a log is about according to its first document, unless that is a crash or not stated.
fn other_kind(about: &Value) -> Option<LogKind> {
    match about.get("bug_type") {
        Some(Value::String(bug_type)) => LogKind::of_bug_type(bug_type),
        Some(Value::Number(bug_type)) => LogKind::of_bug_type(&bug_type.to_string()),
        // The body of a jetsam report without its first line.
        _ => about.get("memoryStatus").is_some().then_some(LogKind::Jetsam),
    }
}

/// Fills in what only the first line says.
fn complete(report: &mut ParsedReport, about: &Value) {
    let fill = |field: &mut Option<String>, name| *field = field.take().or_else(|| text_of(about, name));
    fill(&mut report.process, "app_name");
    fill(&mut report.identifier, "bundleID");
    fill(&mut report.system, "os_version");
    fill(&mut report.crashed_at, "timestamp");
    fill(&mut report.incident, "incident_id");
    report.version =
        report.version.take().or_else(|| with_build(text_of(about, "app_version"), text_of(about, "build_version")));
}

fn json_report(about: &Value, report: &Value, room: &mut Room) -> ParsedReport {
    let mut read = ParsedReport {
        form: Some(CrashForm::Ips),
        process: text_of(report, "procName"),
        identifier: report.get("bundleInfo").and_then(|bundle| text_of(bundle, "CFBundleIdentifier")),
        version: version(report, about),
        model: text_of(report, "modelCode"),
        system: report
            .get("osVersion")
            .and_then(|system| with_build(text_of(system, "train"), text_of(system, "build"))),
        processor: text_of(report, "cpuType"),
        role: text_of(report, "procRole"),
        crashed_at: text_of(report, "captureTime"),
        launched_at: text_of(report, "procLaunch"),
        incident: text_of(report, "incident"),
        exception: exception(report),
        termination: termination(report),
        ..ParsedReport::default()
    };
    complete(&mut read, about);

    let images = Images::read(report, &mut read.images, room);
    threads(report, &images, &mut read, room);
    thrown(report, &images, &mut read, room);
    read
}

fn version(report: &Value, about: &Value) -> Option<String> {
    let bundle = report.get("bundleInfo");
    let part = |name| bundle.and_then(|bundle| text_of(bundle, name));
    let number = part("CFBundleShortVersionString").or_else(|| text_of(about, "app_version"));
    with_build(number, part("CFBundleVersion").or_else(|| text_of(about, "build_version")))
}

fn with_build(name: Option<String>, build: Option<String>) -> Option<String> {
    match (name, build) {
        (Some(name), Some(build)) => Some(format!("{name} ({build})")),
        (name, build) => name.or(build),
    }
}

fn exception(report: &Value) -> Exception {
    let reason = report.get("exceptionReason").and_then(|reason| text_of(reason, "composed_message"));
    let Some(exception) = report.get("exception") else { return Exception { reason, ..Exception::default() } };
    Exception {
        kind: text_of(exception, "type"),
        signal: text_of(exception, "signal"),
        subtype: text_of(exception, "subtype").or_else(|| text_of(exception, "message")),
        codes: text_of(exception, "codes"),
        reason,
    }
}

fn termination(report: &Value) -> Termination {
    let Some(termination) = report.get("termination") else { return Termination::default() };
    let details = ["reasons", "details"].into_iter().flat_map(|name| texts(termination.get(name)));
    Termination {
        namespace: text_of(termination, "namespace"),
        code: termination.get("code").and_then(|code| match code {
            Value::Number(code) => Some(code.to_string()),
            other => other.as_str().and_then(name),
        }),
        reason: text_of(termination, "indicator"),
        details: details.filter_map(field).take(DETAILS_MAX).collect(),
        by: text_of(termination, "byProc"),
    }
}

/// The images in the log's order, which frames use as an index.
struct Images(Vec<(String, Option<u64>)>);

impl Images {
    fn read(report: &Value, kept: &mut Vec<Image>, room: &mut Room) -> Self {
        let all = array(report.get("usedImages"));
        room.cut |= all.len() > IMAGES_MAX;
        let mut named = Vec::new();
        for image in all.iter().take(IMAGES_MAX).map(image) {
            named.push((image.name.clone(), image.base));
            room.add_image(kept, image);
        }
        Self(named)
    }

    fn frame(&self, number: usize, frame: &Value) -> Frame {
        let at = frame.get("imageIndex").and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        let (image, base) = at.and_then(|at| self.0.get(at)).map_or((UNKNOWN, None), |(name, base)| (name, *base));
        let in_image = frame.get("imageOffset").and_then(Value::as_u64);
        let symbol = text_of(frame, "symbol");
        Frame {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            image: image.to_owned(),
            address: base.zip(in_image).map(|(base, offset)| base.wrapping_add(offset)),
            offset: match symbol {
                Some(_) => frame.get("symbolLocation").and_then(Value::as_u64),
                None => in_image,
            },
            symbol,
            file: frame.get("sourceFile").and_then(Value::as_str).and_then(name),
            line: frame.get("sourceLine").and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok()),
            own: false,
        }
    }

    fn backtrace(&self, frames: &[Value], matters: bool, room: &mut Room) -> Vec<Frame> {
        let mut backtrace = Vec::new();
        for (number, frame) in frames.iter().enumerate() {
            room.add_frame(&mut backtrace, self.frame(number, frame), matters);
        }
        backtrace
    }
}

fn image(image: &Value) -> Image {
    let path = text_of(image, "path");
    let last = path.as_deref().and_then(|path| path.rsplit('/').next()).and_then(name);
    let called = |member| image.get(member).and_then(Value::as_str).and_then(name);
    Image {
        name: called("name").or(last).unwrap_or_else(|| UNKNOWN.to_owned()),
        uuid: called("uuid"),
        architecture: called("arch"),
        base: image.get("base").and_then(Value::as_u64),
        size: image.get("size").and_then(Value::as_u64),
        own: false,
        path,
    }
}

fn threads(report: &Value, images: &Images, read: &mut ParsedReport, room: &mut Room) {
    let all = array(report.get("threads"));
    room.cut |= all.len() > THREADS_MAX;
    let all = all.get(..THREADS_MAX).unwrap_or(all);
    let is_triggered = |thread: &Value| thread.get("triggered").and_then(Value::as_bool).unwrap_or_default();
    let faulting = report.get("faultingThread").and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
    read.crashed = all.iter().position(is_triggered).or(faulting).filter(|at| *at < all.len());
    for (number, thread) in all.iter().enumerate() {
        let crashed = read.crashed == Some(number);
        let called = |member| thread.get(member).and_then(Value::as_str).and_then(name);
        read.threads.push(Thread {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            name: called("name").or_else(|| called("queue").map(|queue| format!("Dispatch queue: {queue}"))),
            crashed,
            frames: images.backtrace(array(thread.get("frames")), crashed, room),
        });
    }
}

/// The last messages, and where an exception was thrown.
///
/// `lastExceptionBacktrace` has the calls in the form of thread frames, as text, or as addresses; macOS has them as
/// text in `asiBacktraces`; and Foundation may write them among the last messages, in `asi`.
fn thrown(report: &Value, images: &Images, read: &mut ParsedReport, room: &mut Room) {
    let last = report.get("lastExceptionBacktrace");
    read.thrown = match array(last) {
        frames if frames.iter().any(Value::is_object) => images.backtrace(frames, true, room),
        _ => Vec::new(),
    };
    for address in array(last).iter().filter_map(Value::as_u64) {
        let frame = lines::at_address(read.thrown.len(), address);
        room.add_frame(&mut read.thrown, frame, true);
    }
    let mut reader = text::Reader::new(read, room);
    texts(last).for_each(|lines| reader.thrown(lines));
    for backtrace in texts(report.get("asiBacktraces")) {
        if !reader.has_thrown() {
            reader.thrown(backtrace);
        }
    }
    let said = report.get("asi").and_then(Value::as_object);
    for words in said.into_iter().flat_map(|asi| asi.values()).flat_map(|words| texts(Some(words))) {
        reader.last_words(words);
    }
}

fn text_of(of: &Value, name: &str) -> Option<String> {
    of.get(name)?.as_str().and_then(field)
}

fn array(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A string, or each string in an array.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_str).into_iter().chain(array(value).iter().filter_map(Value::as_str))
}
