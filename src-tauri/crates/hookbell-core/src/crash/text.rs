//! The text form: fields as `Name: value`, then backtraces, then the binary images.
//!
//! Parsed line by line, in any order, so that a truncated log still yields everything before its end.

use super::{
    CrashForm, DETAILS_MAX, LogKind, MESSAGES_MAX, ParsedReport, THREADS_MAX, Thread, field, lines, name, room::Room,
};

/// What the current lines belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Messages,
    /// An exception's backtrace.
    Thrown,
    /// An exception's backtrace within the last messages, which continue after it.
    ThrownAsSaid,
    Thread,
    Images,
    /// Registers and other parts that aren't kept.
    Ignored,
}

/// The report parsed so far.
pub(super) struct Reader<'a> {
    report: &'a mut ParsedReport,
    room: &'a mut Room,
    part: Part,
    /// The thread that the header says crashed.
    triggered: Option<u32>,
    /// What the log is about, if it says so.
    event: Option<LogKind>,
}

/// Reads a report, or returns what else the log is about.
pub(super) fn read(log: &str, room: &mut Room) -> (ParsedReport, Option<LogKind>) {
    let mut report = ParsedReport { form: Some(CrashForm::Text), ..ParsedReport::default() };
    let mut reader = Reader::new(&mut report, room);
    log.lines().for_each(|line| reader.line(line.trim_end()));
    let (triggered, event) = (reader.triggered, reader.event);
    let by_number = |number| report.threads.iter().position(|thread| thread.number == number);
    report.crashed = report.threads.iter().position(|thread| thread.crashed).or(triggered.and_then(by_number));
    if let Some(thread) = report.crashed.and_then(|at| report.threads.get_mut(at)) {
        thread.crashed = true;
    }
    (report, event)
}

impl<'a> Reader<'a> {
    pub(super) fn new(report: &'a mut ParsedReport, room: &'a mut Room) -> Self {
        Self { report, room, part: Part::Head, triggered: None, event: None }
    }

