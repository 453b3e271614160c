//! Uploads and distribution: exact request bytes and parsed answers.

use hookbell_asc::{
    Error,
    api::{
        app_builds::AppBuildQuery,
        beta_app_review::BetaReviewState,
        build_refusals::BuildRefusal,
        build_upload_files::NewBuildUploadFile,
        build_uploads::{BuildUploadQuery, NewBuildUpload, UploadState},
    },
};
use hookbell_core::{AppId, BetaGroupId, BuildId, BuildUploadFileId, BuildUploadId};
use serde_json::{Value, json};

use crate::{
    server::{Reply, Seen, Server},
    world::{client, with_recorded},
};

fn app() -> AppId {
    AppId::new("6446998023").unwrap()
}

fn build() -> BuildId {
    BuildId::new("b").unwrap()
}

fn line(seen: &Seen) -> (&str, &str) {
    (&seen.method, &seen.target)
}

fn sent(seen: &Seen) -> Value {
    serde_json::from_slice(&seen.body).unwrap()
}

fn upload() -> NewBuildUpload {
    NewBuildUpload {
        app: app(),
        cf_bundle_short_version_string: "2.1".to_owned(),
        cf_bundle_version: "42".to_owned(),
        platform: "IOS".to_owned(),
    }
}

#[tokio::test]
async fn an_upload_is_reserved_with_its_versions_and_its_app() {
    let (_, seen) =
        with_recorded(&[(201, "build_upload")], async |client| client.build_uploads().create(&upload()).await.unwrap())
            .await;
    assert_eq!(line(&seen[0]), ("POST", "/v1/buildUploads"));
    let attributes = json!({ "cfBundleShortVersionString": "2.1", "cfBundleVersion": "42", "platform": "IOS" });
    let app = json!({ "data": { "type": "apps", "id": "6446998023" } });
    let data = json!({ "type": "buildUploads", "attributes": attributes, "relationships": { "app": app } });
    assert_eq!(sent(&seen[0]), json!({ "data": data }));
}

