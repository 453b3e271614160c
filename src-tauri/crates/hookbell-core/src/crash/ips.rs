//! The `.ips` form: one line of JSON about the report, then the report as JSON over many lines.
//!
//! A report without its first line is taken too, as some tools hand it out so. Every member may be
//! missing or of another type; it is then simply not known.

use serde_json::Value;

use super::{
    CrashError, CrashForm, CrashReport, Exception, FRAMES_MAX, Frame, IMAGES_MAX, Image, THREADS_MAX, Termination,
    Thread, field,
};

/// The `bug_type` of a crash report, and the one of a report that a simulator wrote.
const CRASHES: [&str; 2] = ["309", "109"];

pub(super) fn read(log: &str) -> Result<CrashReport, CrashError> {
    let mut documents = serde_json::Deserializer::from_str(log).into_iter::<Value>();
    let mut next = || documents.next().transpose().map_err(|_| CrashError::BrokenJson);
    let first = next()?.ok_or(CrashError::Empty)?;
    let (about, report) = match next()? {
        Some(report) => (first, report),
        None if first.get("threads").is_some() || first.get("exception").is_some() => (Value::Null, first),
        None => return Err(CrashError::BrokenJson),
    };
    match about.get("bug_type").map(|kind| kind.as_str().map_or_else(|| kind.to_string(), str::to_owned)) {
        Some(kind) if !CRASHES.contains(&kind.as_str()) => return Err(CrashError::OtherLog),
        _ => {}
    }

    let mut shortened = false;
    let images = take(&report, "usedImages", IMAGES_MAX, &mut shortened, image);
    let bases: Vec<(&str, Option<u64>)> = images.iter().map(|image| (image.name.as_str(), image.base)).collect();
    let faulting = report.get("faultingThread").and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
    let mut cut = false;
    let mut threads =
        take(&report, "threads", THREADS_MAX, &mut shortened, |thread| thread_of(thread, &bases, &mut cut));
    for (number, thread) in (0..).zip(&mut threads) {
        thread.number = number;
    }
    let crashed = threads.iter().position(|thread| thread.crashed).or(faulting).filter(|at| *at < threads.len());
    if let Some(thread) = crashed.and_then(|at| threads.get_mut(at)) {
        thread.crashed = true;
    }
    let thrown = frames(&report, "lastExceptionBacktrace", &bases, &mut cut);
    let os = report.get("osVersion");
    Ok(CrashReport {
        form: Some(CrashForm::Ips),
        process: text(&report, "procName").or_else(|| text(&about, "app_name")),
        identifier: report
            .get("bundleInfo")
            .and_then(|bundle| text(bundle, "CFBundleIdentifier"))
            .or(text(&about, "bundleID")),
        version: version(&report, &about),
        model: text(&report, "modelCode"),
        system: os
            .and_then(|os| with_build(text(os, "train"), text(os, "build")))
            .or_else(|| text(&about, "os_version")),
        processor: text(&report, "cpuType"),
        role: text(&report, "procRole"),
        crashed_at: text(&report, "captureTime").or_else(|| text(&about, "timestamp")),
        launched_at: text(&report, "procLaunch"),
        incident: text(&report, "incident").or_else(|| text(&about, "incident_id")),
        exception: exception(&report),
        termination: termination(&report),
        messages: messages(&report),
        thrown,
        crashed,
        threads,
        images,
        shortened: shortened || cut,
    })
}

fn version(report: &Value, about: &Value) -> Option<String> {
    let bundle = report.get("bundleInfo");
    let part = |name| bundle.and_then(|bundle| text(bundle, name));
    let number = part("CFBundleShortVersionString").or_else(|| text(about, "app_version"));
    with_build(number, part("CFBundleVersion").or_else(|| text(about, "build_version")))
}

fn with_build(name: Option<String>, build: Option<String>) -> Option<String> {
    match (name, build) {
        (Some(name), Some(build)) => Some(format!("{name} ({build})")),
        (name, build) => name.or(build),
    }
}

