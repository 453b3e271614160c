//! Crash logs in both of Apple's forms, and broken ones.

use hookbell_engine::api::{CrashLogRequest, CrashReply, FileState};
use hookbell_sim::{AddFeedback, Fault, FaultKind};

use super::one;
use crate::asc::Desk;

async fn crash(desk: &Desk, log: &str) -> (String, CrashReply) {
    let add = AddFeedback { crash: true, crash_log: Some(log.to_owned()), ..AddFeedback::default() };
    let id = desk.read_in(add).await;
    desk.fetched(&id).await;
    let reply = desk.studio.hookbell.feedback().crash_report(one(&id)).await.unwrap();
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
    let page = desk.studio.hookbell.feedback().crash_log(page).await.unwrap();
    assert!(page.text.starts_with("Hardware Model:      iPad16,4\nProcess:"), "{}", page.text);
    assert_eq!(page.next, Some(5));
    let whole = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    let whole = desk.studio.hookbell.feedback().crash_log(whole).await.unwrap();
    assert_eq!((whole.next, whole.bytes), (None, whole.text.len() as u64));
    desk.studio.hookbell.feedback().copy_crash_log(one(&id)).await.unwrap();
    assert_eq!(*desk.studio.desk.clipboard.lock().unwrap(), whole.text);
}

#[tokio::test]
async fn a_broken_log_says_so_and_is_shown_as_it_is() {
    let desk = Desk::new().await;
    desk.settled().await;
    let (id, reply) = crash(&desk, "cut-short.crash").await;
    assert_eq!((reply.state, reply.report), (FileState::Kept, None));
    assert!(reply.trouble.unwrap().starts_with("The crash log is incomplete"));
    let log = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    assert!(desk.studio.hookbell.feedback().crash_log(log).await.unwrap().text.starts_with("Incident Identifier: 6D1"));
    assert_eq!(desk.detail(&id).await.feedback.title, "Crash");
}

const LOG: &str = "betaFeedbackCrashSubmissionsCrashLogGetToOneRelated";

/// A crash whose log hasn't arrived yet.
async fn waiting_crash(desk: &Desk) -> String {
    let log = Some("life-list.ips".to_owned());
    desk.read_in(AddFeedback { crash: true, crash_log: log, ..AddFeedback::default() }).await
}

