//! Adding, changing and removing trackers, and their tokens.

use hookbell_engine::api::ErrorCode;
use serde_json::{Value, json};

use super::{
    Filer,
    fake::{GitHubServer, TOKEN},
    form,
};
use crate::studio::{Studio, file_with};

#[tokio::test]
async fn a_token_is_checked_before_it_is_kept_and_stands_in_no_file_or_reply() {
    let (studio, github) = (Studio::open().await, GitHubServer::start().await);
    let mut wrong = form(&github, &json!({}));
    wrong["access"]["token"] = json!("another");
    let refused = studio.ask::<Value>("addTracker", wrong).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("token")), "{refused}");
    assert!(!refused.to_string().contains("another"), "{refused}");
    let mut elsewhere = form(&github, &json!({}));
    elsewhere["place"] = json!("birds/other");
    let refused = studio.ask::<Value>("addTracker", elsewhere).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("place")), "{refused}");
    assert_eq!(studio.ask::<Value>("trackers", Value::Null).await.unwrap(), json!([]));

    let places: Value = studio.ask("trackerPlaces", form(&github, &json!({}))["access"].clone()).await.unwrap();
    assert_eq!(places, json!({ "owner": "octo", "places": [{ "id": "birds/app", "name": "birds/app" }] }));
    let added: Value = studio.ask("addTracker", form(&github, &json!({ "labels": ["beta"] }))).await.unwrap();
    assert_eq!(
        (&added["name"], &added["owner"], &added["trouble"]),
        (&json!("birds/app"), &json!("octo"), &Value::Null)
    );
    assert!(!added.to_string().contains(TOKEN), "{added}");
    let again = studio.ask::<Value>("addTracker", form(&github, &json!({}))).await.unwrap_err();
    assert_eq!((again.code, again.field.as_deref()), (ErrorCode::InvalidInput, Some("place")), "{again}");
    studio.hookbell.stop().await;
    assert_eq!(file_with(studio.folder.path(), TOKEN.as_bytes()), None);
}

#[tokio::test]
async fn what_an_issue_can_have_is_read_with_the_token_that_is_kept() {
    let filer = Filer::new().await;
    let choices: Value = filer.desk.studio.ask("choicesAtTracker", json!({ "id": filer.tracker })).await.unwrap();
    assert_eq!((&choices["labels"][0]["name"], &choices["people"][0]["name"]), (&json!("beta"), &json!("octo")));
}

#[tokio::test]
async fn a_tracker_that_is_added_again_knows_its_issues() {
    let filer = Filer::new().await;
    let id = filer.screenshot("It jumps").await;
    let first = filer.file(&id).await.unwrap();
    let left: Value = filer.desk.studio.ask("removeTracker", json!({ "id": filer.tracker })).await.unwrap();
    assert_eq!(left, json!([]));
    let unknown: Value = filer.desk.studio.ask("feedbackIssues", json!({ "ids": [id] })).await.unwrap();
    assert_eq!(unknown, json!([]));
    let added: Value = filer.desk.studio.ask("addTracker", form(&filer.github, &json!({}))).await.unwrap();
    let filer = Filer { tracker: added["id"].as_i64().unwrap(), ..filer };
    assert_eq!(filer.file(&id).await.unwrap().issue, first.issue);
    assert_eq!(filer.issues(), 1);
}

#[tokio::test]
async fn a_revoked_token_is_the_trackers_trouble_until_there_is_another() {
    let filer = Filer::new().await;
    let id = filer.screenshot("It jumps").await;
    filer.github.with(|github| github.refuses.push_back(401));
    let refused = filer.file(&id).await.unwrap();
    assert!(refused.error.unwrap().hint.contains("new one"));
    let listed = filer.desk.studio.hookbell.trackers().list().await.unwrap();
    assert!(listed[0].trouble.is_some(), "{listed:?}");
    let renewed: Value =
        filer.desk.studio.ask("renewTrackerToken", json!({ "id": filer.tracker, "token": TOKEN })).await.unwrap();
    assert_eq!(renewed["trouble"], Value::Null);
    assert!(filer.file(&id).await.unwrap().issue.is_some());
}

#[tokio::test]
async fn feedback_that_is_deleted_takes_its_issue_along() {
    let filer = Filer::new().await;
    let id = filer.screenshot("Something private to forget").await;
    filer.file(&id).await.unwrap();
    let delete = json!({ "feedback": [id] });
    let _: Value = filer.desk.studio.ask("deleteReceived", delete).await.unwrap();
    assert_eq!(filer.desk.studio.hookbell.store().issues_of(vec![id]).await.unwrap(), []);
}

#[tokio::test]
async fn feedback_keeps_the_issue_that_it_shares_when_the_other_one_is_deleted() {
    let filer = Filer::new().await;
    let (one, two, three) = (filer.crash().await, filer.crash().await, filer.crash().await);
    let trackers = filer.desk.studio.hookbell.trackers();
    let filed = trackers.file(filer.request(&[&one, &two, &three], true)).await.unwrap().remove(0);
    assert_eq!(filed.others, 2);
    let listed = trackers.list().await.unwrap();
    assert_eq!(listed[0].open, 1, "it is one issue");
    let _: Value = filer.desk.studio.ask("deleteReceived", json!({ "feedback": [one] })).await.unwrap();

    let kept = filer.file(&two).await.unwrap();
    assert_eq!((kept.issue, kept.others, filer.issues()), (filed.issue, 1, 1));
    filer.github.close(1);
    trackers.sweep().await.unwrap();
    for id in [&two, &three] {
        let issues: Value = filer.desk.studio.ask("feedbackIssues", json!({ "ids": [id] })).await.unwrap();
        assert_eq!(issues[0]["issue"]["progress"], "done", "{issues}");
    }
    let lines: Value =
        filer.desk.studio.ask("fixedLines", json!({ "app": filer.desk.app(), "since": null })).await.unwrap();
    assert_eq!(lines.as_array().unwrap().len(), 1, "and one line: {lines}");
}
