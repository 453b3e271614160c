//! Crash logs of both forms: complete, truncated anywhere, and arbitrary bytes.

use hookbell_core::crash::{CrashError, CrashForm, FRAMES_MAX, IMAGES_MAX, ParsedReport, THREADS_MAX};
use proptest::prelude::*;
use serde_json::json;

const TEXT: &str = "\
Incident Identifier: 11111111-2222-3333-4444-555555555555
Hardware Model:      iPad16,4
Process:             Field Notes [3127]
Path:                /private/var/containers/Bundle/Application/AA/Field Notes.app/Field Notes
Identifier:          com.example.notes
Version:             12.0.1 (1204)
Date/Time:           2026-11-19 21:07:53.1180 +0100
OS Version:          iPhone OS 27.0.1 (24A348)

Exception Type:  EXC_CRASH (SIGABRT)
Exception Codes: 0x0000000000000000, 0x0000000000000000
Termination Reason: Namespace SIGNAL, Code 6 Abort trap: 6
Terminating Process: Field Notes [3127]

Triggered by Thread:  1

Application Specific Information:
*** Terminating app due to uncaught exception 'NSRangeException', reason: 'index 7 beyond bounds'

Last Exception Backtrace:
0   CoreFoundation                \t0x18b2f4c3c __exceptionPreprocess + 164
1   Field Notes                   \t0x104a2c8f0 TrackImporter.encode(_:) + 312 (TrackImporter.swift:148)

Thread 0 name:   Dispatch queue: com.apple.main-thread
Thread 0:
0   libsystem_kernel.dylib        \t0x1e5338a94 mach_msg2_trap + 8

Thread 1 name:   importer
Thread 1 Crashed:
0   libsystem_kernel.dylib        \t0x1e533e1d4 __pthread_kill + 8
1   Field Notes                   \t0x104a2b014 0x1048f0000 + 1290260

Thread 1 crashed with ARM Thread State (64-bit):
    x0: 0x0000000000000000   x1: 0x0000000000000000

Binary Images:
       0x1048f0000 -        0x104bcffff Field Notes arm64  <8b2d6f0a4c7e3951a0d8e6f7b5c4a392> /private/var/containers/Bundle/Application/AA/Field Notes.app/Field Notes
       0x105000000 -        0x1050fffff Maps arm64  <00000000000000000000000000000001> /private/var/containers/Bundle/Application/AA/Field Notes.app/Frameworks/Maps.framework/Maps
       0x1e5337000 -        0x1e5370fff libsystem_kernel.dylib arm64e  <6e1b3d7a9c403e588f2d1a7c5b9e4d06> /usr/lib/system/libsystem_kernel.dylib
";

fn ips() -> String {
    let about = json!({ "bug_type": "309", "app_name": "Birds", "app_version": "3.3", "build_version": "418" });
    let report = json!({
        "procName": "Birds",
        "modelCode": "iPhone18,1",
        "osVersion": { "train": "iPhone OS 27.1", "build": "24B83" },
        "exception": { "type": "EXC_BREAKPOINT", "signal": "SIGTRAP", "codes": "0x1, 0x2" },
        "termination": { "namespace": "SIGNAL", "code": 5, "indicator": "Trace/BPT trap: 5", "byProc": "exc handler" },
        "asi": { "libswiftCore.dylib": ["Swift/Array.swift:600: Fatal error: Index out of range"] },
        "faultingThread": 1,
        "threads": [
            { "queue": "com.apple.main-thread", "frames": [{ "imageIndex": 1, "imageOffset": 16, "symbol": "wait", "symbolLocation": 4 }] },
            { "name": "birds.sync", "frames": [
                { "imageIndex": 1, "imageOffset": 32, "symbol": "_assertionFailure", "symbolLocation": 248 },
                { "imageIndex": 0, "imageOffset": 64, "symbol": "Store.sighting(at:)", "symbolLocation": 12, "sourceFile": "Store.swift", "sourceLine": 212 },
                { "imageIndex": 9, "imageOffset": 1 },
                { "imageIndex": 0, "imageOffset": 4096 },
            ] },
        ],
        "usedImages": [
            { "name": "Birds", "path": "/var/B/Birds.app/Birds", "base": 4_294_967_296_u64, "size": 8192, "uuid": "aa", "arch": "arm64", "source": "P" },
            { "path": "/usr/lib/swift/libswiftCore.dylib", "base": 6_442_450_944_u64, "source": "S" },
        ],
    });
    format!("{about}\n{report:#}\n")
}

#[test]
fn the_text_form_gives_exception_threads_and_images() {
    let report = ParsedReport::read(TEXT).unwrap();
    assert_eq!(report.form, Some(CrashForm::Text));
    assert_eq!(report.process.as_deref(), Some("Field Notes"));
    assert_eq!(
        (report.exception.kind.as_deref(), report.exception.signal.as_deref()),
        (Some("EXC_CRASH"), Some("SIGABRT"))
    );
    let ended = &report.termination;
    assert_eq!((ended.namespace.as_deref(), ended.code.as_deref()), (Some("SIGNAL"), Some("6")));
    assert_eq!((ended.reason.as_deref(), ended.by.as_deref()), (Some("Abort trap: 6"), Some("Field Notes")));
    let crashed = report.crashed_thread().unwrap();
    assert_eq!((crashed.number, crashed.name.as_deref(), crashed.frames.len()), (1, Some("importer"), 2));
    assert_eq!((crashed.frames[1].symbol.as_deref(), crashed.frames[1].offset), (None, Some(1_290_260)));
    let thrown = &report.thrown[1];
    assert_eq!((thrown.file.as_deref(), thrown.line, thrown.own), (Some("TrackImporter.swift"), Some(148), true));
    let own: Vec<_> = report.images.iter().filter(|image| image.own).map(|image| image.name.as_str()).collect();
    assert_eq!(own, ["Field Notes", "Maps"]);
    assert_eq!(report.images[0].size, Some(0x2e_0000));
    assert_eq!(report.summary(), "index 7 beyond bounds");
    assert_eq!(report.place(), Some("TrackImporter.encode(_:)"));
    assert!(!report.shortened);
}

