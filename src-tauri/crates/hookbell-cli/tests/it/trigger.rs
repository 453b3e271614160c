//! `hookbell trigger`: samples, modified and sent.

use hookbell_core::{EventType, fixture};
use serde_json::{Value, json};

use crate::listening::{Place, event, signature};

#[test]
fn every_sample_is_taken_by_a_listener() {
    let place = Place::new();
    let listening = place.listen(&[]);
    for event_type in EventType::all() {
        let output = place.run_with_secret(&["trigger", event_type.name(), "--new-id", "--url", &listening.url]);
        assert!(output.status.success(), "{output:?}");
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed, json!({ "answer": { "status": 200, "message": "stored" } }));
        assert_eq!(event(&listening.line())["type"], event_type.wire_name());
    }
}

#[test]
fn a_sample_goes_out_byte_for_byte_unless_it_is_changed() {
    let place = Place::new();
    let listening = place.listen(&[]);
    place.run_with_secret(&["trigger", "PING", "--url", &listening.url]);
    let id = event(&listening.line())["id"].as_str().unwrap().to_owned();
    assert_eq!(place.run(&["events", "--raw", &id]).stdout, fixture::body(EventType::WebhookPingCreated));
}

#[test]
fn a_part_is_set_and_a_new_id_makes_it_news() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let set = "/data/attributes/newState=FAILED";
    let arguments =
        ["trigger", "BUILD_UPLOAD_STATE_UPDATED", "--set", set, "--new-id", "--count", "3", "--url", &listening.url];
    assert!(place.run_with_secret(&arguments).status.success());
    let events: Vec<_> = (0..3).map(|_| event(&listening.line())).collect();
    assert!(events.iter().all(|event| event["to"] == "FAILED"));
    assert!(events[0]["id"] != events[1]["id"] && events[1]["id"] != events[2]["id"]);
}

#[test]
fn a_refusal_is_printed_and_is_a_failure() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let nowhere = listening.url.replace("/hooks/", "/hooks/x");
    let output = place.run_with_secret(&["trigger", "PING", "--url", &nowhere]);
    assert_eq!(output.status.code(), Some(1));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let reason = "there is nothing at this path";
    assert_eq!(printed, json!({ "answer": { "status": 404, "message": reason } }));
    #[cfg(target_os = "linux")]
    {
        let mut command = place.command(&["trigger", "PING", "--url", &nowhere, "--secret-file"]);
        command.arg(place.secret_file());
        let Some(said) = crate::terminal::at_a_terminal(&command) else { return };
        assert!(said.starts_with(&format!("404 Not Found: {reason}\r\n")), "{said}");
        assert!(said.contains("hookbell: the event was rejected\r\n"), "{said}");
    }
}

#[test]
fn printing_shows_a_request_that_verifies() {
    let place = Place::new();
    let output = place.run_with_secret(&["trigger", "PING", "--print"]);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let body = printed["request"]["body"].as_str().unwrap();
    assert_eq!(printed["request"]["signature"], signature(body.as_bytes()));
    assert!(printed.get("answer").is_none(), "{printed}");
}

#[test]
fn wrong_words_are_usage_errors_that_say_what_is_right() {
    let place = Place::new();
    let check = |arguments: &[&str], said: &str| {
        let output = place.run_with_secret(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(said), "{stderr}");
    };
    check(&["trigger", "PONG", "--url", "http://127.0.0.1:9/hooks/x"], "BUILD_UPLOAD_STATE_UPDATED");
    check(&["trigger", "PING", "--url", "ftp://example.com"], "http://");
    check(&["trigger", "PING", "--url", "http://127.0.0.1:9/", "--set", "data=1"], "--set data=1");
    check(&["trigger", "PING"], "--url");
}

#[test]
fn nobody_there_is_said_in_one_line() {
    let output = Place::new().run_with_secret(&["trigger", "PING", "--url", "http://127.0.0.1:9/hooks/x"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("http://127.0.0.1:9/hooks/x") && said.contains("hookbell listen"), "{said}");
}