fn exception(report: &Value) -> Exception {
    let Some(exception) = report.get("exception") else { return Exception::default() };
    Exception {
        kind: text(exception, "type"),
        signal: text(exception, "signal"),
        subtype: text(exception, "subtype").or_else(|| text(exception, "message")),
        codes: text(exception, "codes"),
    }
}

fn termination(report: &Value) -> Termination {
    let Some(termination) = report.get("termination") else { return Termination::default() };
    let details = ["reasons", "details"].into_iter().flat_map(|name| texts(termination.get(name))).take(16).collect();
    Termination {
        namespace: text(termination, "namespace"),
        code: termination.get("code").and_then(|code| match code {
            Value::Number(code) => Some(code.to_string()),
            other => other.as_str().and_then(field),
        }),
        reason: text(termination, "indicator"),
        details,
        by: text(termination, "byProc"),
    }
}

/// `asi` has the last words of each library.
fn messages(report: &Value) -> Vec<String> {
    let asi = report.get("asi").and_then(Value::as_object);
    asi.into_iter().flat_map(|asi| asi.values()).flat_map(|words| texts(Some(words))).take(32).collect()
}

fn thread_of(thread: &Value, images: &[(&str, Option<u64>)], cut: &mut bool) -> Thread {
    let queue = || text(thread, "queue").map(|queue| format!("Dispatch queue: {queue}"));
    Thread {
        number: 0,
        name: text(thread, "name").or_else(queue),
        crashed: thread.get("triggered").and_then(Value::as_bool).unwrap_or_default(),
        frames: frames(thread, "frames", images, cut),
    }
}

fn frames(of: &Value, name: &str, images: &[(&str, Option<u64>)], cut: &mut bool) -> Vec<Frame> {
    let mut frames = take(of, name, FRAMES_MAX, cut, |frame| {
        let at = frame.get("imageIndex").and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        let (image, base) = at.and_then(|at| images.get(at)).copied().unwrap_or(("???", None));
        let in_image = frame.get("imageOffset").and_then(Value::as_u64);
        let symbol = text(frame, "symbol");
        Frame {
            number: 0,
            image: image.to_owned(),
            address: base.zip(in_image).map(|(base, offset)| base.wrapping_add(offset)),
            offset: match symbol {
                Some(_) => frame.get("symbolLocation").and_then(Value::as_u64),
                None => in_image,
            },
            symbol,
            file: text(frame, "sourceFile"),
            line: frame.get("sourceLine").and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok()),
            own: false,
        }
    });
    for (number, frame) in (0..).zip(&mut frames) {
        frame.number = number;
    }
    frames
}

fn image(image: &Value) -> Image {
    let path = text(image, "path");
    let last = path.as_deref().and_then(|path| path.rsplit('/').next()).filter(|name| !name.is_empty());
    Image {
        name: text(image, "name").or(last.map(str::to_owned)).unwrap_or_else(|| "???".to_owned()),
        uuid: text(image, "uuid"),
        architecture: text(image, "arch"),
        base: image.get("base").and_then(Value::as_u64),
        size: image.get("size").and_then(Value::as_u64),
        own: false,
        path,
    }
}

/// The first elements of an array, each read.
fn take<T>(of: &Value, name: &str, most: usize, cut: &mut bool, read: impl FnMut(&Value) -> T) -> Vec<T> {
    let all = of.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    *cut |= all.len() > most;
    all.iter().take(most).map(read).collect()
}

fn text(of: &Value, name: &str) -> Option<String> {
    of.get(name)?.as_str().and_then(field)
}

/// A text, or each text of an array.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => field(text).into_iter().collect(),
        Some(Value::Array(all)) => all.iter().take(16).filter_map(|text| text.as_str().and_then(field)).collect(),
        _ => Vec::new(),
    }
}
