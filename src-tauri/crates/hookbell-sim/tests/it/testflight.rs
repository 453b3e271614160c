//! A build on its way to testers: compliance, What to Test, groups, Beta App Review, notifications, expiry.

use std::time::{Duration, Instant};

use hookbell_sim::{ChangeKey, DecideReview, ReviewOutcome, Role, Simulator, SimulatorSettings};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    client::{BIRDS, Client, Reply, ids, start},
    receiver::{Receiver, SECRET},
};

/// Ready for submission, of version 3.3.
const READY: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418";
/// Available to testers.
const OUT: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";
/// The internal group that gets every build.
const STAFF: &str = "77b1f0de-2f0a-4f5e-8f3d-0c9a5d1e4a01";
const BIRDWATCHERS: &str = "77b1f0de-2f0a-4f5e-8f3d-0c9a5d1e4a02";
const MIRA: &str = "1c0e0f0b-6a34-4f1b-9d52-6a3f5b8c7e01";

async fn quick() -> (Simulator, Client) {
    let (simulator, client) = start().await;
    simulator.change(&SimulatorSettings { processing_ms: Some(40), ..SimulatorSettings::default() });
    (simulator, client)
}

fn data(kind: &str, attributes: Value, relationships: Value) -> Value {
    json!({ "data": { "type": kind, "attributes": attributes, "relationships": relationships } })
}

fn to(kind: &str, id: &str) -> Value {
    json!({ "data": { "type": kind, "id": id } })
}

fn names(kind: &str, all: &[&str]) -> Value {
    json!({ "data": all.iter().map(|id| json!({ "type": kind, "id": id })).collect::<Vec<_>>() })
}

async fn change(client: &Client, kind: &str, id: &str, attributes: Value) -> Reply {
    let data = json!({ "type": kind, "id": id, "attributes": attributes });
    client.patch(&format!("/v1/{kind}/{id}"), json!({ "data": data })).await
}

async fn external(client: &Client, build: &str) -> String {
    let detail = client.read(&format!("/v1/builds/{build}/buildBetaDetail")).await;
    detail["data"]["attributes"]["externalBuildState"].as_str().unwrap().to_owned()
}

/// Writes What to Test, and submits.
async fn submit(client: &Client, build: &str) -> Reply {
    let texts = client.read(&format!("/v1/builds/{build}/betaBuildLocalizations")).await;
    let text = texts["data"][0]["id"].as_str().unwrap().to_owned();
    let written = change(client, "betaBuildLocalizations", &text, json!({ "whatsNew": "Try the map." })).await;
    assert_eq!(written.status, 200, "{:#}", written.body);
    post_submission(client, build).await
}

async fn post_submission(client: &Client, build: &str) -> Reply {
    let relationships = json!({ "build": to("builds", build) });
    let body = json!({ "data": { "type": "betaAppReviewSubmissions", "relationships": relationships } });
    client.post("/v1/betaAppReviewSubmissions", body).await
}

async fn notify(client: &Client, build: &str) -> Reply {
    let relationships = json!({ "build": to("builds", build) });
    let body = json!({ "data": { "type": "buildBetaNotifications", "relationships": relationships } });
    client.post("/v1/buildBetaNotifications", body).await
}

async fn give(client: &Client, build: &str, groups: &[&str]) -> Reply {
    client.post(&format!("/v1/builds/{build}/relationships/betaGroups"), names("betaGroups", groups)).await
}

fn detail(reply: &Reply) -> &str {
    reply.body["errors"][0]["detail"].as_str().unwrap()
}

fn decide(simulator: &Simulator, build: &str, outcome: ReviewOutcome) {
    simulator.decide_review(&DecideReview { build_id: build.to_owned(), outcome }).unwrap();
}

/// Uploads a build of 3.3, and waits until TestFlight knows it.
async fn uploaded(client: &Client, number: &str) -> String {
    let id = committed(client, number).await;
    appears(client, &format!("/v1/builds/{id}/buildBetaDetail")).await;
    id
}

