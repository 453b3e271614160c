//! Events: every type refers to an existing resource, and its body becomes true.

use std::collections::HashSet;

use hookbell_core::{Event, EventType};
use hookbell_sim::{AttemptState, ControlError, Emit, Simulator, SimulatorError, SimulatorSettings};
use serde_json::json;

use crate::{
    client::{BIRDS, Client, start},
    receiver::{Receiver, SECRET},
};

async fn all_types(client: &Client, receiver: &Receiver) -> String {
    let all: Vec<_> = EventType::all().filter_map(EventType::subscription_name).collect();
    client.webhook(&receiver.url, SECRET, &all).await
}

async fn refusal(simulator: &Simulator, emit: Emit) -> ControlError {
    match simulator.emit(emit).await.unwrap_err() {
        SimulatorError::Control(error) => error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn every_type_arrives_signed_and_about_something_that_can_be_read() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    for (number, event_type) in EventType::all().enumerate() {
        let sent = simulator.emit(Emit::of(event_type).through(&webhook)).await.unwrap();
        assert_eq!(sent[0].delivery_state, AttemptState::Succeeded, "{event_type:?}: {sent:?}");
        let post = receiver.posts()[number].clone();
        assert!(post.is_signed_with(SECRET));
        let event = Event::read(&post.body);
        assert_eq!((event.event_type, event.id.as_str()), (Some(event_type), &*sent[0].event_id));
        if let Some(instance) = event.instance {
            let read = client.read(&format!("/v1/{}/{}", instance.kind, instance.id)).await;
            assert_eq!(read["data"]["id"], *instance.id);
        }
        assert!(event.app.is_none_or(|app| app.as_str() == BIRDS));
    }
    assert_eq!(receiver.posts().len(), 13);
}

#[tokio::test]
async fn what_is_told_becomes_true_and_the_next_event_goes_on_from_there() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let emit = Emit::of(EventType::AppStoreVersionAppVersionStateUpdated).through(&webhook);
    simulator.emit(emit.clone()).await.unwrap();
    simulator.emit(emit.clone().with("/data/attributes/newValue", "REJECTED")).await.unwrap();
    let told: Vec<_> = receiver.posts().iter().map(|post| Event::read(&post.body)).collect();
    let steps: Vec<_> =
        told.iter().map(|event| (event.from.as_deref().unwrap(), event.to.as_deref().unwrap())).collect();
    assert_eq!(steps, [("PREPARE_FOR_SUBMISSION", "READY_FOR_REVIEW"), ("READY_FOR_REVIEW", "REJECTED")]);
    let version = &told[0].instance.as_ref().unwrap().id;
    let read = client.read(&format!("/v1/appStoreVersions/{version}")).await;
    assert_eq!(read["data"]["attributes"]["appVersionState"], "REJECTED");

    let failed = Emit::of(EventType::BuildUploadStateUpdated).through(&webhook);
    simulator.emit(failed.with("/data/attributes/newState", "FAILED")).await.unwrap();
    let upload = Event::read(&receiver.posts()[2].body).instance.unwrap().id;
    let read = client.read(&format!("/v1/buildUploads/{upload}")).await;
    assert_eq!(read["data"]["attributes"]["state"]["errors"][0]["code"], "90683");
}

#[tokio::test]
async fn a_build_uploads_event_says_the_state_it_left_and_where_the_upload_is() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let emit = Emit { to: Some("PROCESSING".to_owned()), ..Emit::of(EventType::BuildUploadStateUpdated) };
    simulator.emit(emit.through(&webhook)).await.unwrap();
    simulator.emit(Emit::of(EventType::BuildUploadStateUpdated).through(&webhook)).await.unwrap();
    let body = receiver.posts()[1].json();
    let (attributes, instance) = (&body["data"]["attributes"], &body["data"]["relationships"]["instance"]);
    assert_eq!(*attributes, json!({ "newState": "COMPLETE", "oldState": "PROCESSING" }));
    let id = instance["data"]["id"].as_str().unwrap();
    let link = format!("https://api.appstoreconnect.apple.com/v1/buildUploads/{id}");
    assert_eq!(instance["links"]["self"], link);
}

