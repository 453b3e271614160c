//! A build's whole life over real sockets, using the client's own operations: reserved, stored, committed, processed,
//! given to testers. No engine room is involved.

use std::time::{Duration, Instant};

use hookbell_asc::{
    Client,
    api::{
        app_builds::AppBuildQuery,
        beta_app_review::BetaReviewState,
        beta_groups::NewBetaTester,
        beta_testers::BetaTesterState,
        build_beta_details::{BuildBetaDetail, ExternalBetaState},
        build_refusals::BuildRefusal,
        build_upload_files::{BuildUploadFile, FileDeliveryState, NewBuildUploadFile},
        build_uploads::{BuildUploadQuery, NewBuildUpload, UploadState},
    },
};
use hookbell_core::{AppId, BuildId, BuildUploadId};
use hookbell_sim::{ChangeKey, Config, DecideReview, ReviewOutcome, Role, Simulator, SimulatorSettings};
use jiff::SignedDuration;

use super::client_of;

const PART_BYTES: u64 = 1_000;

/// The app Backyard Birds.
fn birds() -> AppId {
    AppId::new("6479283016").unwrap()
}

/// Ready to be submitted, of version 3.3.
fn ready() -> BuildId {
    BuildId::new("e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418").unwrap()
}

/// Small parts, and instant processing.
pub fn quick() -> SimulatorSettings {
    SimulatorSettings { part_bytes: Some(PART_BYTES), processing_ms: Some(40), ..SimulatorSettings::default() }
}

async fn start() -> (Simulator, Client) {
    let simulator = Simulator::start(Config::default()).await.unwrap();
    simulator.change(&quick());
    let client = client_of(&simulator, SignedDuration::ZERO);
    (simulator, client)
}

fn upload(number: &str) -> NewBuildUpload {
    NewBuildUpload {
        app: birds(),
        cf_bundle_short_version_string: "3.3".to_owned(),
        cf_bundle_version: number.to_owned(),
        platform: "IOS".to_owned(),
    }
}

async fn reserved(client: &Client, number: &str, size: u64) -> (BuildUploadId, BuildUploadFile) {
    let upload = client.build_uploads().create(&upload(number)).await.unwrap();
    let new = NewBuildUploadFile {
        upload: upload.id.clone(),
        file_name: "Birds.ipa".to_owned(),
        file_size: size,
        uti: "com.apple.ipa".to_owned(),
    };
    let file = client.build_upload_files().create(&new).await.unwrap();
    (upload.id, file)
}

/// Uploads every part, with the requested headers and nothing else.
async fn store(file: &BuildUploadFile) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for part in file.upload_operations.iter().flatten() {
        let body = vec![7; usize::try_from(part.length.unwrap()).unwrap()];
        let mut request = http.put(part.url.as_ref().unwrap().expose()).body(body);
        for header in part.request_headers.iter().flatten() {
            request = request.header(header.name.as_deref().unwrap(), header.value.as_deref().unwrap());
        }
        assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
    }
}

