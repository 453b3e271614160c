//! The forms of Apple's logs over the years, and logs that are about something else.

use hookbell_core::crash::{CrashError, CrashForm, Frame, LogKind, ParsedReport};
use serde_json::{Value, json};

const HEADER: &str = r#"{"app_name":"Fieldnotes","app_version":"4.1","build_version":"77","bundleID":"org.example.notes","bug_type":"109","os_version":"iPhone OS 13.7 (17H35)","timestamp":"2026-09-01 10:00:00.00 +0200","incident_id":"ABC"}"#;

const TEXT: &str = "\
Process:             Fieldnotes [42]
Identifier:          org.example.notes

Exception Type:  EXC_CRASH (SIGABRT)
Triggered by Thread:  1

Thread 0:
0   libsystem_kernel.dylib        \t0x1e5338a94 mach_msg2_trap + 8

Thread 1 Crashed:
0   libsystem_kernel.dylib        \t0x1e533e1d4 __pthread_kill + 8

Binary Images:
0x104000000 - 0x1040fffff Fieldnotes arm64  <aa> /var/A/Fieldnotes.app/Fieldnotes
0x18b000000 - 0x18bffffff CoreFoundation arm64  <bb> /System/CoreFoundation.framework/CoreFoundation
";

/// The text with an additional part between its header and its threads.
fn with_part(part: &str) -> String {
    TEXT.replacen("\nThread 0:", &format!("\n{part}\n\nThread 0:"), 1)
}

fn read(log: &str) -> ParsedReport {
    ParsedReport::read(log).unwrap()
}

fn places(frames: &[Frame]) -> Vec<(&str, Option<&str>, bool)> {
    frames.iter().map(|frame| (frame.image.as_str(), frame.symbol.as_deref(), frame.own)).collect()
}

/// A report as JSON, with its first line and these members in addition to the usual ones.
fn ips(members: Value) -> String {
    let mut report = json!({
        "procName": "Fieldnotes",
        "exception": { "type": "EXC_CRASH", "signal": "SIGABRT" },
        "faultingThread": 0,
        "threads": [{ "frames": [{ "imageIndex": 1, "imageOffset": 8, "symbol": "abort" }] }],
        "usedImages": [
            { "name": "Fieldnotes", "path": "/Applications/Fieldnotes.app/Contents/MacOS/Fieldnotes", "base": 0x1_0400_0000_u64, "size": 0x10_0000 },
            { "name": "libsystem_c.dylib", "path": "/usr/lib/system/libsystem_c.dylib", "base": 0x1_9000_0000_u64, "size": 0x1000 },
        ],
    });
    report.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    format!("{{\"bug_type\":\"309\"}}\n{report:#}")
}

#[test]
fn text_after_a_line_of_json_is_read_and_the_line_fills_what_the_text_leaves_out() {
    let report = read(&format!("{HEADER}\n{TEXT}"));
    assert_eq!(report.form, Some(CrashForm::Text));
    assert_eq!((report.threads.len(), report.crashed_thread().unwrap().number), (2, 1));
    assert_eq!(report.version.as_deref(), Some("4.1 (77)"));
    assert_eq!(report.system.as_deref(), Some("iPhone OS 13.7 (17H35)"));
    assert_eq!(report.incident.as_deref(), Some("ABC"));
}

#[test]
fn text_behind_the_json_is_passed_over() {
    let log = format!("{}\nModel: Mac15,6, 12 processors\nGraphics: {{none}}", ips(json!({})));
    assert_eq!(read(&log).summary(), "Aborted");
}

#[test]
fn an_exceptions_backtrace_of_addresses_is_found_in_the_images() {
    for part in [
        "Last Exception Backtrace:\n(0x18b000010 0x104000020 0x5)",
        "Last Exception Backtrace:\n(0x18b000010\n 0x104000020\n0x5)",
        "Last Exception Backtrace:\n0x18b000010 0x104000020 0x5",
        "Application Specific Information:\n*** First throw call stack:\n(0x18b000010 0x104000020 0x5)\nabort() called",
    ] {
        let report = read(&with_part(part));
        let wanted = [("CoreFoundation", None, false), ("Fieldnotes", None, true), ("???", None, false)];
        assert_eq!(places(&report.thrown), wanted, "{part}");
        assert_eq!((report.thrown[1].number, report.thrown[1].offset), (1, Some(0x20)));
        assert_eq!((report.thrown[2].number, report.thrown[2].address), (2, Some(5)));
        assert_eq!(report.summary(), "Uncaught exception");
    }
}