#[tokio::test]
async fn of_an_asset_pack_only_the_end_of_a_step_is_told() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let ends = [
        (EventType::BackgroundAssetVersionStateUpdated, "PROCESSING", "FAILED"),
        (
            EventType::BackgroundAssetVersionAppStoreReleaseStateUpdated,
            "PROCESSING_FOR_DISTRIBUTION",
            "READY_FOR_DISTRIBUTION",
        ),
        (
            EventType::BackgroundAssetVersionExternalBetaReleaseStateUpdated,
            "PROCESSING_FOR_TESTING",
            "READY_FOR_TESTING",
        ),
    ];
    for (event_type, from, to) in ends {
        for _ in 0..2 {
            simulator.emit(Emit::of(event_type).through(&webhook)).await.unwrap();
            let told = Event::read(&receiver.posts().last().unwrap().body);
            assert_eq!((told.from.as_deref(), told.to.as_deref()), (Some(from), Some(to)));
        }
        let rejected = Emit { to: Some("REJECTED".to_owned()), ..Emit::of(event_type).through(&webhook) };
        simulator.emit(rejected).await.unwrap();
        assert_eq!(Event::read(&receiver.posts().last().unwrap().body).to.as_deref(), Some("REJECTED"));
    }
}

#[tokio::test]
async fn an_event_can_be_about_an_instance_that_is_named_or_that_is_not_there() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let emit = Emit::of(EventType::BuildBetaDetailExternalBuildStateUpdated).through(&webhook);
    let place = "/data/relationships/instance/data/id";
    let named = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";
    simulator.emit(emit.clone().with(place, named)).await.unwrap();
    simulator.emit(emit.with(place, "gone")).await.unwrap();
    let told: Vec<_> = receiver.posts().iter().map(|post| Event::read(&post.body)).collect();
    assert_eq!(told[0].from.as_deref(), Some("IN_BETA_TESTING"));
    assert_eq!(told[1].instance.as_ref().unwrap().id, "gone");
    assert_eq!(client.get("/v1/buildBetaDetails/gone").await.status, 404);
}

#[tokio::test]
async fn what_may_happen_is_what_happens_unless_something_else_is_wished_for() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let version = EventType::AppStoreVersionAppVersionStateUpdated;
    let prospects = simulator.prospects(BIRDS).unwrap();
    assert_eq!(prospects.len(), 12, "{prospects:?}");
    let next = prospects.iter().find(|one| one.event_type == version).unwrap();
    assert_eq!((next.from.as_deref(), next.to.as_deref()), (Some("PREPARE_FOR_SUBMISSION"), Some("READY_FOR_REVIEW")));

    simulator.emit(Emit::of(version).through(&webhook)).await.unwrap();
    let named = "ad7e6298-2570-4ca6-b3cc-f81788e40b02";
    let wished = Emit {
        instance: Some(named.to_owned()),
        from: Some("IN_REVIEW".to_owned()),
        to: Some("REJECTED".to_owned()),
        ..Emit::of(version).through(&webhook)
    };
    simulator.emit(wished).await.unwrap();
    let told: Vec<_> = receiver.posts().iter().map(|post| Event::read(&post.body)).collect();
    assert_eq!((told[0].from.as_deref(), told[0].to.as_deref()), (next.from.as_deref(), next.to.as_deref()));
    assert_eq!((told[1].from.as_deref(), told[1].to.as_deref()), (Some("IN_REVIEW"), Some("REJECTED")));
    assert_eq!(told[1].instance.as_ref().unwrap().id, named);
    assert!(matches!(simulator.prospects("0").unwrap_err(), SimulatorError::Control(ControlError::App(_))));
}

