//! The largest logs a stranger can write: what is kept of them is bounded, and what matters is kept.

use hookbell_core::crash::{
    CrashError, FRAMES_MAX, FRAMES_TOTAL_MAX, Frame, IMAGES_MAX, LOG_MAX, NAME_MAX, ParsedReport, TEXT_TOTAL_MAX,
    THREADS_MAX,
};
use serde_json::json;

fn frames(report: &ParsedReport) -> impl Iterator<Item = &Frame> {
    report.threads.iter().flat_map(|thread| &thread.frames).chain(&report.thrown)
}

/// The total size of all frames' and images' texts, in bytes.
fn text_bytes(report: &ParsedReport) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let frames: usize =
        frames(report).map(|frame| frame.image.len() + length(&frame.symbol) + length(&frame.file)).sum();
    let images = report.images.iter();
    frames + images.map(|image| image.name.len() + length(&image.path) + length(&image.uuid)).sum::<usize>()
}

fn assert_bounded(report: &ParsedReport) {
    assert!(frames(report).count() <= FRAMES_TOTAL_MAX, "{} frames", frames(report).count());
    assert!(text_bytes(report) <= TEXT_TOTAL_MAX, "{} bytes", text_bytes(report));
    assert!(report.threads.iter().all(|thread| thread.frames.len() <= FRAMES_MAX));
    assert!(report.images.len() <= IMAGES_MAX && report.threads.len() <= THREADS_MAX);
    assert!(report.shortened);
}

/// The maximum number of threads and images, each thread of maximum depth and the last one crashed.
fn deepest_text() -> String {
    let mut log =
        "Exception Type: EXC_CRASH (SIGABRT)\n\nLast Exception Backtrace:\n0 Lib 0x1 thrown + 1\n\n".to_owned();
    for thread in 0..THREADS_MAX {
        let crashed = if thread + 1 == THREADS_MAX { " Crashed" } else { "" };
        log.push_str(&format!("Thread {thread}{crashed}:\n"));
        (0..FRAMES_MAX).for_each(|frame| log.push_str(&format!("{frame} Lib{frame} 0x{frame:x} 0x0 + 1\n")));
    }
    log.push_str("Binary Images:\n");
    (0..=IMAGES_MAX).for_each(|image| log.push_str(&format!("0x{image:x} - 0x{image:x} Lib{image} <a> /Lib{image}\n")));
    assert!(log.len() < LOG_MAX);
    log
}

#[test]
fn threads_without_end_are_cut_to_one_limit_and_the_crashed_one_stays_whole() {
    let report = ParsedReport::read(&deepest_text()).unwrap();
    assert_bounded(&report);
    assert_eq!(report.crashed_thread().unwrap().frames.len(), FRAMES_MAX);
    assert_eq!(report.thrown.len(), 1);
    assert_eq!(report.threads.len(), THREADS_MAX);
}

#[test]
fn a_long_name_of_a_binary_is_not_repeated_with_every_call() {
    let frames = vec![json!({ "imageIndex": 0, "imageOffset": 1 }); FRAMES_MAX];
    let threads: Vec<_> = (0..150).map(|at| json!({ "triggered": at == 149, "frames": frames })).collect();
    let report = json!({ "threads": threads, "usedImages": [{ "name": "🦤".repeat(4_000) }] });
    let report = ParsedReport::read(&report.to_string()).unwrap();
    assert_bounded(&report);
    assert_eq!(report.images[0].name.chars().count(), NAME_MAX);
    assert_eq!(report.crashed_thread().unwrap().frames.len(), FRAMES_MAX);
}

#[test]
fn long_functions_and_paths_share_one_limit() {
    let symbol = "x".repeat(2_000);
    let mut log = "Exception Type: EXC_CRASH\n".to_owned();
    for thread in 0..8 {
        log.push_str(&format!("Thread {thread}:\n"));
        (0..FRAMES_MAX / 4).for_each(|frame| log.push_str(&format!("{frame} Lib 0x1 {symbol} + 1\n")));
    }
    log.push_str("Thread 8 Crashed:\n0 Lib 0x1 here + 1\nBinary Images:\n");
    (0..1_000).for_each(|image| log.push_str(&format!("0x1 - 0x2 Lib{image} <a> /{symbol}\n")));
    let report = ParsedReport::read(&log).unwrap();
    assert_bounded(&report);
    assert_eq!(report.crashed_thread().unwrap().frames[0].symbol.as_deref(), Some("here"));
}

#[test]
fn json_of_more_values_than_any_report_has_is_too_large() {
    let log = format!("{{\"threads\":[{}0]}}", "0,".repeat(600_000));
    assert_eq!(ParsedReport::read(&log), Err(CrashError::TooLarge));
}

#[test]
fn details_without_end_are_cut() {
    let log = "Exception Type: EXC_CRASH\n".to_owned() + &"Exception Note: EXC_CORPSE_NOTIFY\n".repeat(10_000);
    assert_eq!(ParsedReport::read(&log).unwrap().termination.details.len(), 16);
}