async fn eventually<T>(what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = found().await {
            return found;
        }
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Uploads a build and waits until TestFlight knows it.
pub async fn uploaded(client: &Client, number: &str) -> BuildId {
    let (id, file) = reserved(client, number, 900).await;
    store(&file).await;
    client.build_upload_files().commit(&file.id).await.unwrap();
    let build = BuildId::new(id.as_str()).unwrap();
    let detail = async || client.build_beta_details().of_build(&build).await.ok();
    let _known: BuildBetaDetail = eventually("TestFlight knows the build", detail).await;
    build
}

pub async fn reaches(client: &Client, build: &BuildId, state: ExternalBetaState) {
    let detail = async || {
        let detail = client.build_beta_details().of_build(build).await.ok()?;
        (detail.external_build_state == Some(state.clone())).then_some(())
    };
    eventually("the build reaches the state", detail).await;
}

/// Writes What to Test into the existing locale.
pub async fn describe(client: &Client, build: &BuildId) {
    let texts = client.beta_build_localizations().of_build(build).all().await.unwrap();
    client.beta_build_localizations().update(&texts[0].id, "Try the map.").await.unwrap();
}

#[tokio::test]
async fn a_build_is_uploaded_part_by_part_and_found_again_on_its_way() {
    let (_simulator, client) = start().await;
    let (id, file) = reserved(&client, "430", 2_500).await;
    let waiting = BuildUploadQuery {
        number: Some("430".to_owned()),
        states: vec![UploadState::AwaitingUpload],
        ..BuildUploadQuery::default()
    };
    let found = client.build_uploads().of_app(&birds(), &waiting).all().await.unwrap();
    assert_eq!(found.iter().map(|upload| &upload.id).collect::<Vec<_>>(), [&id], "a lost reservation is found");
    let files = client.build_upload_files().of_upload(&id).all().await.unwrap();
    assert_eq!(files[0].id, file.id);

    assert_eq!(file.upload_operations.as_ref().unwrap().len(), 3);
    client.build_upload_files().commit(&file.id).await.unwrap_err();
    store(&file).await;
    let read = client.build_upload_files().get(&file.id).await.unwrap();
    assert!(read.upload_operations.unwrap().iter().all(|part| part.entity_tag.is_some()), "it says what it has");
    let committed = client.build_upload_files().commit(&file.id).await.unwrap();
    assert_eq!(committed.upload_operations, None);
    assert_eq!(committed.asset_delivery_state.unwrap().state, Some(FileDeliveryState::Complete));
    let upload = eventually("the upload is complete", async || {
        let upload = client.build_uploads().get(&id).await.ok()?;
        (upload.state.as_ref()?.state == Some(UploadState::Complete)).then_some(upload)
    })
    .await;
    let build = upload.build.unwrap().id;
    let listed = AppBuildQuery { number: Some("430".to_owned()), ..AppBuildQuery::default() };
    let builds = client.app_builds().list(&birds(), &listed).all().await.unwrap();
    assert_eq!((builds.len(), &builds[0].id), (1, &build));
    assert_eq!(builds[0].uses_non_exempt_encryption, None, "nobody has answered it");
}

#[tokio::test]
async fn a_used_number_and_an_unknown_app_are_known_by_their_refusals() {
    let (_simulator, client) = start().await;
    let used = client.build_uploads().create(&upload("418")).await.unwrap_err();
    let previous = Some("419".to_owned());
    assert_eq!(BuildRefusal::of(&used), Some(BuildRefusal::NumberUsed { previous }));
    let elsewhere = NewBuildUpload { app: AppId::new("1").unwrap(), ..upload("430") };
    let unknown = client.build_uploads().create(&elsewhere).await.unwrap_err();
    assert_eq!(BuildRefusal::of(&unknown), Some(BuildRefusal::UnknownApp));
}

#[tokio::test]
async fn an_upload_that_is_given_up_is_gone() {
    let (_simulator, client) = start().await;
    let (id, _) = reserved(&client, "430", 900).await;
    client.build_uploads().delete(&id).await.unwrap();
    assert!(client.build_uploads().delete(&id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_build_goes_out_to_testers_step_by_step() {
    let (simulator, client) = start().await;
    let build = uploaded(&client, "430").await;
    let groups = client.beta_groups().of_app(&birds()).all().await.unwrap();
    let internal = groups.iter().find(|group| group.is_internal_group == Some(true)).unwrap();
    let external = groups.iter().find(|group| group.is_internal_group == Some(false)).unwrap();
    let early = client.beta_groups().give(&build, [&external.id]).await.unwrap_err();
    assert_eq!(BuildRefusal::of(&early), Some(BuildRefusal::NotAssignable));
    let automatic = client.beta_groups().give(&build, [&internal.id]).await.unwrap_err();
    assert_eq!(BuildRefusal::of(&automatic), Some(BuildRefusal::AutomaticGroup));

    client.builds().answer_encryption(&build, false).await.unwrap();
    reaches(&client, &build, ExternalBetaState::ReadyForBetaSubmission).await;
    describe(&client, &build).await;
    let swedish = client.beta_build_localizations().create(&build, "sv", "Prova kartan.").await.unwrap();
    assert_eq!(swedish.whats_new.as_deref(), Some("Prova kartan."));
    client.beta_groups().give(&build, [&external.id]).await.unwrap();
    assert_eq!(client.beta_app_review().submission(&build).await.unwrap(), None);
    client.beta_app_review().submit(&build).await.unwrap();
    let other = AppBuildQuery {
        version: Some("3.3".to_owned()),
        review: vec![BetaReviewState::WaitingForReview, BetaReviewState::InReview],
        expired: Some(false),
        ..AppBuildQuery::default()
    };
    describe(&client, &ready()).await;
    let blocked = client.beta_app_review().submit(&ready()).await.unwrap_err();
    assert_eq!(BuildRefusal::of(&blocked), Some(BuildRefusal::AnotherInReview));
    let in_review = client.app_builds().list(&birds(), &other).all().await.unwrap();
    assert_eq!(in_review.iter().map(|build| &build.id).collect::<Vec<_>>(), [&build], "the one in the way is found");

    let decide = DecideReview { build_id: build.to_string(), outcome: ReviewOutcome::Approved };
    simulator.decide_review(&decide).unwrap();
    let submission = client.beta_app_review().submission(&build).await.unwrap().unwrap();
    assert_eq!(submission.beta_review_state, Some(BetaReviewState::Approved));
    reaches(&client, &build, ExternalBetaState::BetaApproved).await;
    client.build_beta_notifications().send(&build).await.unwrap();
    reaches(&client, &build, ExternalBetaState::InBetaTesting).await;
    let detail = client.build_beta_details().of_build(&build).await.unwrap();
    client.build_beta_details().set_auto_notify(&detail.id, true).await.unwrap();
    let again = client.build_beta_notifications().send(&build).await.unwrap_err();
    assert_eq!(BuildRefusal::of(&again), Some(BuildRefusal::NotifiesItself));

    assert_eq!(client.builds().expire(&build).await.unwrap().expired, Some(true));
    reaches(&client, &build, ExternalBetaState::Expired).await;
    let given = client.beta_groups().of_build(&build).all().await.unwrap();
    assert_eq!(given.len(), 2, "the group that gets every build, and the other one");
}

#[tokio::test]
async fn testers_are_added_once_and_found_by_their_address() {
    let (_simulator, client) = start().await;
    let groups = client.beta_groups().of_app(&birds()).all().await.unwrap();
    let group = groups.into_iter().find(|group| group.is_internal_group == Some(false)).unwrap().id;
    let email = "noor@example.org";
    let new = NewBetaTester { group: group.clone(), email: email.to_owned(), first_name: None, last_name: None };
    let noor = client.beta_groups().create_tester(&new).await.unwrap();
    assert_eq!(noor.state, Some(BetaTesterState::Invited), "the group has a build");
    let found = client.beta_testers().with_email(email).all().await.unwrap();
    assert_eq!(found.iter().map(|tester| &tester.id).collect::<Vec<_>>(), [&noor.id]);
    let twice = client.beta_groups().add_tester(&group, &noor.id).await.unwrap_err();
    assert_eq!(twice.status(), Some(409));
    client.beta_testers().invite(&birds(), &noor.id).await.unwrap();
    client.beta_groups().remove_tester(&group, &noor.id).await.unwrap();
    let left = client.beta_testers().of_group(&group).all().await.unwrap();
    assert!(left.iter().all(|tester| tester.id != noor.id));
}

#[tokio::test]
async fn test_information_can_be_checked_before_a_submission() {
    let (_simulator, client) = start().await;
    let contact = client.beta_app_review().contact(&birds()).await.unwrap();
    assert_eq!(contact.contact_email.as_deref(), Some("ingrid@halden.example"));
    let words = client.beta_app_localizations().of_app(&birds()).all().await.unwrap();
    assert_eq!(words[0].feedback_email.as_deref(), Some("birds@halden.example"));
    let untold = client.beta_app_review().submit(&ready()).await.unwrap_err();
    assert_eq!((untold.status(), BuildRefusal::of(&untold)), (Some(409), None), "What to Test is missing");
}

#[tokio::test]
async fn a_developers_key_is_forbidden_to_give_builds_to_testers() {
    let (simulator, client) = start().await;
    let key_id = simulator.ready().key_id;
    simulator.change_key(&ChangeKey { key_id, role: Some(Role::Developer), revoked: None }).unwrap();
    let groups = client.beta_groups().of_app(&birds()).all().await.unwrap();
    assert!(client.beta_groups().give(&ready(), [&groups[0].id]).await.unwrap_err().is_forbidden());
    assert!(client.beta_app_review().submit(&ready()).await.unwrap_err().is_forbidden());
}