#[tokio::test]
async fn feedback_events_bring_new_feedback_each_time() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    for event_type in
        [EventType::BetaFeedbackScreenshotSubmissionCreated, EventType::BetaFeedbackCrashSubmissionCreated]
    {
        simulator.emit(Emit { count: 2, ..Emit::of(event_type).through(&webhook) }).await.unwrap();
    }
    let ids: HashSet<_> = receiver.posts().iter().map(|post| Event::read(&post.body).instance.unwrap().id).collect();
    assert_eq!(ids.len(), 4);
    let list = client.read(&format!("/v1/apps/{BIRDS}/betaFeedbackScreenshotSubmissions?sort=-createdDate")).await;
    assert_eq!(list["meta"]["paging"]["total"], 4);
    assert!(ids.contains(list["data"][0]["id"].as_str().unwrap()));
}

#[tokio::test]
async fn an_event_without_a_webhook_goes_to_all_that_subscribe() {
    let (simulator, client) = start().await;
    let (one, two) = (Receiver::start().await, Receiver::start().await);
    all_types(&client, &one).await;
    all_types(&client, &two).await;
    client.webhook(&one.url, SECRET, &["BUILD_UPLOAD_STATE_UPDATED"]).await;
    let sent = simulator.emit(Emit::of(EventType::BetaFeedbackCrashSubmissionCreated)).await.unwrap();
    assert_eq!((sent.len(), one.posts().len(), two.posts().len()), (2, 1, 1));
}

#[tokio::test]
async fn nothing_is_sent_where_nobody_listens() {
    let (simulator, client) = start().await;
    let upload = || Emit::of(EventType::BuildUploadStateUpdated);
    assert!(matches!(refusal(&simulator, upload()).await, ControlError::NobodySubscribes(_)));
    assert!(matches!(refusal(&simulator, upload().through("no-such")).await, ControlError::Webhook(_)));
    let unknown = Emit { event_type: "APP_LUNCH".to_owned(), ..upload() };
    assert!(matches!(refusal(&simulator, unknown).await, ControlError::EventType(_)));

    let receiver = Receiver::start().await;
    let crashes = client.webhook(&receiver.url, SECRET, &["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"]).await;
    assert!(matches!(refusal(&simulator, upload().through(&crashes)).await, ControlError::NotSubscribed { .. }));
    let bad = Emit::of(EventType::BetaFeedbackCrashSubmissionCreated).through(&crashes).with("data", 1);
    assert!(matches!(refusal(&simulator, bad).await, ControlError::Pointer(_)));
    let off = json!({ "data": { "type": "webhooks", "id": crashes, "attributes": { "enabled": false } } });
    client.patch(&format!("/v1/webhooks/{crashes}"), off).await;
    let crash = Emit::of(EventType::BetaFeedbackCrashSubmissionCreated).through(&crashes);
    assert!(matches!(refusal(&simulator, crash).await, ControlError::WebhookOff(_)));
    assert_eq!(receiver.posts().len(), 0);
}

#[tokio::test]
async fn while_everybody_sleeps_deliveries_fail_unsent() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let upload = Emit::of(EventType::BuildUploadStateUpdated).through(&webhook);
    simulator.change(&SimulatorSettings { offline: Some(true), ..SimulatorSettings::default() });
    let asleep = simulator.emit(upload.clone()).await.unwrap();
    simulator.change(&SimulatorSettings { offline: Some(false), ..SimulatorSettings::default() });
    let kept = simulator.emit(Emit { deliver: false, ..upload.clone() }).await.unwrap();
    for sent in [&asleep[0], &kept[0]] {
        assert_eq!((sent.delivery_state, sent.http_status_code), (AttemptState::Failed, None));
    }
    assert_eq!(receiver.posts().len(), 0);
    assert_eq!(simulator.emit(upload).await.unwrap()[0].delivery_state, AttemptState::Succeeded);
}

#[tokio::test]
async fn a_thousand_events_all_arrive_each_with_its_own_id() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = all_types(&client, &receiver).await;
    let emit = Emit { count: 1000, ..Emit::of(EventType::BuildUploadStateUpdated).through(&webhook) };
    let sent = simulator.emit(emit).await.unwrap();
    assert!(sent.iter().all(|sent| sent.delivery_state == AttemptState::Succeeded));
    let ids: HashSet<_> = receiver.posts().iter().map(|post| Event::read(&post.body).id).collect();
    assert_eq!(ids.len(), 1000);
}
