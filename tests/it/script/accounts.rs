//! From a key to a notification, and back to an empty state.

use hookbell_tests::{Error, keyring::Lock, leaks};
use serde_json::{Value, json};

use super::{Script, says, text};

#[tokio::test]
async fn a_script_goes_the_whole_way_from_a_key_to_a_notification() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let serving = script.serve().await?;
    let account = script.add_account();
    assert_eq!(text(&script.json(&["accounts", "list"])[0], "id"), text(&account, "id"));
    let apps = script.json(&["apps"]);
    let create = ["webhooks", "create", "--app", text(&apps[0], "id"), "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);
    let id = text(&webhook, "id").to_owned();
    assert_eq!((&webhook["here"], &webhook["enabled"]), (&json!(true), &json!(true)));

    let ping = script.json(&["webhooks", "ping", &id]);
    assert_eq!(text(&ping, "outcome"), "arrived", "{ping}");
    says(&serving, r#""type":"webhookPingCreated""#).await?;
    says(&serving, r#"{"notification":"#).await?;

    // Another program, with another data directory, changes the secret.
    let elsewhere = script.desktop.root().join("elsewhere").display().to_string();
    std::fs::create_dir(&elsewhere).unwrap();
    let mut behind = script.command(&["webhooks", "update", &id, "--secret-env", "OTHER", "--data-dir", &elsewhere]);
    behind.args(["--key-id", script.text("keyId"), "--issuer-id", script.text("issuerId")]);
    behind.args(["--key-file", script.text("privateKeyFile")]).env("OTHER", "behind-our-back-4711");
    assert!(behind.output().unwrap().status.success());
    let broken = script.run(&["webhooks", "ping", &id]);
    let said = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert_eq!(broken.status.code(), Some(1));
    assert!(said.contains("Secret mismatch") && said.contains("Rotate"), "{said}");
    script.json(&["webhooks", "update", &id, "--rotate-secret"]);
    assert_eq!(text(&script.json(&["webhooks", "ping", &id]), "outcome"), "arrived");

    script.control("/sim/events", json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": id })).await;
    says(&serving, r#""eventType":"BUILD_UPLOAD_STATE_UPDATED""#).await?;
    let deliveries = script.json(&["webhooks", "deliveries", &id]);
    assert_eq!(deliveries.as_array().unwrap().len(), 4);

    // Deliveries fail while nothing listens, and are redelivered later.
    let asleep = json!({ "eventType": "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", "webhookId": id, "deliver": false });
    script.control("/sim/events", asleep).await;
    let failed = script.json(&["webhooks", "deliveries", &id, "--state", "failed"]);
    let missed = failed.as_array().unwrap().iter().find(|one| one["eventType"] != Value::Null).unwrap();
    assert_eq!((&missed["madeGood"], &missed["status"]), (&json!(false), &Value::Null), "{missed}");
    script.json(&["webhooks", "redeliver", text(missed, "id")]);
    says(&serving, r#""eventType":"BETA_FEEDBACK_CRASH_SUBMISSION_CREATED""#).await?;
    script.json(&["webhooks", "update", &id, "--name", "Renamed", "--disable"]);
    let listed = script.json(&["webhooks", "list", "--app", text(&apps[0], "id")]);
    assert_eq!((text(&listed[0], "name"), &listed[0]["enabled"]), ("Renamed", &json!(false)));
    script.json(&["webhooks", "delete", &id, "--yes"]);
    script.json(&["accounts", "remove", text(&account, "id")]);
    assert_eq!(script.json(&["accounts", "list"]), json!([]));

    let pem = std::fs::read_to_string(script.text("privateKeyFile")).unwrap();
    // The keyring's file is encrypted; everything else, including logs at their most verbose, is searched as it is.
    for secret in [pem.lines().nth(1).unwrap(), "behind-our-back-4711"] {
        let mut found = leaks::in_files(script.desktop.root(), secret)?;
        // The simulator provides the key as a file, as Apple does.
        found.retain(|file| file != script.text("privateKeyFile"));
        assert_eq!(found, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn a_locked_keyring_is_said_and_changes_nothing_anywhere() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    script.add_account();
    let apps = script.json(&["apps"]);
    let app = text(&apps[0], "id").to_owned();
    let Script { simulator, ready, keyring, path, desktop } = script;
    let keyring = keyring.restart(&desktop, Lock::Locked).await?;
    let script = Script { simulator, ready, keyring, path, desktop };
    let create =
        ["webhooks", "create", "--app", &app, "--name", "Script", "--events", "all", "--url", "https://a.example/"];
    let output = script.run(&create);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("keychain is locked"), "{output:?}");

    let Script { simulator, ready, keyring, path, desktop } = script;
    let keyring = keyring.restart(&desktop, Lock::Unlocked).await?;
    let script = Script { simulator, ready, keyring, path, desktop };
    assert_eq!(script.json(&["webhooks", "list", "--app", &app]), json!([]));
    Ok(())
}
