//! The text form: fields as `Name: value`, then backtraces, then the binary images.
//!
//! Read line by line, in any order, so that a log that ends anywhere gives what stands before its end.

use super::{CrashForm, CrashReport, FRAMES_MAX, Frame, IMAGES_MAX, Image, THREADS_MAX, Thread, field};

/// What the lines at hand belong to.
enum Part {
    Head,
    Messages,
    Thrown,
    Thread,
    Registers,
    Images,
}

pub(super) fn read(log: &str) -> CrashReport {
    let mut report = CrashReport { form: Some(CrashForm::Text), ..CrashReport::default() };
    let mut part = Part::Head;
    let mut triggered = None;
    for line in log.lines() {
        let line = line.trim_end();
        if let Some(next) = heading(line, &mut report) {
            part = next;
            continue;
        }
        match part {
            Part::Head => head(line, &mut report, &mut triggered),
            Part::Messages => match line.is_empty() {
                true => part = Part::Head,
                false => report.messages.extend(field(line).filter(|_| report.messages.len() < 32)),
            },
            Part::Thrown if line.is_empty() => part = Part::Head,
            Part::Thrown => push(&mut report.thrown, FRAMES_MAX, frame(line), &mut report.shortened),
            Part::Thread => {
                if let Some(thread) = report.threads.last_mut() {
                    push(&mut thread.frames, FRAMES_MAX, frame(line), &mut report.shortened);
                }
            }
            Part::Images => push(&mut report.images, IMAGES_MAX, image(line), &mut report.shortened),
            Part::Registers => {}
        }
    }
    let by_number = |number| report.threads.iter().position(|thread| thread.number == number);
    report.crashed = report.threads.iter().position(|thread| thread.crashed).or(triggered.and_then(by_number));
    if let Some(thread) = report.crashed.and_then(|at| report.threads.get_mut(at)) {
        thread.crashed = true;
    }
    name_addresses(&mut report);
    report
}

