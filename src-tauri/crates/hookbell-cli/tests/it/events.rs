//! `hookbell events`: lists stored events, and prints a body verbatim.

use hookbell_core::{
    EventType,
    fixture::{self, Change},
};
use serde_json::{Value, json};

use crate::listening::{Place, client, event, post};

#[tokio::test]
async fn the_newest_come_first_and_no_more_than_asked_for() {
    let place = Place::new();
    let listening = place.listen(&[]);
    for id in ["one", "two", "three"] {
        post(&client(), &listening.url, format!("{{\"data\":{{\"id\":\"{id}\"}}}}").into_bytes()).await;
    }
    let ids: Vec<_> = place.events().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["three", "two", "one"]);
    let limited = place.run(&["events", "--limit", "1"]);
    assert_eq!(String::from_utf8(limited.stdout).unwrap().lines().count(), 1);
}

#[tokio::test]
async fn a_raw_body_is_printed_byte_for_byte() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let body = b"{ \"data\" : {\"id\":\"raw\", \"x\":\"\xff\x00\"}}\r\n\n".to_vec();
    post(&client(), &listening.url, body.clone()).await;
    let id = place.events()[0]["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("sha256:"), "{id}");
    assert_eq!(place.run(&["events", "--raw", &id]).stdout, body);
}

/// A version that reached a state.
fn version(id: &str, state: &str) -> Vec<u8> {
    let changes =
        [Change::id(&id.parse().unwrap()), Change::parse(&format!("/data/attributes/newValue={state}")).unwrap()];
    fixture::edit(fixture::body(EventType::AppStoreVersionAppVersionStateUpdated), &changes).unwrap()
}

