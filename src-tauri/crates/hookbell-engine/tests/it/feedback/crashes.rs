//! Crash logs in both of Apple's forms, and broken ones.

use hookbell_engine::api::{CrashLogRequest, CrashReply, FileState};
use hookbell_sim::{AddFeedback, FaultKind};

use super::one;
use crate::apple::Desk;

async fn crash(desk: &Desk, log: &str) -> (String, CrashReply) {
    let add = AddFeedback { crash: true, crash_log: Some(log.to_owned()), ..AddFeedback::default() };
    let id = desk.read_in(add).await;
    desk.fetched(&id).await;
    let reply = desk.studio.hookbell.crash_report(one(&id)).await.unwrap();
    (id, reply)
}

#[tokio::test]
async fn the_crashed_thread_comes_first_with_the_apps_own_calls_marked_in_both_forms() {
    let desk = Desk::new().await;
    desk.settled().await;
    let (id, reply) = crash(&desk, "life-list.ips").await;
    let report = reply.report.unwrap();
    assert_eq!(report.exception.as_deref(), Some("EXC_BREAKPOINT (SIGTRAP)"));
    assert!(report.headline.starts_with("Index out of range in "), "{}", report.headline);
    assert!(report.threads[0].crashed && report.threads[0].frames.iter().any(|frame| frame.own));
    assert!(report.threads[0].frames.iter().any(|frame| !frame.own));
    assert_eq!(desk.detail(&id).await.feedback.title, "Crash: index out of range");

    let (id, reply) = crash(&desk, "track-import.crash").await;
    let report = reply.report.unwrap();
    assert_eq!((report.threads[0].number, report.threads[0].crashed), (3, true));
    assert_eq!(report.termination.as_deref(), Some("Namespace SIGNAL, code 6, Abort trap: 6, by Fieldnotes"));
    assert_eq!(report.thrown[3].source.as_deref(), Some("TrackImporter.swift:148"));
    assert_eq!(report.images.len(), 10);
    assert!(report.images[0].own && !report.images[1].own);

    let page = CrashLogRequest { id: id.clone(), from: 2, lines: 3 };
    let page = desk.studio.hookbell.crash_log(page).await.unwrap();
    assert!(page.text.starts_with("Hardware Model:      iPad16,4\nProcess:"), "{}", page.text);
    assert_eq!(page.next, Some(5));
    let whole = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    let whole = desk.studio.hookbell.crash_log(whole).await.unwrap();
    assert_eq!((whole.next, whole.bytes), (None, whole.text.len() as u64));
    desk.studio.hookbell.copy_crash_log(one(&id)).await.unwrap();
    assert_eq!(*desk.studio.desk.clipboard.lock().unwrap(), whole.text);
}

#[tokio::test]
async fn a_broken_log_says_so_and_is_shown_as_it_is() {
    let desk = Desk::new().await;
    desk.settled().await;
    let (id, reply) = crash(&desk, "cut-short.crash").await;
    assert_eq!((reply.state, reply.report), (FileState::Kept, None));
    assert!(reply.trouble.unwrap().starts_with("The crash log is cut short"));
    let log = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    assert!(desk.studio.hookbell.crash_log(log).await.unwrap().text.starts_with("Incident Identifier: 6D1"));
    assert_eq!(desk.detail(&id).await.feedback.title, "Crash");
}

#[tokio::test]
async fn a_log_that_may_not_be_read_or_is_not_there_is_said() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.break_down("betaFeedbackCrashSubmissionsCrashLogGetToOneRelated", FaultKind::Status, Some(403));
    let (id, reply) = crash(&desk, "life-list.ips").await;
    assert_eq!(
        (reply.state, reply.trouble.as_deref()),
        (FileState::Refused, Some("The account’s key may not read the log"))
    );
    let log = CrashLogRequest { id, ..CrashLogRequest::default() };
    assert_eq!(desk.studio.hookbell.crash_log(log).await.unwrap_err().code, hookbell_engine::api::ErrorCode::NotFound);
}
