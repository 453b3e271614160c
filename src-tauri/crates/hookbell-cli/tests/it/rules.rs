//! Rules from scripts: import, comparison with stored events, export.

use std::{io::Write, path::PathBuf, process::Stdio};

use hookbell_core::{EventType, rules::ready_made};
use serde_json::{Value, json};

use crate::listening::{Place, client, post, sample};

const UPLOAD: &str = "BUILD_UPLOAD_STATE_UPDATED";

/// A file with this text.
fn file(place: &Place, name: &str, text: &str) -> String {
    let path: PathBuf = place.secret_file().with_file_name(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A command's document and its stderr.
#[track_caller]
fn done(place: &Place, arguments: &[&str]) -> (Value, String) {
    let output = place.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    (serde_json::from_slice(&output.stdout).unwrap(), said)
}

/// A failed command's exit code and message.
#[track_caller]
fn refused(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let output = place.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    assert_eq!(said.lines().count(), 1, "{said}");
    (output.status.code(), said)
}

/// A rule that silences.
fn silent(name: &str) -> String {
    json!({ "name": name, "when": { "types": [UPLOAD] }, "then": [{ "silence": {} }] }).to_string()
}

fn add(place: &Place, text: &str) -> String {
    let file = file(place, "rule.json", text);
    done(place, &["rules", "add", "--file", &file]).0["id"].to_string()
}

fn names(rules: &Value) -> Vec<&str> {
    rules.as_array().unwrap().iter().map(|rule| rule["rule"]["name"].as_str().unwrap()).collect()
}

#[test]
fn a_rule_is_added_changed_moved_disabled_and_deleted() {
    let place = Place::new();
    assert_eq!(done(&place, &["rules", "list"]).0, json!([]));
    let (first, second) = (add(&place, &silent("One")), add(&place, &silent("Two")));
    assert_eq!(names(&done(&place, &["rules", "move", &second, "--before", &first]).0), ["Two", "One"]);
    assert_eq!(names(&done(&place, &["rules", "move", &second]).0), ["One", "Two"]);
    assert_eq!(done(&place, &["rules", "disable", &first]).0["rule"]["enabled"], false);
    assert_eq!(done(&place, &["rules", "enable", &first]).0["rule"]["enabled"], true);
    let changed = file(&place, "changed.json", &silent("Renamed"));
    let updated = done(&place, &["rules", "update", &first, "--file", &changed]).0;
    assert_eq!((updated["id"].to_string(), &updated["rule"]["name"]), (first.clone(), &json!("Renamed")));
    assert_eq!(done(&place, &["rules", "show", &first]).0, updated);

    let (code, said) = refused(&place, &["rules", "delete", &first]);
    assert_eq!(code, Some(2));
    assert!(said.contains("“Renamed”") && said.contains("--yes"), "{said}");
    assert_eq!(done(&place, &["rules", "delete", &first, "--yes"]).0["deleted"]["name"], "Renamed");
    assert_eq!(names(&done(&place, &["rules", "list"]).0), ["Two"]);
}

#[test]
fn a_rule_that_is_not_here_is_named_with_the_command_that_lists_them() {
    let place = Place::new();
    let file = file(&place, "rule.json", &silent("One"));
    for arguments in [
        &["rules", "show", "7"][..],
        &["rules", "enable", "7"],
        &["rules", "move", "7"],
        &["rules", "delete", "7", "--yes"],
        &["rules", "test", "7"],
        &["rules", "update", "7", "--file", &file],
    ] {
        let (code, said) = refused(&place, arguments);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("no rule with the id 7") && said.contains("hookbell rules list"), "{said}");
    }
    let (_, said) = refused(&place, &["runs", "show", "7"]);
    assert!(said.contains("no run with the id 7") && said.contains("hookbell runs list"), "{said}");
    let (_, said) = refused(&place, &["rules", "ready-made", "nope"]);
    assert!(said.contains("hookbell rules ready-made"), "{said}");
    let output = place.run(&["rules", "show", "first"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("ids are numbers"), "{said}");
}

#[test]
fn a_command_from_a_file_runs_only_after_somebody_has_enabled_it_here() {
    let place = Place::new();
    let runs = |program: &str| json!({ "name": "Runs", "then": [{ "run": { "command": [program] } }] }).to_string();
    let one = file(&place, "one.json", &runs("make-notes"));
    let (added, said) = done(&place, &["rules", "add", "--file", &one]);
    let id = added["id"].to_string();
    assert_eq!((&added["rule"]["enabled"], &added["needsReview"]), (&json!(false), &json!(true)));
    assert!(said.contains("runs a command") && said.contains(&format!("hookbell rules enable {id}")), "{said}");

    // The same file again doesn't get around that, and neither does another command once it is enabled.
    assert_eq!(done(&place, &["rules", "update", &id, "--file", &one]).0["rule"]["enabled"], false);
    let enabled = done(&place, &["rules", "enable", &id]).0;
    assert_eq!((&enabled["rule"]["enabled"], &enabled["needsReview"]), (&json!(true), &json!(false)));
    assert_eq!(done(&place, &["rules", "update", &id, "--file", &one]).0["rule"]["enabled"], true);
    let other = file(&place, "other.json", &runs("rm"));
    let (updated, said) = done(&place, &["rules", "update", &id, "--file", &other]);
    assert_eq!(updated["rule"]["enabled"], false);
    assert!(said.contains("runs a command"), "{said}");

    let both = file(&place, "both.json", &format!("[{}, {}]", silent("Quiet"), runs("make-notes")));
    let (imported, said) = done(&place, &["rules", "import", &both]);
    let enabled: Vec<_> = imported.as_array().unwrap().iter().map(|rule| rule["rule"]["enabled"].clone()).collect();
    assert_eq!(enabled, [true, false]);
    assert!(said.lines().count() == 1 && said.contains("runs a command"), "{said}");
}

#[test]
fn a_slip_in_a_file_is_named_with_its_place_and_nothing_is_added() {
    let place = Place::new();
    for (text, words) in [
        (r#"{"name":"a","then":[{"silence":{}}],"unless":1}"#, &["rule.json", "unless", "docs/rules.md"][..]),
        (r#"{"name":"a","then":[{"notify":{"title":"{{ app.nam }}"}}]}"#, &["then[0].notify.title", "app.nam"]),
        (r#"{"name":"a","when":{"types":["NOPE"]},"then":[{"silence":{}}]}"#, &["when.types[0]", UPLOAD]),
        (r#"{"name":"a","then":[]}"#, &["then", "add an action"]),
        ("[]", &["rule.json", "hookbell rules import"]),
    ] {
        let file = file(&place, "rule.json", text);
        let (code, said) = refused(&place, &["rules", "add", "--file", &file]);
        assert_eq!(code, Some(1), "{said}");
        assert!(words.iter().all(|word| said.contains(word)), "{text}: {said}");
    }
    let (_, said) = refused(&place, &["rules", "add", "--file", "/nowhere.json"]);
    assert!(said.contains("can't read /nowhere.json"), "{said}");
    let both = file(&place, "both.json", &format!(r#"[{}, {{"name":"","then":[]}}]"#, silent("Good")));
    refused(&place, &["rules", "import", &both]);
    assert_eq!(done(&place, &["rules", "list"]).0, json!([]), "one that is wrong keeps all of them out");
}

#[tokio::test]
async fn a_test_says_which_stored_events_match_why_not_and_what_would_be_sent() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let crash = EventType::BetaFeedbackCrashSubmissionCreated;
    for (event_type, id) in [(EventType::BuildUploadStateUpdated, "upload-1"), (crash, "crash-1")] {
        assert_eq!(post(&client(), &listening.url, sample(event_type, id)).await, Some(200));
    }
    let rule = json!({ "name": "Uploads", "when": { "types": [UPLOAD] },
        "then": [{ "notify": { "title": "Seen: {{ event.title }}" } }] });
    let rule = file(&place, "rule.json", &rule.to_string());
    let all = done(&place, &["rules", "test", "--file", &rule]).0;
    assert_eq!((&all["matches"], &all["compared"]), (&json!(1), &json!(2)));
    assert_eq!(all["events"][0]["sends"][0]["title"], "Seen: Upload complete");
    assert_eq!(all["others"][0]["count"], 1);

    let one = done(&place, &["rules", "test", "--file", &rule, "--event", "crash-1"]).0;
    assert_eq!((&one["matches"], &one["events"][0]["matches"]), (&json!(0), &json!(false)));
    assert!(one["events"][0]["reason"].as_str().unwrap().contains("type"), "{one}");
    let last = done(&place, &["rules", "test", "--file", &rule, "--last", "1"]).0;
    assert_eq!(last["events"].as_array().unwrap().len(), 1);
    let (_, said) = refused(&place, &["rules", "test", "--file", &rule, "--event", "nope"]);
    assert!(said.contains("no event with the id nope"), "{said}");
    assert_eq!(done(&place, &["rules", "list"]).0, json!([]), "a test keeps nothing");
}

#[tokio::test]
async fn a_test_shows_why_an_action_would_fail_and_refuses_a_rule_that_is_wrong() {
    let place = Place::new();
    let listening = place.listen(&[]);
    post(&client(), &listening.url, sample(EventType::BuildUploadStateUpdated, "upload-1")).await;
    let fails = json!({ "name": "Fails", "then": [{ "notify": { "title": "{{ event.title | int }}" } }] });
    let fails = file(&place, "rule.json", &fails.to_string());
    let output = place.run(&["rules", "test", "--file", &fails]);
    assert_eq!(output.status.code(), Some(1), "a script can tell that an action would fail");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 action would fail"));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let error = printed["events"][0]["sends"][0]["error"].as_str().unwrap();
    assert!(error.contains("“Upload complete” is not a number"), "{error}");
    let wrong = file(&place, "rule.json", r#"{"name":"a","then":[{"notify":{"title":"{{ secret }}"}}]}"#);
    let (_, said) = refused(&place, &["rules", "test", "--file", &wrong]);
    assert!(said.contains("then[0].notify.title: there is no such name"), "{said}");
}

#[test]
fn rules_that_are_exported_can_be_imported_elsewhere() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let (first, _) = (add(&place, &silent("One")), add(&place, &silent("Two")));
    let exported = place.run(&["rules", "export"]).stdout;
    let all = file(&elsewhere, "rules.json", std::str::from_utf8(&exported).unwrap());
    assert_eq!(names(&done(&elsewhere, &["rules", "import", &all]).0), ["One", "Two"]);
    assert_eq!(elsewhere.run(&["rules", "export"]).stdout, exported);
    let one = done(&place, &["rules", "export", &first]).0;
    assert_eq!(one["name"], "One");
}

#[test]
fn each_ready_made_rule_can_be_piped_into_a_new_one() {
    let place = Place::new();
    for one in ready_made() {
        let document = place.run(&["rules", "ready-made", one.id]).stdout;
        let mut adding = place.command(&["rules", "add", "--file", "-"]);
        let mut adding = adding.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        adding.stdin.take().unwrap().write_all(&document).unwrap();
        let output = adding.wait_with_output().unwrap();
        assert!(output.status.success(), "{}: {}", one.id, String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(done(&place, &["rules", "list"]).0.as_array().unwrap().len(), ready_made().len());
    assert_eq!(done(&place, &["runs", "list"]).0, json!([]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_reads_rules_in_lines_of_80_columns_with_what_to_do_next() {
    use crate::terminal::at_a_terminal;

    let place = Place::new();
    let runs = json!({ "name": "Release notes for each build that App Store Connect has processed, in two languages",
        "then": [{ "run": { "command": ["make-notes"] } }, { "forward": { "as": "slack", "destination": "team" } }] });
    let id = add(&place, &runs.to_string());
    for (arguments, words) in [
        (&["rules", "list"][..], &["off", "run, forward (slack)", "hookbell rules enable"][..]),
        (&["rules", "show", &id], &["make-notes", "\"as\": \"slack\""]),
        (&["rules", "test", &id], &["Matches 0 of 0 events of the last 30 days"]),
        (&["rules", "enable", &id], &["It runs: make-notes"]),
        (&["rules", "names"], &["build.number"]),
        (&["rules", "ready-made"], &["crashes-to-slack"]),
        (&["rules", "destinations", "list"], &["No destinations yet", "--url-file"]),
        (&["runs", "list"], &["No runs yet"]),
    ] {
        let Some(said) = at_a_terminal(&place.command(arguments)) else { return };
        assert!(words.iter().all(|word| said.contains(word)), "{arguments:?}: {said}");
        // A document is shown verbatim, to copy it.
        let mut lines = said.lines().take_while(|line| *line != "{");
        assert!(lines.all(|line| line.chars().count() <= 80), "{arguments:?} is wider than 80: {said}");
    }
}
