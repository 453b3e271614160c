//! Feedback end to end: a tester sends it to a simulated App Store Connect, and it shows up here.

mod backfill;
mod crashes;
mod details;
mod files;
mod handing_out;
mod retries;
mod safety;
mod use_of;

use hookbell_core::EventType;
use hookbell_engine::api::{
    AppWebhook, CreateAppWebhookRequest, EventDetail, EventRequest, FeedbackDetail, FeedbackIdRequest, FeedbackRequest,
    FeedbackRow, FileState,
};
use hookbell_sim::{AddFeedback, Emit, Fault, FaultKind};

use crate::{asc::Desk, studio::eventually};

pub const SCREENSHOT: EventType = EventType::BetaFeedbackScreenshotSubmissionCreated;
pub const CRASH: EventType = EventType::BetaFeedbackCrashSubmissionCreated;

impl Desk {
    /// A desk whose first app's webhook subscribes to everything, and whose account's existing feedback has been
    /// read.
    pub async fn receiving() -> (Self, AppWebhook) {
        let desk = Self::new().await;
        desk.settled().await;
        let webhook = desk.everything().await;
        (desk, webhook)
    }

    pub async fn everything(&self) -> AppWebhook {
        let all = EventType::all().filter_map(EventType::subscription_name).map(str::to_owned);
        let form = CreateAppWebhookRequest { event_types: all.collect(), ..self.form() };
        self.studio.hookbell.asc_webhooks().create(form).await.unwrap()
    }

    /// Waits until the account's existing feedback was read and all its files have arrived.
    pub async fn settled(&self) {
        for _ in 0..6_000 {
            let progress = self.studio.hookbell.backfill().progress().await.unwrap();
            let waiting = self.studio.hookbell.store().next_file().await.unwrap();
            if progress.is_some_and(|progress| progress.done) && waiting.is_none() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("the older feedback was not read in time");
    }

    pub async fn emit(&self, event_type: EventType, webhook: &AppWebhook) {
        let sent = self.simulator.emit(Emit::of(event_type).through(&webhook.id)).await.unwrap();
        assert_eq!(sent[0].http_status_code, Some(200));
    }

    pub async fn newest(&self) -> Vec<FeedbackRow> {
        let request = FeedbackRequest { limit: 500, ..FeedbackRequest::default() };
        self.studio.hookbell.feedback().page(request).await.unwrap().feedback
    }

    pub async fn detail(&self, id: &str) -> FeedbackDetail {
        self.studio.hookbell.feedback().detail(one(id)).await.unwrap()
    }

    pub async fn event(&self, seq: i64) -> EventDetail {
        self.studio.hookbell.events().detail(EventRequest { seq }).await.unwrap()
    }

    /// Waits until an event's details are known.
    pub async fn enriched(&self, seq: i64) -> EventDetail {
        for _ in 0..2_000 {
            let detail = self.event(seq).await;
            if detail.details.is_some() {
                return detail;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("the details of event {seq} did not come in time");
    }

    /// Waits until no more requests about an event are pending.
    pub async fn asked(&self, seq: i64) -> EventDetail {
        for _ in 0..2_000 {
            let detail = self.event(seq).await;
            if detail.details.is_some() && !detail.enriching {
                return detail;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("event {seq} is still asked about");
    }

    /// Feedback without an event, read at once, and its id.
    pub async fn read_in(&self, add: AddFeedback) -> String {
        let app_id = if add.app_id.is_empty() { self.app() } else { add.app_id.clone() };
        let ids = self.simulator.add_feedback(&AddFeedback { app_id, ..add }).unwrap();
        let request = hookbell_engine::api::BackfillRequest::default();
        self.studio.hookbell.backfill().finish(request).await.unwrap();
        ids[0].clone()
    }

    /// Waits until none of a feedback's files is pending.
    pub async fn fetched(&self, id: &str) -> FeedbackDetail {
        self.until(id, |detail| {
            let waits = |state: FileState| state == FileState::Waiting;
            !detail.pictures.iter().any(|picture| waits(picture.state))
                && !detail.log.as_ref().is_some_and(|log| waits(log.state))
        })
        .await
    }

    /// Waits until a feedback meets the condition.
    pub async fn until(&self, id: &str, holds: impl Fn(&FeedbackDetail) -> bool) -> FeedbackDetail {
        for _ in 0..4_000 {
            let detail = self.detail(id).await;
            if holds(&detail) {
                return detail;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("{:?}", self.detail(id).await);
    }

    /// Makes calls of an operation fail permanently.
    pub fn break_down(&self, operation: &str, kind: FaultKind, status: Option<u16>) {
        let operation = Some(operation.to_owned());
        self.simulator.add_fault(Fault { operation, kind, status, count: None, ..Fault::default() }).unwrap();
    }

    /// Advances the clock, and makes waiting tasks notice.
    pub async fn later(&self, minutes: i64) {
        *self.studio.ahead.lock().unwrap() += jiff::SignedDuration::from_mins(minutes);
        self.studio.hookbell.store().set_setting("nudge", &minutes).await.unwrap();
    }

    /// The files in the feedback directory.
    pub fn files(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.studio.folder.path().join("feedback")) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

pub fn one(id: &str) -> FeedbackIdRequest {
    FeedbackIdRequest { id: id.to_owned() }
}

pub fn pictures(names: &[&str]) -> AddFeedback {
    let pictures = Some(names.iter().map(|name| (*name).to_owned()).collect());
    AddFeedback { pictures, ..AddFeedback::default() }
}

/// Waits until the condition holds.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    eventually(what, || holds().then_some(())).await;
}