#[test]
fn the_json_form_gives_the_same() {
    let report = ParsedReport::read(&ips()).unwrap();
    assert_eq!(report.form, Some(CrashForm::Ips));
    assert_eq!(report.version.as_deref(), Some("3.3 (418)"));
    assert_eq!(report.system.as_deref(), Some("iPhone OS 27.1 (24B83)"));
    let crashed = report.crashed_thread().unwrap();
    assert!(crashed.crashed && crashed.number == 1);
    let images: Vec<_> = crashed.frames.iter().map(|frame| (frame.image.as_str(), frame.own)).collect();
    assert_eq!(images, [("libswiftCore.dylib", false), ("Birds", true), ("???", false), ("Birds", true)]);
    assert_eq!(crashed.frames[1].address, Some(4_294_967_360));
    assert_eq!((crashed.frames[3].symbol.as_deref(), crashed.frames[3].offset), (None, Some(4096)));
    assert_eq!(report.threads[0].name.as_deref(), Some("Dispatch queue: com.apple.main-thread"));
    assert_eq!(report.summary(), "Index out of range");
    assert_eq!(report.place(), Some("Store.sighting(at:)"));
}

#[test]
fn a_report_without_its_first_line_is_read_too() {
    let whole = ips();
    let (_, body) = whole.split_once('\n').unwrap();
    assert_eq!(ParsedReport::read(body).unwrap().summary(), "Index out of range");
}

#[test]
fn more_than_the_limits_is_left_out_and_said() {
    let frame = json!({ "imageIndex": 0, "imageOffset": 1 });
    let thread = json!({ "frames": vec![frame; FRAMES_MAX + 1] });
    let report = json!({
        "exception": { "type": "EXC_CRASH" },
        "threads": [thread],
        "usedImages": vec![json!({ "name": "A" }); IMAGES_MAX + 1],
    });
    let report = ParsedReport::read(&report.to_string()).unwrap();
    assert_eq!((report.threads[0].frames.len(), report.images.len()), (FRAMES_MAX, IMAGES_MAX));
    assert!(report.shortened);
    let many: String = (0..=THREADS_MAX).map(|number| format!("Thread {number}:\n0   A  0x1 b + 1\n")).collect();
    let report = ParsedReport::read(&many).unwrap();
    assert_eq!((report.threads.len(), report.shortened), (THREADS_MAX, true));
}

#[test]
fn a_kill_for_memory_and_one_by_the_watchdog_are_named() {
    let summary = |exception: serde_json::Value, termination: serde_json::Value| {
        let report = json!({ "exception": exception, "termination": termination, "threads": [] });
        ParsedReport::read(&report.to_string()).unwrap().summary()
    };
    let crash = json!({ "type": "EXC_CRASH", "signal": "SIGKILL" });
    assert_eq!(summary(crash.clone(), json!({ "namespace": "JETSAM", "code": 7 })), "Out of memory");
    assert_eq!(
        summary(crash.clone(), json!({ "namespace": "FRONTBOARD", "code": 2_343_432_205_u64 })),
        "Did not respond in time"
    );
    assert_eq!(summary(crash, json!({})), "Ended by the system");
    assert_eq!(summary(json!({ "type": "EXC_BAD_ACCESS" }), json!({})), "Bad memory access");
}

#[test]
fn json_nested_without_end_is_broken_and_not_a_crash_of_ours() {
    let deep = "{\"a\":".repeat(100_000);
    assert_eq!(ParsedReport::read(&deep), Err(CrashError::BrokenJson));
}

proptest! {
    #[test]
    fn any_text_is_taken(text in "\\PC{0,400}") {
        let _ = ParsedReport::read(&text);
    }

    #[test]
    fn any_bytes_between_real_lines_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0..TEXT.len()) {
        let at = (0..=at).rev().find(|at| TEXT.is_char_boundary(*at)).unwrap_or_default();
        let text = format!("{}{}{}", &TEXT[..at], String::from_utf8_lossy(&bytes), &TEXT[at..]);
        let _ = ParsedReport::read(&text).map(|report| (report.summary(), report.place().map(str::len)));
    }

    #[test]
    fn a_log_cut_anywhere_is_read_as_far_as_it_goes(cut in 0_usize..2_400) {
        let text = &TEXT[..cut.min(TEXT.len())];
        match ParsedReport::read(text) {
            Ok(report) => prop_assert!(report.exception.kind.is_some() || !report.threads.is_empty()),
            Err(error) => prop_assert!(matches!(error, CrashError::Empty | CrashError::NoReport), "{error:?}"),
        }
        let whole = ips();
        let json = &whole[..cut.min(whole.len())];
        let read = ParsedReport::read(json);
        prop_assert!(read.is_ok() || matches!(read, Err(CrashError::Empty | CrashError::BrokenJson)), "{read:?}");
    }
}