#[tokio::test]
async fn a_reserved_file_has_its_parts_in_any_order_and_hides_their_signatures() {
    let (file, seen) = with_recorded(&[(201, "build_upload_file")], async |client| {
        let file = NewBuildUploadFile {
            upload: BuildUploadId::new("u").unwrap(),
            file_name: "Birds.ipa".to_owned(),
            file_size: 8_758_597,
            uti: "com.apple.ipa".to_owned(),
        };
        client.build_upload_files().create(&file).await.unwrap()
    })
    .await;
    let attributes =
        json!({ "assetType": "ASSET", "fileName": "Birds.ipa", "fileSize": 8_758_597, "uti": "com.apple.ipa" });
    assert_eq!(sent(&seen[0])["data"]["attributes"], attributes);
    assert!(!format!("{file:?}").contains("d41d8cd9"), "{file:?}");
    let parts = file.upload_operations.unwrap();
    assert_eq!(parts.iter().map(|part| part.part_number.unwrap()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(parts.iter().map(|part| part.offset.unwrap()).collect::<Vec<_>>(), [5_242_880, 0]);
    assert_eq!(parts[0].entity_tag.as_deref(), Some("6A0EFCBEC1312B1A15A6FDA12F6F9166"));
    assert_eq!(parts[1].entity_tag, None);
    assert!(parts[0].url.as_ref().unwrap().expose().ends_with("X-Amz-Signature=d41d8cd9"));
    assert_eq!(parts[0].expiration.unwrap().to_string(), "2025-10-23T09:11:42.878Z");
}

#[tokio::test]
async fn a_commit_sends_no_checksum_and_takes_null_for_no_more_parts() {
    let committed = r#"{"data":{"type":"buildUploadFiles","id":"f","attributes":{"uploadOperations":null,
        "assetDeliveryState":{"state":"COMPLETE","errors":[],"warnings":[]},"sourceFileChecksums":{}}}}"#;
    let server = Server::saying([Reply::json(200, committed)]).await;
    let id = BuildUploadFileId::new("f").unwrap();
    let file = client(&server).build_upload_files().commit(&id).await.unwrap();
    assert_eq!(file.upload_operations, None);
    let seen = server.seen();
    assert_eq!(line(&seen[0]), ("PATCH", "/v1/buildUploadFiles/f"));
    let data = json!({ "type": "buildUploadFiles", "id": "f", "attributes": { "uploaded": true } });
    assert_eq!(sent(&seen[0]), json!({ "data": data }));
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_not_repeated() {
    let server = Server::saying([Reply::CutInTheMiddle]).await;
    let id = BuildUploadFileId::new("f").unwrap();
    let error = client(&server).build_upload_files().commit(&id).await.unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. } | Error::Truncated { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn lists_ask_for_what_they_are_asked() {
    let empty = r#"{"data":[],"links":{"self":"https://api.appstoreconnect.apple.com/v1/builds"}}"#;
    let server = Server::start(move |_, _| Reply::json(200, empty)).await;
    let client = client(&server);
    let waiting = BuildUploadQuery {
        number: Some("42".to_owned()),
        states: vec![UploadState::AwaitingUpload],
        ..BuildUploadQuery::default()
    };
    client.build_uploads().of_app(&app(), &waiting).all().await.unwrap();
    let in_review = AppBuildQuery {
        version: Some("2.1".to_owned()),
        review: vec![BetaReviewState::WaitingForReview, BetaReviewState::InReview],
        expired: Some(false),
        ..AppBuildQuery::default()
    };
    client.app_builds().list(&app(), &in_review).all().await.unwrap();
    client.beta_groups().of_build(&build()).all().await.unwrap();
    let plain = |seen: Seen| seen.target.replace("%5B", "[").replace("%5D", "]");
    let targets: Vec<_> = server.seen().into_iter().map(plain).collect();
    let filters = "filter[cfBundleVersion]=42&filter[state]=AWAITING_UPLOAD";
    assert_eq!(targets[0], format!("/v1/apps/6446998023/buildUploads?include=build&{filters}&limit=200"));
    assert!(targets[1].contains("filter[preReleaseVersion.version]=2.1"), "{}", targets[1]);
    let review = "filter[betaAppReviewSubmission.betaReviewState]=WAITING_FOR_REVIEW%2CIN_REVIEW&filter[expired]=false";
    assert!(targets[1].contains(review), "{}", targets[1]);
    assert_eq!(targets[2], "/v1/betaGroups?filter[builds]=b&sort=name&limit=200");
}

#[tokio::test]
async fn a_build_is_given_to_groups_and_taken_from_them_by_name() {
    let nothing = || Reply::Whole { status: 204, headers: Vec::new(), body: Vec::new() };
    let server = Server::saying([nothing(), nothing()]).await;
    let groups = [BetaGroupId::new("g1").unwrap(), BetaGroupId::new("g2").unwrap()];
    client(&server).beta_groups().give(&build(), &groups).await.unwrap();
    client(&server).beta_groups().take(&build(), &groups[..1]).await.unwrap();
    let seen = server.seen();
    assert_eq!(line(&seen[0]), ("POST", "/v1/builds/b/relationships/betaGroups"));
    let both = json!({ "data": [{ "type": "betaGroups", "id": "g1" }, { "type": "betaGroups", "id": "g2" }] });
    assert_eq!(sent(&seen[0]), both);
    assert_eq!(line(&seen[1]), ("DELETE", "/v1/builds/b/relationships/betaGroups"));
    assert_eq!(sent(&seen[1]), json!({ "data": [{ "type": "betaGroups", "id": "g1" }] }));
}

#[tokio::test]
async fn a_build_that_was_never_submitted_has_no_submission() {
    let server = Server::saying([Reply::json(200, r#"{"data":null,"links":{"self":"x"}}"#)]).await;
    assert_eq!(client(&server).beta_app_review().submission(&build()).await.unwrap(), None);
}

#[tokio::test]
async fn a_used_number_is_told_with_the_last_one_and_asked_about_once() {
    let body = json!({ "errors": [{
        "status": "409",
        "code": "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
        "title": "The provided entity includes an attribute with a value that has already been used",
        "detail": "The bundle version must be higher than the previously uploaded version.",
        "source": { "pointer": "/data/attributes/cfBundleVersion" },
        "meta": { "previousBundleVersion": "421" },
    }] });
    let server = Server::saying([Reply::json(409, body.to_string())]).await;
    let error = client(&server).build_uploads().create(&upload()).await.unwrap_err();
    let previous = Some("421".to_owned());
    assert_eq!(BuildRefusal::of(&error), Some(BuildRefusal::NumberUsed { previous }));
    assert_eq!(server.seen().len(), 1);
}
