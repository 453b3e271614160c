//! From a tester to a line, a notification and a folder of files.

use hookbell_tests::Error;
use serde_json::{Value, json};

use super::{Script, says};

#[tokio::test]
async fn an_event_is_served_with_its_details_once_they_are_known() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let serving = script.serve().await?;
    script.add_account();
    let apps = script.json(&["apps"]);
    let app = apps[0]["id"].as_str().unwrap();
    let create = ["webhooks", "create", "--app", app, "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);
    let id = webhook["id"].as_str().unwrap();

    let event = "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED";
    script.control("/sim/events", json!({ "eventType": event, "webhookId": id })).await;
    says(&serving, r#""details":{"app":{"id":"#).await?;
    says(&serving, r#"{"notification":{"title":"Screenshot feedback · "#).await?;
    let lines = serving.stdout();
    let line = lines.lines().find(|line| line.contains(event)).unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    let feedback = line["event"]["details"]["feedback"].as_str().unwrap();

    let unread = script.json(&["feedback", "list", "--unread"]);
    assert_eq!((unread.as_array().unwrap().len(), &unread[0]["id"]), (1, &json!(feedback)));
    let to = script.desktop.root().join("exported");
    let exported = script.json(&["feedback", "export", feedback, "--to", to.to_str().unwrap()]);
    assert_eq!(exported["missing"], json!([]));
    assert!(std::fs::read(to.join("screenshot-1.png")).unwrap().starts_with(b"\x89PNG"));
    Ok(())
}
