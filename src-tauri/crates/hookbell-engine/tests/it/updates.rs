//! Updates: no check without consent, and no installation without a request.

use std::{sync::Arc, time::Duration};

use hookbell_engine::{
    Pace, Release, UpdateError,
    api::{ErrorCode, Push, UpdateStatus},
};
use hookbell_vault::Vault;
use serde_json::{from_value, json};
use tempfile::TempDir;

use crate::studio::{Studio, eventually};

const NEWER: &str = "0.2.0";

impl Studio {
    /// An engine in a build that can update itself, and the answer to its checks.
    async fn updating(answer: Result<Option<Release>, UpdateError>) -> Self {
        Self::updating_in(Self::open().await, answer).await
    }

    async fn updating_in(studio: Self, answer: Result<Option<Release>, UpdateError>) -> Self {
        *studio.desk.releases.lock().unwrap() = Some(answer);
        studio.start().await;
        studio
    }

    async fn say_yes(&self, yes: bool) {
        let request = from_value(json!({ "lookForUpdates": yes })).unwrap();
        self.hookbell.settings().change(request).await.unwrap();
    }

    fn asked(&self) -> Vec<&'static str> {
        self.desk.updater.lock().unwrap().clone()
    }

    async fn update(&self) -> UpdateStatus {
        self.hookbell.updates().status().await.unwrap()
    }
}

fn newer() -> Option<Release> {
    Some(Release { version: NEWER.to_owned(), notes: Some("Quieter hours".to_owned()) })
}

#[tokio::test]
async fn a_look_that_nobody_answered_is_made_again_before_the_day_is_over() {
    let again = (Duration::from_millis(10), Duration::from_millis(20));
    let pace = Pace { again, ..Pace::default() };
    let studio = Studio::paced(Arc::new(TempDir::new().unwrap()), Vault::memory(), pace).await;
    let studio = Studio::updating_in(studio, Err(UpdateError::Unreachable("no route".to_owned()))).await;
    studio.say_yes(true).await;
    eventually("the first look", || (!studio.asked().is_empty()).then_some(())).await;
    *studio.desk.releases.lock().unwrap() = Some(Ok(newer()));
    let available = |push: &Push| matches!(push, Push::Update { status: UpdateStatus::Available { .. } });
    let told = || studio.desk.pushes.lock().unwrap().iter().any(available);
    eventually("another look", || told().then_some(())).await;
}

#[tokio::test]
async fn nobody_is_asked_for_updates_before_somebody_said_yes() {
    let studio = Studio::updating(Ok(newer())).await;
    assert_eq!(studio.update().await, UpdateStatus::Unknown);
    let refused = studio.hookbell.updates().check_now().await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("lookForUpdates")));
    let refused = studio.hookbell.updates().install().await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("lookForUpdates"));
    // Another setting isn't consent either.
    studio.hookbell.settings().change(from_value(json!({ "textSize": 110 })).unwrap()).await.unwrap();
    assert_eq!(studio.asked(), [""; 0]);

    studio.say_yes(true).await;
    eventually("the look", || (!studio.asked().is_empty()).then_some(())).await;
    let available = UpdateStatus::Available { version: NEWER.to_owned(), notes: Some("Quieter hours".to_owned()) };
    let told = || studio.desk.pushes.lock().unwrap().contains(&Push::Update { status: available.clone() });
    eventually("the window to be told", || told().then_some(())).await;
    assert_eq!(studio.update().await, available);
    assert_eq!(studio.asked(), ["look"], "finding one installs nothing");

    studio.say_yes(false).await;
    assert!(studio.hookbell.updates().check_now().await.is_err());
    assert_eq!(studio.asked(), ["look"]);
}

#[tokio::test]
async fn an_update_that_is_not_rightly_signed_is_refused_with_words() {
    let studio = Studio::updating(Ok(newer())).await;
    studio.say_yes(true).await;
    eventually("the look", || (studio.asked() == ["look"]).then_some(())).await;
    let told = || {
        studio
            .desk
            .pushes
            .lock()
            .unwrap()
            .iter()
            .any(|push| matches!(push, Push::Update { status: UpdateStatus::Available { .. } }))
    };
    eventually("the update", || told().then_some(())).await;
    // The first check releases its lock a moment after it has reported.
    let refused = loop {
        match studio.hookbell.updates().install().await.unwrap_err() {
            busy if busy.code == ErrorCode::Busy => tokio::task::yield_now().await,
            refused => break refused,
        }
    };
    assert_eq!(refused.code, ErrorCode::Internal);
    assert!(refused.message.contains("signature isn’t valid"), "{refused:?}");
    assert!(matches!(studio.update().await, UpdateStatus::Available { version, .. } if version == NEWER));
    assert_eq!(studio.asked(), ["look", "install"]);
}

#[tokio::test]
async fn that_nobody_answers_and_that_this_is_the_newest_are_states() {
    let studio = Studio::updating(Err(UpdateError::Unreachable("no route".to_owned()))).await;
    studio.say_yes(true).await;
    let failed = || async { matches!(studio.update().await, UpdateStatus::Failed { .. }) };
    while !failed().await {
        tokio::task::yield_now().await;
    }
    *studio.desk.releases.lock().unwrap() = Some(Ok(None));
    let newest = loop {
        match studio.hookbell.updates().check_now().await {
            Ok(status) => break status,
            Err(busy) => assert_eq!(busy.code, ErrorCode::Busy),
        }
    };
    assert!(matches!(newest, UpdateStatus::Newest { .. }));
    assert_eq!(studio.hookbell.updates().install().await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_build_without_a_key_says_that_it_does_not_update_itself() {
    let studio = Studio::listening().await;
    studio.say_yes(true).await;
    assert_eq!(studio.update().await, UpdateStatus::Absent);
    let refused = studio.hookbell.updates().check_now().await.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (ErrorCode::NotFound, "this build does not update itself"));
    assert_eq!(studio.asked(), [""; 0]);
}

#[tokio::test]
async fn an_updater_that_breaks_down_is_said_and_can_be_tried_again() {
    let studio = Studio::updating(Ok(None)).await;
    *studio.desk.updater_breaks.lock().unwrap() = true;
    studio.say_yes(true).await;
    eventually("the first look", || (!studio.asked().is_empty()).then_some(())).await;
    let failed = async || match studio.update().await {
        UpdateStatus::Failed { error } => Some(error.message),
        _ => None,
    };
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    let message = loop {
        if let Some(message) = failed().await {
            break message;
        }
        assert!(tokio::time::Instant::now() < deadline, "it stays at {:?}", studio.update().await);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    assert_eq!(message, "couldn’t check for updates: the updater broke down");

    *studio.desk.updater_breaks.lock().unwrap() = false;
    *studio.desk.releases.lock().unwrap() = Some(Ok(newer()));
    assert!(matches!(studio.hookbell.updates().check_now().await.unwrap(), UpdateStatus::Available { .. }));
    *studio.desk.updater_breaks.lock().unwrap() = true;
    let refused = studio.hookbell.updates().install().await.unwrap_err();
    assert_eq!(refused.message, "couldn’t install the update: the updater broke down");
    assert!(matches!(studio.update().await, UpdateStatus::Available { .. }), "it stays at installing");
    studio.hookbell.stop().await;
}