#[test]
fn every_heading_of_an_exceptions_backtrace_gives_the_place() {
    const FRAMES: &str = "\
0   CoreFoundation  0x18b000010 __exceptionPreprocess + 176
1   Fieldnotes      0x104000020 Fieldnotes + 32
2   Fieldnotes      0x104000040 Importer.open() + 12 (Importer.swift:9)";
    const SAID: &str =
        "Application Specific Information:\n*** Terminating app due to uncaught exception 'A', reason: 'No file'\n";
    for part in [
        format!("{SAID}\nLast Exception Backtrace:\n{FRAMES}"),
        format!("{SAID}\nApplication Specific Backtrace 0:\n{FRAMES}\n"),
        format!(
            "{SAID}abort() called\n\nApplication Specific Backtrace 1:\n{FRAMES}\n\nApplication Specific Backtrace 2:\n0   A  0x1 other + 1"
        ),
        format!("{SAID}*** First throw call stack:\n(\n{FRAMES}\n)\nabort() called"),
    ] {
        let report = read(&with_part(&part));
        assert_eq!(report.thrown.len(), 3, "{part}");
        assert_eq!((report.thrown[1].symbol.as_deref(), report.thrown[1].offset), (None, Some(32)), "{part}");
        assert_eq!((report.summary().as_str(), report.place()), ("No file", Some("Importer.open()")), "{part}");
        assert_eq!(report.messages.len(), 1 + usize::from(part.contains("abort()")), "{:?}", report.messages);
        assert_eq!(report.crashed_thread().unwrap().number, 1);
    }
}

#[test]
fn every_spelling_of_an_exceptions_backtrace_in_json_gives_the_same_calls() {
    let lines = "0   CoreFoundation  0x18b000010 __exceptionPreprocess + 176\n1   Fieldnotes      0x104000040 Importer.open() + 12\n";
    let stack = format!("*** First throw call stack:\n(\n{lines})\nabort() called");
    for members in [
        json!({ "lastExceptionBacktrace": [
            { "imageIndex": 9, "imageOffset": 1, "symbol": "__exceptionPreprocess" },
            { "imageIndex": 0, "imageOffset": 64, "symbol": "Importer.open()", "symbolLocation": 12 },
        ] }),
        json!({ "lastExceptionBacktrace": lines }),
        json!({ "lastExceptionBacktrace": lines.lines().collect::<Vec<_>>() }),
        json!({ "asiBacktraces": [lines, "0   A  0x1 other + 1\n"] }),
        json!({ "lastExceptionBacktrace": [], "asiBacktraces": [lines] }),
        json!({ "asi": { "CoreFoundation": [stack] } }),
    ] {
        let report = read(&ips(members.clone()));
        let calls: Vec<_> = report.thrown.iter().map(|frame| frame.symbol.as_deref()).collect();
        assert_eq!(calls, [Some("__exceptionPreprocess"), Some("Importer.open()")], "{members}");
        assert_eq!(report.place(), Some("Importer.open()"), "{members}");
    }
    for members in [
        json!({ "lastExceptionBacktrace": "(0x1 0x104000040)" }),
        json!({ "lastExceptionBacktrace": [1, 0x1_0400_0040_u64] }),
        json!({ "asi": { "CoreFoundation": ["*** First throw call stack:\n(0x1 0x104000040)\nabort() called"] } }),
    ] {
        let report = read(&ips(members.clone()));
        assert_eq!(places(&report.thrown), [("???", None, false), ("Fieldnotes", None, true)], "{members}");
        assert_eq!(report.thrown[1].offset, Some(64), "{members}");
    }
}

#[test]
fn the_last_words_of_a_library_are_one_message_a_line() {
    let report = read(&ips(json!({ "asi": { "libA": ["first\r\nsecond\n", "\n"], "libB": "third" } })));
    assert_eq!(report.messages, ["first", "second", "third"]);
}

#[test]
fn a_composed_message_is_the_reason_where_nothing_else_was_said() {
    let reason = json!({ "composed_message": "unrecognized selector", "name": "NSInvalidArgumentException" });
    assert_eq!(read(&ips(json!({ "exceptionReason": reason }))).summary(), "unrecognized selector");
    let said = json!({ "libswiftCore.dylib": ["Fatal error: No notes"] });
    assert_eq!(read(&ips(json!({ "exceptionReason": reason, "asi": said }))).summary(), "No notes");
}

#[test]
fn half_an_emoji_in_the_last_words_costs_a_character_and_not_the_report() {
    let log = ips(json!({ "asi": { "libA": ["Fatal error: Rain HALF"] } })).replace("HALF", r"\ud83c");
    assert_eq!(read(&log).summary(), "Rain \u{FFFD}");
    assert_eq!(read(&format!("{HEADER}\n{TEXT}").replace("ABC", r"\udc00")).incident.as_deref(), Some("\u{FFFD}"));
}

#[test]
fn the_crashed_thread_is_told_by_its_number_alone() {
    for line in [
        "Triggered by Thread: 1, Dispatch Queue: org.example.draw",
        "Triggered by Thread:  1",
        "Crashed Thread:        1  Dispatch queue: com.apple.main-thread",
        "Highlighted Thread:  1",
    ] {
        let log = TEXT.replace("Triggered by Thread:  1", line).replace("Thread 1 Crashed:", "Thread 1:");
        assert_eq!(read(&log).crashed_thread().map(|thread| thread.number), Some(1), "{line}");
    }
}