    /// Reads the last messages of an app or a library: sentences, and maybe an exception's backtrace.
    pub(super) fn last_words(&mut self, text: &str) {
        self.part = Part::Messages;
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            match self.part {
                Part::ThrownAsSaid => self.thrown_line(line),
                _ if is_call_stack(line) && self.report.thrown.is_empty() => self.part = Part::ThrownAsSaid,
                _ => self.message(line),
            }
        }
    }

    pub(super) fn has_thrown(&self) -> bool {
        !self.report.thrown.is_empty()
    }

    /// Reads the lines of an exception's backtrace.
    pub(super) fn thrown(&mut self, text: &str) {
        self.part = Part::Thrown;
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).for_each(|line| self.thrown_line(line));
    }

    fn line(&mut self, line: &str) {
        if let Some(next) = self.heading(line) {
            self.part = next;
            return;
        }
        match self.part {
            Part::Head => self.head(line),
            Part::Messages if line.is_empty() => self.part = Part::Head,
            Part::Messages => self.message(line),
            Part::Thrown | Part::ThrownAsSaid => self.thrown_line(line),
            Part::Thread => {
                let matters = self.report.threads.last().is_some_and(|thread| self.is_crashed(thread));
                if let (Some(thread), Some(frame)) = (self.report.threads.last_mut(), lines::frame(line)) {
                    self.room.add_frame(&mut thread.frames, frame, matters);
                }
            }
            Part::Images => {
                if let Some(image) = lines::image(line) {
                    self.room.add_image(&mut self.report.images, image);
                }
            }
            Part::Ignored => {}
        }
    }

    fn message(&mut self, line: &str) {
        if let Some(message) = field(line).filter(|_| self.report.messages.len() < MESSAGES_MAX) {
            self.report.messages.push(message);
        }
    }

    fn thrown_line(&mut self, line: &str) {
        let thrown = &mut self.report.thrown;
        let addresses = lines::addresses(line);
        match lines::frame(line) {
            Some(frame) => self.room.add_frame(thrown, frame, true),
            None if !addresses.is_empty() => {
                for address in addresses {
                    let frame = lines::at_address(thrown.len(), address);
                    self.room.add_frame(thrown, frame, true);
                }
            }
            None if line.is_empty() && !thrown.is_empty() => self.part = Part::Head,
            // A lone parenthesis starts or ends the list.
            None if self.part == Part::ThrownAsSaid && !line.trim().trim_matches(['(', ')']).is_empty() => {
                self.part = Part::Messages;
                self.message(line);
            }
            None => {}
        }
    }

    /// The part that a line starts, if any.
    fn heading(&mut self, line: &str) -> Option<Part> {
        // If an exception has several backtraces, the first is the innermost.
        let unless_known = |report: &ParsedReport, part| if report.thrown.is_empty() { part } else { Part::Ignored };
        match line.trim() {
            "Application Specific Information:" | "Dyld Error Message:" => return Some(Part::Messages),
            "Last Exception Backtrace:" => return Some(unless_known(self.report, Part::Thrown)),
            "Binary Images:" => return Some(Part::Images),
            "Application Specific Signatures:" => return Some(Part::Ignored),
            said if is_call_stack(said) => return Some(unless_known(self.report, Part::ThrownAsSaid)),
            _ => {}
        }
        if let Some(number) = line.strip_prefix("Application Specific Backtrace ") {
            let is_number = number.strip_suffix(':').is_some_and(|number| number.parse::<u32>().is_ok());
            return is_number.then(|| unless_known(self.report, Part::Thrown));
        }
        let (number, after) = number_first(line.strip_prefix("Thread ")?)?;
        let after = after.trim_start();
        if after.contains("Thread State") {
            return Some(Part::Ignored);
        }
        if let Some(called) = after.strip_prefix("name:") {
            let called = name(called);
            self.thread(number)?.name = called;
            return Some(Part::Thread);
        }
        // "Thread 3:", "Thread 3 Crashed:", "Thread 3 Crashed:: Dispatch queue: com.apple.main-thread".
        let crashed = after.strip_prefix("Crashed");
        let called = crashed.unwrap_or(after).strip_prefix(':')?;
        let called = name(called.trim_start_matches(':'));
        let thread = self.thread(number)?;
        thread.crashed |= crashed.is_some();
        thread.name = thread.name.take().or(called);
        Some(Part::Thread)
    }

    /// The thread with a number: the current one, or a new one.
    fn thread(&mut self, number: u32) -> Option<&mut Thread> {
        let threads = &mut self.report.threads;
        if threads.last().is_none_or(|thread| thread.number != number) {
            if threads.len() == THREADS_MAX {
                self.room.cut = true;
                return None;
            }
            threads.push(Thread { number, ..Thread::default() });
        }
        threads.last_mut()
    }

    fn is_crashed(&self, thread: &Thread) -> bool {
        thread.crashed || self.triggered == Some(thread.number)
    }

    fn head(&mut self, line: &str) {
        let Some((label, value)) = line.split_once(':') else { return };
        let Some(value) = field(value) else { return };
        let report = &mut *self.report;
        match label.trim() {
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
            "Termination Description" | "Exception Note" => {
                report.termination.details.extend((report.termination.details.len() < DETAILS_MAX).then_some(value));
            }
            "Terminating Process" => report.termination.by = without_pid(&value),
            // "0  Dispatch queue: com.apple.main-thread" and "2, Dispatch Queue: …"
            "Triggered by Thread" | "Crashed Thread" | "Highlighted Thread" => {
                self.triggered = number_first(&value).map(|(number, _)| number);
            }
            "Event" => self.event = Some(LogKind::of_event(&value)),
            _ => {}
        }
    }
}

/// "SIGNAL 6 Abort trap: 6", "Namespace SIGNAL, Code 6 Abort trap: 6" and "Namespace SIGNAL, Code 6, Abort trap: 6".
fn termination(value: &str, report: &mut ParsedReport) {
    let plain = value.replacen("Namespace ", "", 1).replacen(", Code ", " ", 1);
    let mut words = plain.splitn(3, ' ').map(|word| word.trim_end_matches(','));
    report.termination.namespace = words.next().and_then(name);
    report.termination.code = words.next().and_then(name);
    report.termination.reason = words.next().and_then(field);
}

fn without_pid(value: &str) -> Option<String> {
    name(value.rsplit_once(" [").map_or(value, |(name, _)| name))
}

/// "*** First throw call stack:", as Foundation writes it.
fn is_call_stack(line: &str) -> bool {
    line.trim_start_matches(['*', ' ', '\t']).starts_with("First throw call stack")
}

/// The number at the start of a text, and the rest.
fn number_first(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok()?, rest))
}
