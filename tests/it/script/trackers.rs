//! Trackers in scripts: added with a token from a file, and feedback filed twice as one issue.

use hookbell_tests::{
    Error,
    trackers::{FakeTrackers, TOKEN},
    wait::{self, SOON},
};
use serde_json::json;

use super::{Script, text};

// Multi-threaded, because the test blocks on commands while the fakes answer them.
#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_filed_once_by_script_and_its_fix_is_a_line_for_what_to_test() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let services = FakeTrackers::start().await.unwrap();
    script.add_account();
    let token = script.desktop.root().join("token");
    std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
    let token = token.display().to_string();
    let github = services.github();
    let add = ["trackers", "add", "github", "--repo", "halden/birds", "--api-url", &github, "--token-file", &token];
    let added = script.json(&add);
    assert_eq!((&added["name"], &added["owner"]), (&json!("halden/birds"), &json!("mira-halden")));
    let feedback = script.json(&["feedback", "list", "--refresh", "--kind", "screenshot"]);
    let (id, app) = (feedback[0]["id"].as_str().unwrap(), feedback[0]["app"].as_str().unwrap());

    let planned = script.json(&["feedback", "file", id, "--to", "halden/birds", "--dry-run"]);
    assert!(planned["markdown"].as_str().unwrap().contains("Device"), "{planned}");
    assert!(!planned["markdown"].as_str().unwrap().contains("Email"), "{planned}");
    let other = ["--include-tester", "--leave-out", "facts", "--leave-out", "screenshots"];
    let other = script.json(&[&["feedback", "file", id, "--to", "halden/birds", "--dry-run"], &other[..]].concat());
    let markdown = other["markdown"].as_str().unwrap();
    assert!(markdown.contains("Email") && !markdown.contains("Device"), "{markdown}");
    assert_eq!(other["files"], json!([]));
    let to_nobody = script.run(&["feedback", "file", id, "--to", "halden/birds", "--assignee", "nobody"]);
    let said = String::from_utf8(to_nobody.stderr).unwrap();
    assert!(said.contains("nobody called “nobody”") && said.contains("mira-halden"), "{said}");
    assert_eq!(services.issues().len(), 0, "a dry run files nothing");
    let title = ["--title", "Save is hidden", "--assignee", "Mira-Halden"];
    let filed = script.json(&[&["feedback", "file", id, "--to", "halden/birds"], &title[..]].concat());
    assert_eq!(services.issues()[0]["assignees"], json!([{ "login": "mira-halden" }]));
    assert_eq!(filed[0]["issue"]["url"], "https://github.com/halden/birds/issues/214");
    assert_eq!(script.json(&["feedback", "file", id, "--to", "halden/birds"]), filed, "the same again");
    assert_eq!(services.issues().len(), 1);

    services.close_all();
    script.json(&["trackers", "sweep"]);
    let fixed = script.json(&["feedback", "fixed", "--app", app]);
    assert_eq!((fixed.as_array().unwrap().len(), &fixed[0]["text"]), (1, &json!("Fixed: Save is hidden")));
    let unsure = script.run(&["trackers", "remove", "halden/birds"]);
    assert_eq!(unsure.status.code(), Some(2), "{unsure:?}");
    script.json(&["trackers", "remove", "halden/birds", "--yes"]);
    assert_eq!(script.json(&["trackers", "list"]), json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ready_made_rule_files_each_crash_by_script_once_it_is_enabled() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let services = FakeTrackers::start().await.unwrap();
    script.add_account();
    let (token, rule) = (script.desktop.root().join("token"), script.desktop.root().join("rule.json"));
    std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
    let (token, github) = (token.display().to_string(), services.github());
    script.json(&["trackers", "add", "github", "--repo", "halden/birds", "--api-url", &github, "--token-file", &token]);
    let ready_made = script.run(&["rules", "ready-made", "file-crashes-in-github"]);
    std::fs::write(&rule, ready_made.stdout).unwrap();
    let added = script.json(&["rules", "add", "--file", &rule.display().to_string()]);
    assert_eq!(added["rule"]["enabled"], false, "it files nothing before somebody wants it");
    let id = added["id"].to_string();
    script.json(&["rules", "enable", &id]);

    let _serving = script.serve().await?;
    let apps = script.json(&["apps"]);
    let create = ["webhooks", "create", "--app", text(&apps[0], "id"), "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);
    let event = json!({ "eventType": "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", "webhookId": webhook["id"] });
    script.control("/sim/events", event).await;
    let done = async || {
        let runs = script.json(&["runs", "list", "--state", "done"]);
        Some(runs[0].clone()).filter(|run| run["action"] == "issue")
    };
    let run = wait::eventually(SOON, "the issue", done).await?;
    assert_eq!(run["answer"], "https://github.com/halden/birds/issues/214");
    assert_eq!(services.issues().len(), 1);
    let preview = script.json(&["rules", "test", &id]);
    assert_eq!(preview["events"][0]["sends"][0]["notDone"], "The feedback has its issue there already.");
    let exported = script.command(&["rules", "export", &id]).output().unwrap();
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.contains(r#""tracker": "github""#) && !exported.contains(TOKEN), "{exported}");
    Ok(())
}
