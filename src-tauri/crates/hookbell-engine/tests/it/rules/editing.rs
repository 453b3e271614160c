//! Rules are saved, moved, and imported from files.

use hookbell_engine::api::{ErrorCode, Push};
use serde_json::{Value, json};

use super::rule;
use crate::studio::{Studio, eventually};

fn silence() -> Value {
    json!([{ "silence": {} }])
}

#[tokio::test]
async fn a_rule_that_is_wrong_is_refused_at_its_field_and_nothing_is_kept() {
    let studio = Studio::open().await;
    let refused = studio.try_save(rule("Bad", json!([{ "notify": { "title": "{{ secret }}" } }]))).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("then[0].notify.title")));
    assert!(refused.message.contains("no such name"), "{refused}");
    assert!(studio.rules().await.is_empty());
}

#[tokio::test]
async fn a_file_with_a_command_in_it_waits_for_somebody_who_enables_it_here() {
    let studio = Studio::open().await;
    let file = json!([rule("Plain", silence()), rule("Runs", json!([{ "run": { "command": ["/bin/true"] } }]))]);
    let added: Value = studio.call("importRules", json!({ "text": file.to_string() })).await.unwrap();
    let is = |at: usize| (added[at]["rule"]["enabled"].clone(), added[at]["needsReview"].clone());
    assert_eq!((is(0), is(1)), ((json!(true), json!(false)), (json!(false), json!(true))));
    let id = added[1]["id"].clone();
    let enabled: Value = studio.call("enableRule", json!({ "id": id, "enabled": true })).await.unwrap();
    assert_eq!((&enabled["rule"]["enabled"], &enabled["needsReview"]), (&json!(true), &json!(false)));
    let exported: Value = studio.call("exportRules", json!({ "ids": [id] })).await.unwrap();
    let again: Value = serde_json::from_str(exported["text"].as_str().unwrap()).unwrap();
    assert_eq!(again, enabled["rule"]);
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    let studio = Studio::open().await;
    let file = json!([rule("Plain", silence()), rule("", silence())]);
    let refused = studio.call::<Value>("importRules", json!({ "text": file.to_string() })).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("name"));
    let refused = studio.call::<Value>("importRules", json!({ "text": "{" })).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("text"));
    assert!(studio.rules().await.is_empty());
}

#[tokio::test]
async fn rules_are_moved_and_the_window_is_told() {
    let studio = Studio::listening().await;
    let (one, two) = (studio.save(rule("One", silence())).await, studio.save(rule("Two", silence())).await);
    let _: Value = studio.call("moveRule", json!({ "id": two, "before": one })).await.unwrap();
    eventually("the push", || {
        let pushes = studio.desk.pushes.lock().unwrap();
        let told = pushes.iter().rev().find_map(|push| match push {
            Push::Rules { rules } => Some(rules.iter().map(|rule| rule.id).collect::<Vec<_>>()),
            _ => None,
        });
        (told? == [two, one]).then_some(())
    })
    .await;
    let missing = studio.call::<Value>("moveRule", json!({ "id": 9, "before": null })).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::NotFound);
}
