//! How an upload ended is told once: by Apple’s event, by the end of its plan, or by Hookbell itself.

use hookbell_core::EventType;
use hookbell_engine::{
    EventLine,
    api::{DistributionPlan, StartUploadRequest, Upload, UploadStage},
};
use hookbell_sim::{Emit, SimulatorSettings};

use super::Dock;
use crate::{studio::eventually, testflight::BIRDWATCHERS};

impl Dock {
    /// Apple’s event about the end of an upload, later than it ended, and another event after it. Waits until the other
    /// one’s notification is shown.
    async fn hear_late(&self, upload: &Upload, to: &str) {
        let webhook = self.desk.create().await;
        let other = "hookbell-other-upload".to_owned();
        for (instance, to) in [(upload.asc_id.clone().unwrap(), to), (other.clone(), "PROCESSING")] {
            let mut emit = Emit::of(EventType::BuildUploadStateUpdated).through(&webhook.id);
            emit.to = Some(to.to_owned());
            let sent =
                self.desk.simulator.emit(emit.with("/data/relationships/instance/data/id", instance)).await.unwrap();
            assert_eq!(sent.len(), 1, "{sent:?}");
        }
        let events = self.studio().hookbell.store().after(0, 100).await.unwrap();
        let of = |id: &str| {
            let is_of = |instance: &hookbell_core::Instance| instance.id == id;
            events.iter().find(|event| event.instance.as_ref().is_some_and(is_of)).unwrap().seq
        };
        assert!(of(upload.asc_id.as_ref().unwrap()) < of(&other));
        self.shown_at(&format!("#/inbox/{}", of(&other))).await;
    }

    async fn shown_at(&self, route: &str) {
        let shown = || self.routes().iter().any(|one| one == route).then_some(());
        eventually(&format!("a notification that leads to {route}"), shown).await;
    }

    fn routes(&self) -> Vec<String> {
        self.studio().shown().into_iter().map(|one| one.route).collect()
    }
}

#[tokio::test]
async fn a_build_that_is_processed_without_an_event_is_told_once_and_a_late_event_is_silent() {
    let dock = Dock::new().await;
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Done).await;
    let told = EventLine::from(&dock.first_event("hookbellBuildProcessed").await);
    assert_eq!(
        (told.title.as_str(), told.body.as_str()),
        ("Build 430 is processed", "Backyard Birds 3.3 (430) is in App Store Connect. You can now give it to testers.")
    );
    let route = format!("#/builds/{}/{}", upload.app, upload.build.as_ref().unwrap());
    dock.shown_at(&route).await;
    dock.hear_late(&upload, "COMPLETE").await;
    assert_eq!(dock.routes().iter().filter(|one| **one == route).count(), 1, "{:?}", dock.routes());
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_build_that_is_rejected_without_an_event_is_told_once_with_the_reason() {
    let dock = Dock::new().await;
    let closed = SimulatorSettings { upload_failure: Some("90683".to_owned()), ..SimulatorSettings::default() };
    dock.desk.simulator.change(&closed);
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Failed).await;
    let line = EventLine::from(&dock.first_event("hookbellUploadFailed").await);
    assert_eq!(
        (line.title.as_str(), line.body.as_str()),
        ("Build 430 wasn’t uploaded", "The app uses protected data and doesn’t say why.")
    );
    let route = format!("#/builds/{}/upload-{id}", upload.app);
    dock.shown_at(&route).await;
    dock.hear_late(&upload, "FAILED").await;
    assert_eq!(dock.routes().iter().filter(|one| **one == route).count(), 1, "{:?}", dock.routes());
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn the_end_of_a_plan_tells_that_the_build_was_processed_too() {
    let dock = Dock::new().await;
    let plan = DistributionPlan {
        groups: vec![BIRDWATCHERS.to_owned()],
        uses_non_exempt_encryption: Some(false),
        ..DistributionPlan::default()
    };
    let path = dock.file("3.3", "430");
    let request = StartUploadRequest { path, account: None, app: None, plan: Some(plan) };
    dock.studio().hookbell.uploads().start(request).await.unwrap();
    dock.first_event("hookbellBuildDistributed").await;
    let events = dock.studio().hookbell.store().after(0, 100).await.unwrap();
    let processed = |event: &hookbell_store::StoredEvent| event.type_name.as_deref() == Some("hookbellBuildProcessed");
    assert!(!events.iter().any(processed), "{events:#?}");
    dock.studio().hookbell.stop().await;
}