#[tokio::test]
async fn filters_hold_together_and_the_values_of_one_widen_it() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let client = client();
    let ping = fixture::edit(fixture::body(EventType::WebhookPingCreated), &[Change::id(&"ping".parse().unwrap())]);
    for body in [
        version("waiting", "WAITING_FOR_REVIEW"),
        version("review", "IN_REVIEW"),
        version("rejected", "REJECTED"),
        version("live", "READY_FOR_DISTRIBUTION"),
        ping.unwrap(),
    ] {
        post(&client, &listening.url, body).await;
    }
    drop(listening);
    let ids = |filter: &[&str]| {
        let output = place.run(&[&["events", "--json"], filter].concat());
        assert!(output.status.success(), "{filter:?}: {output:?}");
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().map(|line| event(line)["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--state", "REJECTED"]), ["rejected"]);
    assert_eq!(ids(&["--state", "rejected", "--state", "IN_REVIEW"]), ["rejected", "review"]);
    assert_eq!(ids(&["--type", "PING"]), ["ping"]);
    let both = ["--type", "PING", "--type", "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"];
    assert_eq!(ids(&both).len(), 5);
    assert_eq!(ids(&[&both[..], &["--state", "IN_REVIEW"]].concat()), ["review"]);
    assert_eq!(ids(&["--importance", "needsYou"]), ["rejected"]);
    assert_eq!(ids(&["--importance", "needsYou", "--importance", "good"]), ["live", "rejected"]);
    assert_eq!(ids(&["--since", "2999-01-01"]), [""; 0]);
    assert_eq!(ids(&["--until", "2999-01-01", "--search", "READY_FOR_DISTRIBUTION"]), ["live"]);
    assert_eq!(ids(&["--archived"]), [""; 0]);
    assert_eq!(ids(&["--unread"]).len(), 5);

    let unknown = place.run(&["events", "--app", "6479283016", "--app", "1"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no app has the id"), "{unknown:?}");
    for wrong in [&["--state", "DONE"][..], &["--type", "PONG"], &["--importance", "urgent"]] {
        assert_eq!(place.run(&[&["events"], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_view_keeps_every_value_of_its_filter() {
    let place = Place::new();
    let listening = place.listen(&[]);
    for (id, state) in [("rejected", "REJECTED"), ("review", "IN_REVIEW"), ("waiting", "WAITING_FOR_REVIEW")] {
        post(&client(), &listening.url, version(id, state)).await;
    }
    drop(listening);
    let saved = place.run(&["views", "save", "Review", "--state", "REJECTED", "--state", "IN_REVIEW"]);
    assert!(saved.status.success(), "{saved:?}");
    let shown = place.run(&["events", "--view", "Review", "--json"]);
    assert_eq!(String::from_utf8(shown.stdout).unwrap().lines().count(), 2);
}

#[test]
fn an_unknown_id_is_named() {
    let output = Place::new().run(&["events", "--raw", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing"));
}

#[tokio::test]
async fn a_deletion_says_first_what_goes_and_exits_2_until_it_is_meant() {
    let place = Place::new();
    let listening = place.listen(&[]);
    for id in ["one", "two"] {
        let body = format!("{{\"data\":{{\"id\":\"{id}\",\"text\":\"quixotrypanite-{id}\"}}}}");
        post(&client(), &listening.url, body.into_bytes()).await;
    }
    drop(listening);
    let ids = || place.events().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(), ["two", "one"]);

    let asked = place.run(&["events", "delete", "one"]);
    assert_eq!(asked.status.code(), Some(2), "{asked:?}");
    assert!(String::from_utf8_lossy(&asked.stderr).contains("--yes"), "{asked:?}");
    let said: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!((&said["wouldDelete"]["events"], &said["wouldDelete"]["feedback"]), (&json!(1), &json!(0)));
    assert!(said["wouldDelete"]["oldest"].is_string() && said["wouldDelete"]["payloadBytes"].is_u64(), "{said}");
    assert_eq!(ids(), ["two", "one"], "nothing went");

    let done = place.run(&["events", "delete", "one", "--yes", "--json"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let deleted: Value = serde_json::from_slice(&done.stdout).unwrap();
    let wanted = json!({ "events": 1, "feedback": 0, "files": 0, "tracesUntilNextStart": false });
    assert_eq!(deleted["deleted"], wanted);
    assert_eq!(ids(), ["two"]);
    for entry in std::fs::read_dir(place.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let there = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        assert!(!there(b"quixotrypanite-one"), "{}", path.display());
    }

    let unknown = place.run(&["events", "delete", "one", "--yes"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("one"), "{unknown:?}");
    let nothing = place.run(&["events", "delete", "--before", "2020-01-01"]);
    assert_eq!(nothing.status.code(), Some(0), "there is nothing to confirm");
    let all = place.run(&["events", "delete", "--before", "2999-01-01", "--yes"]);
    assert_eq!(all.status.code(), Some(0), "{all:?}");
    assert_eq!(ids(), [""; 0]);
}

#[test]
fn a_deletion_needs_one_thing_to_choose_by() {
    let place = Place::new();
    for wrong in [
        &["events", "delete"][..],
        &["events", "delete", "--yes"],
        &["events", "delete", "one", "--app", "1"],
        &["events", "delete", "--app", "1", "--account", "a"],
        &["events", "delete", "--before", "last week"],
        &["feedback", "delete"],
    ] {
        assert_eq!(place.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_resent_event_arrives_byte_for_byte_with_its_signature_or_another() {
    let place = Place::new();
    let listening = place.listen(&[]);
    let body = b"{ \"data\" : {\"id\":\"again\", \"x\":\"\xff\x00\"}}\r\n\n".to_vec();
    post(&client(), &listening.url, body.clone()).await;
    let id = place.events()[0]["id"].as_str().unwrap().to_owned();

    let other = Place::new();
    let receiver = other.listen(&[]);
    let sent = place.run(&["events", "resend", &id, "--to", &receiver.url]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let answer: Value = serde_json::from_slice(&sent.stdout).unwrap();
    assert_eq!(answer["status"], 200, "{answer}");
    assert!(answer["milliseconds"].is_u64() && answer["response"] == "stored\n", "{answer}");
    assert_eq!(other.run(&["events", "--raw", &id]).stdout, body);

    std::fs::write(place.secret_file(), "another secret").unwrap();
    let refused = place.run_with_secret(&["events", "resend", &id, "--to", &receiver.url]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert_eq!(serde_json::from_slice::<Value>(&refused.stdout).unwrap()["status"], 401);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("did not accept the event"), "{refused:?}");
}

#[tokio::test]
async fn what_cannot_be_resent_says_why() {
    let place = Place::new();
    let listening = place.listen(&[]);
    post(&client(), &listening.url, b"{\"data\":{\"id\":\"one\"}}".to_vec()).await;
    let refused = |id: &str, to: &str| {
        let output = place.run(&["events", "resend", id, "--to", to]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused("nothing", &listening.url).contains("nothing"));
    assert!(refused("one", "localhost:3000").contains("http://"));
    let password = refused("one", "https://mira:hunter2@localhost/");
    assert!(password.contains("password") && !password.contains("hunter2"), "{password}");
}