async fn appears(client: &Client, target: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while client.get(target).await.status != 200 {
        assert!(Instant::now() < deadline, "{target} appears");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Uploads a build of 3.3, which is then processed.
async fn committed(client: &Client, number: &str) -> String {
    let attributes = json!({ "cfBundleShortVersionString": "3.3", "cfBundleVersion": number, "platform": "IOS" });
    let body = data("buildUploads", attributes, json!({ "app": to("apps", BIRDS) }));
    let upload = client.post("/v1/buildUploads", body).await;
    let id = upload.body["data"]["id"].as_str().unwrap().to_owned();
    let attributes = json!({ "assetType": "ASSET", "fileName": "B.ipa", "fileSize": 9, "uti": "com.apple.ipa" });
    let relationships = json!({ "buildUpload": to("buildUploads", &id) });
    let file = client.post("/v1/buildUploadFiles", data("buildUploadFiles", attributes, relationships)).await.body;
    let url = file["data"]["attributes"]["uploadOperations"][0]["url"].as_str().unwrap();
    crate::client::http().put(url).body("123456789").send().await.unwrap();
    let file = file["data"]["id"].as_str().unwrap();
    assert_eq!(change(client, "buildUploadFiles", file, json!({ "uploaded": true })).await.status, 200);
    id
}

async fn reaches(client: &Client, build: &str, state: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while external(client, build).await != state {
        assert!(Instant::now() < deadline, "the build reaches {state}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn the_answer_about_encryption_makes_a_build_ready_a_moment_later_and_is_given_once() {
    let (_simulator, client) = quick().await;
    let build = uploaded(&client, "421").await;
    assert_eq!(external(&client, &build).await, "MISSING_EXPORT_COMPLIANCE");
    let answered = change(&client, "builds", &build, json!({ "usesNonExemptEncryption": false })).await;
    let answer = &answered.body["data"]["attributes"]["usesNonExemptEncryption"];
    assert_eq!((answered.status, answer), (200, &json!(false)));
    reaches(&client, &build, "READY_FOR_BETA_SUBMISSION").await;
    let detail = client.read(&format!("/v1/builds/{build}/buildBetaDetail")).await;
    assert_eq!(detail["data"]["attributes"]["internalBuildState"], "IN_BETA_TESTING", "a group gets every build");
    let again = change(&client, "builds", &build, json!({ "usesNonExemptEncryption": true })).await;
    assert_eq!((again.status, again.place()), (409, "/data/attributes/usesNonExemptEncryption"));
}

#[tokio::test]
async fn an_expired_build_stays_expired_and_leaves_review() {
    let (_simulator, client) = quick().await;
    let receiver = Receiver::start().await;
    client.webhook(&receiver.url, SECRET, &["BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED"]).await;
    assert_eq!(change(&client, "builds", OUT, json!({ "expired": true })).await.status, 200);
    assert_eq!(external(&client, OUT).await, "EXPIRED");
    assert_eq!(change(&client, "builds", OUT, json!({ "expired": true })).await.status, 200, "twice is once");
    assert_eq!(change(&client, "builds", OUT, json!({ "expired": false })).await.place(), "/data/attributes/expired");
    let post = receiver.wait_for(1).await.remove(0);
    let body: Value = serde_json::from_slice(&post.body).unwrap();
    assert_eq!(body["data"]["attributes"]["oldExternalBuildState"], "IN_BETA_TESTING");
    assert_eq!(body["data"]["attributes"]["newExternalBuildState"], "EXPIRED");
}

#[tokio::test]
async fn what_to_test_has_one_text_for_each_locale_and_a_list_that_can_not_be_filtered() {
    let (_simulator, client) = quick().await;
    let list = format!("/v1/builds/{READY}/betaBuildLocalizations");
    assert_eq!(client.read(&list).await["data"][0]["attributes"]["locale"], "en-US", "the primary locale is there");
    assert_eq!(client.get(&format!("{list}?filter[locale]=sv")).await.code(), "PARAMETER_ERROR.ILLEGAL");
    let create = async |locale: &str, text: String| {
        let attributes = json!({ "locale": locale, "whatsNew": text });
        let body = data("betaBuildLocalizations", attributes, json!({ "build": to("builds", READY) }));
        client.post("/v1/betaBuildLocalizations", body).await
    };
    assert_eq!(create("sv", "Prova kartan.".to_owned()).await.status, 201);
    let twice = create("sv", "Prova listan.".to_owned()).await;
    assert_eq!((twice.status, twice.place()), (409, "/data/attributes/locale"));
    let long = create("de-DE", "ä".repeat(2_001)).await;
    assert_eq!((long.status, long.place()), (409, "/data/attributes/whatsNew"));
    assert_eq!(ids(&client.read(&list).await).len(), 2);
}

#[tokio::test]
async fn a_group_takes_builds_that_its_testers_may_have() {
    let (_simulator, client) = quick().await;
    let fresh = uploaded(&client, "421").await;
    let refused = give(&client, &fresh, &[BIRDWATCHERS]).await;
    assert_eq!((refused.status, refused.code()), (422, "ENTITY_UNPROCESSABLE"));
    assert_eq!(detail(&refused), "Build is not in an externally assignable state");

    let both = give(&client, READY, &[BIRDWATCHERS, STAFF]).await;
    assert_eq!((both.status, detail(&both)), (422, "Cannot add internal group to a build."));
    let groups = format!("/v1/betaGroups?filter[builds]={READY}&filter[isInternalGroup]=false");
    assert!(ids(&client.read(&groups).await).is_empty(), "one that is refused costs the others");
    let from_group = format!("/v1/betaGroups/{STAFF}/relationships/builds");
    let refused = client.post(&from_group, names("builds", &[READY])).await;
    assert_eq!(detail(&refused), "Builds cannot be assigned to this internal group.");
    let target = format!("/v1/builds/{READY}/relationships/betaGroups?notify=true");
    assert_eq!(client.post(&target, names("betaGroups", &[BIRDWATCHERS])).await.code(), "PARAMETER_ERROR.ILLEGAL");

    assert_eq!(give(&client, READY, &[BIRDWATCHERS]).await.status, 204);
    assert_eq!(ids(&client.read(&groups).await), [BIRDWATCHERS]);
    let listed = client.read(&format!("/v1/builds?filter[id]={READY}&include=betaGroups")).await;
    assert_eq!(listed["included"].as_array().unwrap().len(), 2);
    let target = format!("/v1/builds/{READY}/relationships/betaGroups");
    let taken = client.send(Method::DELETE, &target, Some(names("betaGroups", &[BIRDWATCHERS]))).await.unwrap();
    assert_eq!(taken.status, 204);
    assert!(ids(&client.read(&groups).await).is_empty());
}

#[tokio::test]
async fn a_submission_is_refused_with_what_stands_against_it() {
    let (_simulator, client) = quick().await;
    let none = client.read(&format!("/v1/builds/{READY}/betaAppReviewSubmission")).await;
    assert_eq!(none.get("data"), Some(&Value::Null), "null, and not 404");
    let textless = post_submission(&client, READY).await;
    assert!(detail(&textless).contains("whatsNew"), "{:#}", textless.body);
    let fresh = uploaded(&client, "421").await;
    assert_eq!(post_submission(&client, &fresh).await.status, 422, "compliance is missing");
    assert_eq!(submit(&client, READY).await.status, 201);
    assert_eq!(external(&client, READY).await, "WAITING_FOR_BETA_REVIEW");
    assert_eq!(post_submission(&client, READY).await.status, 409);

    change(&client, "builds", &fresh, json!({ "usesNonExemptEncryption": false })).await;
    reaches(&client, &fresh, "READY_FOR_BETA_SUBMISSION").await;
    let other = submit(&client, &fresh).await;
    assert_eq!((other.status, detail(&other)), (422, "Another build in the same train is already in beta review."));
    assert_eq!(change(&client, "builds", READY, json!({ "expired": true })).await.status, 200);
    assert_eq!(submit(&client, &fresh).await.status, 201, "an expired build leaves the review");
}

#[tokio::test]
async fn a_build_that_testflight_has_not_caught_up_with_can_not_be_submitted_yet() {
    let (simulator, client) = start().await;
    // The moment between the build and its beta detail is long enough to observe.
    simulator.change(&SimulatorSettings { processing_ms: Some(2_000), ..SimulatorSettings::default() });
    let build = committed(&client, "421").await;
    appears(&client, &format!("/v1/builds/{build}")).await;
    let early = post_submission(&client, &build).await;
    let words = "The build is not in a valid processing state for this operation.";
    assert_eq!((early.status, detail(&early)), (422, words));
    assert_eq!(client.get(&format!("/v1/builds/{build}/buildBetaDetail")).await.status, 404);
}

#[tokio::test]
async fn an_approved_build_waits_for_a_notification_unless_testers_are_told_by_themselves() {
    for itself in [true, false] {
        let (simulator, client) = quick().await;
        let switched = change(&client, "buildBetaDetails", READY, json!({ "autoNotifyEnabled": itself })).await;
        assert_eq!(switched.status, 200, "{:#}", switched.body);
        assert_eq!(submit(&client, READY).await.status, 201);
        decide(&simulator, READY, ReviewOutcome::InReview);
        assert_eq!(external(&client, READY).await, "IN_BETA_REVIEW");
        decide(&simulator, READY, ReviewOutcome::Approved);
        let submission = client.read(&format!("/v1/builds/{READY}/betaAppReviewSubmission")).await;
        assert_eq!(submission["data"]["attributes"]["betaReviewState"], "APPROVED");
        let told = notify(&client, READY).await;
        if itself {
            assert_eq!((told.status, told.code()), (409, "STATE_ERROR.ENTITY_STATE_INVALID"));
            assert!(detail(&told).contains("Auto-notify already enabled"));
        } else {
            assert_eq!(told.status, 201, "{:#}", told.body);
        }
        assert_eq!(external(&client, READY).await, "IN_BETA_TESTING");
    }
}

#[tokio::test]
async fn a_rejected_build_can_be_submitted_again_and_each_step_is_told_once() {
    let (simulator, client) = quick().await;
    let receiver = Receiver::start().await;
    client.webhook(&receiver.url, SECRET, &["BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED"]).await;
    assert_eq!(submit(&client, READY).await.status, 201);
    decide(&simulator, READY, ReviewOutcome::Rejected);
    assert_eq!(post_submission(&client, READY).await.status, 201);
    let posts = receiver.wait_for(3).await;
    let mut steps: Vec<_> = posts
        .iter()
        .map(|post| {
            let body: Value = serde_json::from_slice(&post.body).unwrap();
            assert_eq!(body["data"]["relationships"]["instance"]["data"]["id"], READY);
            body["data"]["attributes"]["newExternalBuildState"].as_str().unwrap().to_owned()
        })
        .collect();
    steps.sort_unstable();
    assert_eq!(steps, ["BETA_REJECTED", "WAITING_FOR_BETA_REVIEW", "WAITING_FOR_BETA_REVIEW"]);
    let idle = DecideReview { build_id: OUT.to_owned(), outcome: ReviewOutcome::Approved };
    let refused = simulator.decide_review(&idle).unwrap_err().to_string();
    assert!(refused.contains("is not in Beta App Review"), "{refused}");
}

#[tokio::test]
async fn groups_and_testers_are_made_changed_and_removed() {
    let (_simulator, client) = quick().await;
    let attributes = json!({ "name": "Press", "publicLinkEnabled": true, "publicLinkLimit": 50 });
    let made = client.post("/v1/betaGroups", data("betaGroups", attributes, json!({ "app": to("apps", BIRDS) }))).await;
    assert_eq!(made.status, 201, "{:#}", made.body);
    let group = made.body["data"]["id"].as_str().unwrap().to_owned();
    let link = made.body["data"]["attributes"]["publicLink"].as_str().unwrap();
    assert!(link.starts_with("https://testflight.apple.com/"), "{link}");
    let fixed = change(&client, "betaGroups", &group, json!({ "isInternalGroup": true })).await;
    assert_eq!(fixed.code(), "ENTITY_ERROR.ATTRIBUTE.UNKNOWN", "decided when it is made");

    let tester = async |email: &str| {
        let attributes = json!({ "email": email, "firstName": "Noor" });
        let relationships = json!({ "betaGroups": names("betaGroups", &[&group]) });
        client.post("/v1/betaTesters", data("betaTesters", attributes, relationships)).await
    };
    let noor = tester("noor@example.org").await;
    assert_eq!((noor.status, &noor.body["data"]["attributes"]["state"]), (201, &json!("NOT_INVITED")));
    assert_eq!(tester("noor@example.org").await.place(), "/data/attributes/email");
    assert_eq!(tester("noor").await.place(), "/data/attributes/email");
    let testers = format!("/v1/betaGroups/{group}/relationships/betaTesters");
    assert_eq!(client.post(&testers, names("betaTesters", &[MIRA])).await.status, 204);
    assert_eq!(client.post(&testers, names("betaTesters", &[MIRA])).await.status, 409, "twice is a conflict");
    assert_eq!(ids(&client.read(&format!("/v1/betaGroups/{group}/betaTesters")).await).len(), 2);
    assert_eq!(ids(&client.read(&format!("/v1/betaTesters?filter[betaGroups]={BIRDWATCHERS}")).await).len(), 2);

    let id = noor.body["data"]["id"].as_str().unwrap();
    let relationships = json!({ "app": to("apps", BIRDS), "betaTester": to("betaTesters", id) });
    let invitation = json!({ "data": { "type": "betaTesterInvitations", "relationships": relationships } });
    assert_eq!(client.post("/v1/betaTesterInvitations", invitation.clone()).await.status, 409, "there is no build");
    assert_eq!(give(&client, OUT, &[&group]).await.status, 204);
    assert_eq!(client.post("/v1/betaTesterInvitations", invitation).await.status, 201);
    assert_eq!(client.delete(&format!("/v1/betaGroups/{group}")).await.status, 204);
    assert_eq!(ids(&client.read(&format!("/v1/betaGroups?filter[builds]={OUT}")).await), [STAFF, BIRDWATCHERS]);
}

#[tokio::test]
async fn test_information_that_is_missing_is_named() {
    let (_simulator, client) = quick().await;
    let reviewers = client.read(&format!("/v1/apps/{BIRDS}/betaAppReviewDetail")).await;
    assert_eq!(reviewers["data"]["attributes"]["contactFirstName"], "Ingrid");
    assert_eq!(client.get("/v1/betaAppReviewDetails").await.code(), "PARAMETER_ERROR.REQUIRED");
    let emptied = change(&client, "betaAppReviewDetails", BIRDS, json!({ "contactPhone": "" })).await;
    assert_eq!(emptied.status, 200, "{:#}", emptied.body);
    assert!(detail(&submit(&client, READY).await).contains("contactPhone"));
    let texts = client.read(&format!("/v1/betaAppLocalizations?filter[app]={BIRDS}&filter[locale]=en-US")).await;
    let text = texts["data"][0]["id"].as_str().unwrap();
    assert_eq!(change(&client, "betaAppLocalizations", text, json!({ "feedbackEmail": "" })).await.status, 200);
    assert!(detail(&post_submission(&client, READY).await).contains("feedbackEmail"));
}

#[tokio::test]
async fn a_developers_key_reads_builds_and_gives_them_to_nobody() {
    let (simulator, client) = quick().await;
    let key_id = client.ready.key_id.clone();
    simulator.change_key(&ChangeKey { key_id, role: Some(Role::Developer), revoked: None }).unwrap();
    assert_eq!(client.get(&format!("/v1/betaGroups?filter[app]={BIRDS}")).await.status, 200);
    assert_eq!(client.get(&format!("/v1/builds/{READY}/betaBuildLocalizations")).await.status, 200);
    let forbidden = [
        give(&client, READY, &[BIRDWATCHERS]).await,
        post_submission(&client, READY).await,
        notify(&client, OUT).await,
    ];
    for reply in forbidden {
        assert_eq!((reply.status, reply.code()), (403, "FORBIDDEN_ERROR"));
    }
}