#[test]
fn a_termination_is_read_with_and_without_commas() {
    for (line, code) in [
        ("Namespace SIGNAL, Code 11, Segmentation fault: 11", "11"),
        ("Namespace SIGNAL, Code 11 Segmentation fault: 11", "11"),
        ("SIGNAL 11 Segmentation fault: 11", "11"),
    ] {
        let termination = read(&with_part(&format!("Termination Reason: {line}"))).termination;
        assert_eq!(termination.namespace.as_deref(), Some("SIGNAL"), "{line}");
        assert_eq!(
            (termination.code.as_deref(), termination.reason.as_deref()),
            (Some(code), Some("Segmentation fault: 11"))
        );
    }
}

#[test]
fn the_watchdog_is_known_by_the_codes_of_old_reports_too() {
    let log = TEXT
        .replace("EXC_CRASH (SIGABRT)", "00000020")
        .replace("Triggered", "Exception Codes: 0x000000008badf00d\nTriggered");
    assert_eq!(read(&log).summary(), "Did not respond in time");
}

#[test]
fn a_binary_listed_by_its_bundle_id_is_the_apps_own_by_its_file() {
    let images = "\
Binary Images:
       0x104000000 -        0x1040fffff +org.example.notes (4.1 - 77) <aa> /Applications/Fieldnotes.app/Contents/MacOS/Fieldnotes
       0x105000000 -        0x1050fffff org.example.charts (1.0) <bb> /Applications/Fieldnotes.app/Contents/Frameworks/Charts.framework/Charts
";
    let log = TEXT.split("Binary Images:").next().unwrap().to_owned() + images;
    let log = log.replace(
        "__pthread_kill + 8",
        "__pthread_kill + 8\n1   Charts  0x105000010 draw + 16\n2   ???  0x105000020 0 + 4379901984",
    );
    let report = read(&log);
    assert!(report.images.iter().all(|image| image.own), "{:?}", report.images);
    let crashed = &report.crashed_thread().unwrap().frames;
    assert_eq!(places(&crashed[1..]), [("Charts", Some("draw"), true), ("Charts", None, true)]);
    assert_eq!(crashed[2].offset, Some(32));
}

#[test]
fn a_log_about_something_else_is_named_as_what_it_is() {
    let about =
        |bug_type: &str| ParsedReport::read(&format!("{{\"bug_type\":\"{bug_type}\"}}\nEvent: any\n")).unwrap_err();
    for (bug_type, kind, words) in [
        ("145", LogKind::DiskWrites, "this is a disk writes report, not a crash"),
        ("202", LogKind::CpuUse, "this is a CPU usage report, not a crash"),
        ("206", LogKind::CpuUse, "this is a CPU usage report, not a crash"),
        ("142", LogKind::Wakeups, "this is a wakeups report, not a crash"),
        ("228", LogKind::Hang, "this is a hang report, not a crash"),
        ("11", LogKind::Spin, "this is a spin report, not a crash"),
        ("238", LogKind::Launch, "this is a slow launch report, not a crash"),
        ("298", LogKind::Jetsam, "this is a low memory (jetsam) report, not a crash"),
        ("30", LogKind::MemoryUse, "this is a memory usage report, not a crash"),
        ("385", LogKind::Limit, "this is a resource limit report, not a crash"),
        ("308", LogKind::Fault, "this is a non-fatal fault report, not a crash"),
        ("210", LogKind::Panic, "this is a kernel panic report, not a crash"),
        ("288", LogKind::Stackshot, "this is a stackshot of all processes, not a crash"),
        ("9999", LogKind::Other, "this is another kind of log, not a crash"),
    ] {
        assert_eq!(about(bug_type), CrashError::OtherLog(kind), "{bug_type}");
        assert_eq!(about(bug_type).to_string(), words);
    }
    assert_eq!(ParsedReport::read("{\"bug_type\":145}\nx"), Err(CrashError::OtherLog(LogKind::DiskWrites)));
}

#[test]
fn a_report_of_spindump_says_by_its_event_what_it_is() {
    for (event, kind) in [
        ("disk writes", LogKind::DiskWrites),
        ("cpu usage (fatal)", LogKind::CpuUse),
        ("wakeups", LogKind::Wakeups),
        ("hang", LogKind::Hang),
        ("something new", LogKind::Other),
    ] {
        let log = format!(
            "Date/Time:  2026-10-04\nCommand:  Fieldnotes\nEvent:      {event}\n\nBinary Images:\n0x1 - 0x2 A <a> /A\n"
        );
        assert_eq!(ParsedReport::read(&log), Err(CrashError::OtherLog(kind)), "{event}");
    }
    let body = r#"{"memoryStatus":{"pageSize":16384},"largestProcess":"Fieldnotes","processes":[]}"#;
    assert_eq!(ParsedReport::read(body), Err(CrashError::OtherLog(LogKind::Jetsam)));
}