/// The part a line begins, if it begins one.
fn heading(line: &str, report: &mut CrashReport) -> Option<Part> {
    match line {
        "Application Specific Information:" => return Some(Part::Messages),
        "Last Exception Backtrace:" => return Some(Part::Thrown),
        "Binary Images:" => return Some(Part::Images),
        _ => {}
    }
    let rest = line.strip_prefix("Thread ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = rest.get(..digits)?.parse().ok()?;
    let after = rest.get(digits..)?.trim_start();
    if after.contains("Thread State") {
        return Some(Part::Registers);
    }
    if let Some(name) = after.strip_prefix("name:") {
        let name = field(name);
        thread(report, number)?.name = name;
        return Some(Part::Thread);
    }
    // "Thread 3:", "Thread 3 Crashed:", "Thread 3 Crashed:: Dispatch queue: com.apple.main-thread".
    let crashed = after.strip_prefix("Crashed");
    let name = crashed.unwrap_or(after).strip_prefix(':')?;
    let name = field(name.trim_start_matches(':'));
    let thread = thread(report, number)?;
    thread.crashed |= crashed.is_some();
    thread.name = thread.name.take().or(name);
    Some(Part::Thread)
}

/// The thread with a number: the one at hand, or a new one.
fn thread(report: &mut CrashReport, number: u32) -> Option<&mut Thread> {
    if report.threads.last().is_none_or(|thread| thread.number != number) {
        if report.threads.len() == THREADS_MAX {
            report.shortened = true;
            return None;
        }
        report.threads.push(Thread { number, ..Thread::default() });
    }
    report.threads.last_mut()
}

fn head(line: &str, report: &mut CrashReport, triggered: &mut Option<u32>) {
    let Some((name, value)) = line.split_once(':') else { return };
    let Some(value) = field(value) else { return };
    match name.trim() {
        "Incident Identifier" => report.incident = Some(value),
        "Hardware Model" => report.model = Some(value),
        // "Fieldnotes [3127]"
        "Process" => report.process = without_pid(&value),
        "Identifier" => report.identifier = Some(value),
        "Version" => report.version = Some(value),
        "Code Type" => report.processor = Some(value),
        "Role" => report.role = Some(value),
        "Date/Time" => report.crashed_at = Some(value),
        "Launch Time" => report.launched_at = Some(value),
        "OS Version" => report.system = Some(value),
        // "EXC_CRASH (SIGABRT)"
        "Exception Type" => {
            let (kind, signal) = value.split_once('(').unwrap_or((&value, ""));
            report.exception.kind = field(kind);
            report.exception.signal = field(signal.trim_end_matches(')'));
        }
        "Exception Codes" => report.exception.codes = Some(value),
        "Exception Subtype" | "Exception Message" => report.exception.subtype = Some(value),
        "Termination Reason" => termination(&value, report),
        "Termination Description" | "Exception Note" => report.termination.details.push(value),
        "Terminating Process" => report.termination.by = without_pid(&value),
        "Triggered by Thread" | "Crashed Thread" => {
            *triggered = value.split_whitespace().next().and_then(|number| number.parse().ok());
        }
        _ => {}
    }
}

/// "SIGNAL 6 Abort trap: 6" and "Namespace SIGNAL, Code 6 Abort trap: 6".
fn termination(value: &str, report: &mut CrashReport) {
    let plain = value.replacen("Namespace ", "", 1).replacen(", Code ", " ", 1);
    let mut words = plain.splitn(3, ' ');
    report.termination.namespace = words.next().and_then(|word| field(word.trim_end_matches(',')));
    report.termination.code = words.next().and_then(field);
    report.termination.reason = words.next().and_then(field);
}

fn without_pid(value: &str) -> Option<String> {
    field(value.rsplit_once(" [").map_or(value, |(name, _)| name))
}

/// "3   Fieldnotes   0x104a2c8f0 TrackImporter.encode(_:) + 312 (TrackImporter.swift:148)"; without
/// symbols the function is the binary's address.
fn frame(line: &str) -> Option<Frame> {
    let (number, rest) = line.trim_start().split_once(char::is_whitespace)?;
    let number = number.parse().ok()?;
    // The binary's name may have spaces, so the address is looked for.
    let at = [" 0x", "\t0x"].into_iter().filter_map(|before| rest.find(before)).min()?;
    let (name, rest) = rest.split_at(at);
    let (address, call) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
    let (call, place) = match call.rsplit_once(" (") {
        Some((before, place)) if place.ends_with(')') && place.contains(':') => {
            (before, Some(&place[..place.len() - 1]))
        }
        _ => (call, None),
    };
    let (symbol, offset) = match call.rsplit_once(" + ") {
        Some((symbol, offset)) => (symbol, offset.trim().parse().ok()),
        None => (call, None),
    };
    let (file, source_line) = place.and_then(|place| place.rsplit_once(':')).unzip();
    Some(Frame {
        number,
        image: field(name)?,
        address: hex(address),
        symbol: field(symbol).filter(|symbol| hex(symbol).is_none()),
        offset,
        file: file.and_then(field),
        line: source_line.and_then(|line| line.parse().ok()),
        own: false,
    })
}

/// "0x1048f0000 - 0x104bcffff Fieldnotes arm64  <8b2d…> /private/…/Fieldnotes"; macOS has the version
/// in parentheses and a plus sign before what is no part of the system.
fn image(line: &str) -> Option<Image> {
    let (from, rest) = line.trim_start().split_once(" - ")?;
    let (to, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let base = hex(from.trim())?;
    let (before, after) = rest.split_once('<').unwrap_or((rest, ""));
    let (uuid, path) = after.split_once('>').unwrap_or((after, ""));
    let before = before.split(" (").next().unwrap_or_default().trim().trim_start_matches('+');
    let (name, architecture) = match before.rsplit_once(' ') {
        Some((name, architecture)) if architecture.starts_with("arm") || architecture.starts_with("x86") => {
            (name, field(architecture))
        }
        _ => (before, None),
    };
    Some(Image {
        name: field(name)?,
        path: field(path),
        uuid: field(uuid),
        architecture,
        base: Some(base),
        size: hex(to.trim()).and_then(|last| last.checked_sub(base)?.checked_add(1)),
        own: false,
    })
}

/// A frame without symbols has its binary's address; the offset counts from there already.
fn name_addresses(report: &mut CrashReport) {
    let frames = report.threads.iter_mut().flat_map(|thread| &mut thread.frames).chain(&mut report.thrown);
    for frame in frames.filter(|frame| frame.symbol.is_none() && frame.offset.is_none()) {
        let image = report.images.iter().find(|image| image.name == frame.image);
        frame.offset =
            frame.address.zip(image.and_then(|image| image.base)).and_then(|(at, base)| at.checked_sub(base));
    }
}

fn hex(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

fn push<T>(all: &mut Vec<T>, most: usize, one: Option<T>, shortened: &mut bool) {
    match one {
        Some(_) if all.len() == most => *shortened = true,
        Some(one) => all.push(one),
        None => {}
    }
}