impl Desk {
    /// Waits until fetching a feedback's first file has failed this many times.
    async fn was_tried(&self, id: &str, tries: u32) {
        for _ in 0..4_000 {
            let file = self.studio.hookbell.store().feedback_files(id).await.unwrap().remove(0);
            assert_eq!(file.state, hookbell_store::FileState::Waiting, "{:?} after {} tries", file.reason, file.tries);
            if file.tries == tries {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("the file was not tried {tries} times");
    }

    /// Advances the clock, and fetches files that are due.
    pub async fn files_later(&self, minutes: i64) {
        self.later(minutes).await;
        // An app without feedback costs the fewest calls.
        let app = self.simulator.state()["apps"][1]["id"].as_str().map(str::to_owned);
        let read = hookbell_engine::api::BackfillRequest { app, ..Default::default() };
        self.studio.hookbell.backfill().finish(read).await.unwrap();
    }
}

#[tokio::test]
async fn a_log_that_may_not_be_read_is_asked_for_a_day_long_and_by_hand_at_any_time() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.break_down(LOG, FaultKind::Status, Some(403));
    let id = waiting_crash(&desk).await;
    let waiting = desk.planned(&id).await.log.unwrap();
    assert_eq!(
        (waiting.state, waiting.reason.as_deref()),
        (FileState::Waiting, Some("This API key can’t access the log"))
    );
    let log = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    assert_eq!(
        desk.studio.hookbell.feedback().crash_log(log).await.unwrap_err().code,
        hookbell_engine::api::ErrorCode::NotFound
    );
    for (tries, minutes) in (1..).zip([2, 6, 31].into_iter().chain([61; 23])) {
        desk.was_tried(&id, tries).await;
        desk.files_later(minutes).await;
    }
    assert_eq!(desk.fetched(&id).await.log.unwrap().state, FileState::Refused);

    desk.simulator.clear_faults();
    desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
    assert_eq!(desk.fetched(&id).await.log.unwrap().state, FileState::Kept);
}

#[tokio::test]
async fn a_log_that_is_not_there_is_asked_for_a_few_times_and_then_there_is_none() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.break_down(LOG, FaultKind::Status, Some(404));
    let id = waiting_crash(&desk).await;
    for minutes in [2, 6] {
        let waiting = desk.planned(&id).await.log.unwrap();
        assert_eq!(waiting.reason.as_deref(), Some("App Store Connect doesn’t have the log yet"));
        desk.files_later(minutes).await;
    }
    let gone = desk.fetched(&id).await.log.unwrap();
    assert_eq!(
        (gone.state, gone.reason.as_deref()),
        (FileState::Gone, Some("App Store Connect has no log for this crash"))
    );
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_the_log_leaves_it_waiting_however_long_that_lasts() {
    let desk = Desk::new().await;
    desk.settled().await;
    for status in [401, 500] {
        desk.break_down(LOG, FaultKind::Status, Some(status));
        let id = waiting_crash(&desk).await;
        for _ in 0..30 {
            assert_eq!(desk.planned(&id).await.log.unwrap().state, FileState::Waiting, "{status}");
            desk.files_later(60).await;
        }
        desk.planned(&id).await;
        desk.simulator.clear_faults();
        desk.files_later(60).await;
        assert_eq!(desk.fetched(&id).await.log.unwrap().state, FileState::Kept, "{status}");
    }
}

impl Desk {
    /// Makes calls get this answer.
    fn answer(&self, operation: &str, status: u16, body: &str, count: Option<u32>) {
        let (operation, status, body) = (Some(operation.to_owned()), Some(status), Some(body.to_owned()));
        self.simulator.add_fault(Fault { operation, status, body, count, ..Fault::default() }).unwrap();
    }
}

#[tokio::test]
async fn an_answer_without_a_text_is_a_log_that_is_not_there_yet() {
    let desk = Desk::new().await;
    desk.settled().await;
    let empty = [
        r#"{"data":{"type":"betaCrashLogs","id":"L","attributes":{"logText":""}},"links":{}}"#,
        r#"{"data":{"type":"betaCrashLogs","id":"L","attributes":{"logText":"\n  "}},"links":{}}"#,
        r#"{"data":{"type":"betaCrashLogs","id":"L"},"links":{}}"#,
        r#"{"data":null,"links":{}}"#,
    ];
    for body in empty {
        desk.answer(LOG, 200, body, None);
        let id = waiting_crash(&desk).await;
        for minutes in [2, 6] {
            let waiting = desk.planned(&id).await.log.unwrap();
            assert_eq!(waiting.reason.as_deref(), Some("App Store Connect doesn’t have the log yet"), "{body}");
            desk.files_later(minutes).await;
        }
        let gone = desk.fetched(&id).await.log.unwrap();
        assert_eq!(gone.reason.as_deref(), Some("App Store Connect has no log for this crash"), "{body}");
        desk.simulator.clear_faults();
        desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
        assert_eq!(desk.fetched(&id).await.log.unwrap().state, FileState::Kept, "{body}");
    }
}

#[tokio::test]
async fn a_missing_agreement_leaves_the_log_waiting_until_somebody_accepts_it() {
    let desk = Desk::new().await;
    desk.settled().await;
    let agreement = |code: &str| format!(r#"{{"errors":[{{"status":"403","code":"{code}","title":"No"}}]}}"#);
    for code in ["FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED", "FORBIDDEN_ERROR.PLA_NOT_ACCEPTED"] {
        desk.answer(LOG, 403, &agreement(code), None);
        let id = waiting_crash(&desk).await;
        for _ in 0..30 {
            let waiting = desk.planned(&id).await.log.unwrap();
            assert_eq!(waiting.reason.as_deref(), Some("your team must accept an agreement"));
            desk.files_later(60).await;
        }
        desk.planned(&id).await;
        desk.simulator.clear_faults();
        desk.files_later(60).await;
        assert_eq!(desk.fetched(&id).await.log.unwrap().state, FileState::Kept, "{code}");
    }
}

#[tokio::test]
async fn a_report_about_something_else_is_named_as_what_it_is_and_shown_as_it_is() {
    let desk = Desk::new().await;
    desk.settled().await;
    let (id, reply) = crash(&desk, "rewrites.ips").await;
    assert_eq!((reply.state, reply.report), (FileState::Kept, None));
    assert_eq!(reply.trouble.as_deref(), Some("This is a disk writes report, not a crash"));
    assert_eq!(desk.detail(&id).await.feedback.title, "Not a crash: a disk writes report");
    let log = CrashLogRequest { id: id.clone(), ..CrashLogRequest::default() };
    assert!(
        desk.studio.hookbell.feedback().crash_log(log).await.unwrap().text.contains("Event:            disk writes")
    );
    desk.studio.hookbell.feedback().copy(one(&id)).await.unwrap();
    let text = desk.studio.desk.clipboard.lock().unwrap().clone();
    assert!(text.starts_with("## Not a crash: a disk writes report\n"), "{text}");
}
