//! `hookbell listen`: ready, a line for each new event, and a shutdown that loses nothing.

use std::net::TcpListener;

use hookbell_core::{EventType, fixture};
use serde_json::{Value, json};

use crate::listening::{Listening, Place, client, event, post, with_hangups};

#[tokio::test]
async fn every_type_of_event_becomes_one_line_with_every_part() {
    let place = Place::new();
    let listening = place.listen(&["--json"]);
    for (number, event_type) in EventType::all().enumerate() {
        let id = fixture::Change::id(&format!("event-{number}").parse().unwrap());
        let body = fixture::edit(fixture::body(event_type), &[id]).unwrap();
        assert_eq!(post(&client(), &listening.url, body).await, Some(200));
        let line = event(&listening.line());
        assert_eq!(line["id"], format!("event-{number}"));
        assert_eq!(line["type"], event_type.wire_name());
        assert_eq!(line["eventType"], json!(event_type.subscription_name()));
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        let parts = [
            "id",
            "type",
            "eventType",
            "instance",
            "from",
            "to",
            "timestamp",
            "receivedAt",
            "importance",
            "title",
            "body",
        ];
        assert_eq!(keys, parts);
        assert!(line["title"].as_str().is_some_and(|title| !title.is_empty() && !title.contains('_')));
    }
}

#[tokio::test]
async fn what_an_event_does_not_say_is_null() {
    let place = Place::new();
    let listening = place.listen(&[]);
    post(&client(), &listening.url, b"{\"data\":{\"type\":\"appClipThingUpdated\",\"id\":\"x\"}}".to_vec()).await;
    let line = event(&listening.line());
    assert_eq!(line["type"], "appClipThingUpdated");
    for part in ["eventType", "instance", "from", "to", "timestamp"] {
        assert_eq!(line[part], Value::Null, "{part}");
    }
}

#[tokio::test]
async fn a_redelivery_is_no_news() {
    let place = Place::new();
    let listening = place.listen(&[]);
    for id in ["one", "one", "two"] {
        post(&client(), &listening.url, format!("{{\"data\":{{\"id\":\"{id}\"}}}}").into_bytes()).await;
    }
    assert_eq!([event(&listening.line())["id"].clone(), event(&listening.line())["id"].clone()], ["one", "two"]);
}

#[tokio::test]
async fn a_termination_finishes_and_ends_with_0() {
    let place = Place::new();
    let mut listening = place.listen(&[]);
    let mut answered = Vec::new();
    for number in 0..50 {
        let body = format!("{{\"data\":{{\"id\":\"{number}\"}}}}").into_bytes();
        answered.push(post(&client(), &listening.url, body).await);
    }
    listening.terminate();
    assert!(listening.child.wait().unwrap().success());
    assert!(answered.iter().all(|status| *status == Some(200)));
    assert_eq!(listening.rest().len(), 50, "an event was answered and not printed");
    assert_eq!(place.events().len(), 50);
}

#[tokio::test]
async fn the_path_is_the_one_given_or_the_same_each_time() {
    let place = Place::new();
    let listening = place.listen(&["--path", "/hooks/studio"]);
    assert!(listening.url.ends_with("/hooks/studio"), "{}", listening.url);
    listening.kill();

    let other = Place::new();
    let path = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    let first = other.listen(&[]);
    let token = path(&first.url);
    assert!(token.len() >= 22, "{token} can be guessed");
    first.kill();
    assert_eq!(path(&other.listen(&[]).url), token);
}

#[test]
fn a_taken_port_is_named_and_another_offered() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let output = Place::new().run_with_secret(&["listen", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("--port"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_second_one_on_the_same_data_is_told_where_the_first_is() {
    let place = Place::new();
    let first = place.listen(&[]);
    let output = place.run_with_secret(&["listen", "--port", "0"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&first.child.id().to_string()) && said.contains("--data-dir"), "{said}");
}

#[test]
fn a_secret_comes_from_one_place_and_is_needed() {
    let place = Place::new();
    let without = place.run(&["listen", "--port", "0"]);
    assert_eq!(without.status.code(), Some(2));
    let unset = place.run(&["listen", "--port", "0", "--secret-env", "HOOKBELL_NO_SUCH"]);
    assert_eq!(unset.status.code(), Some(1));
    assert!(String::from_utf8(unset.stderr).unwrap().contains("HOOKBELL_NO_SUCH is not set"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_listener_leaves_no_core_behind_and_nobody_but_root_reads_its_memory() {
    use std::os::unix::fs::MetadataExt;

    let place = Place::new();
    let listening = place.listen(&[]);
    let process = format!("/proc/{}", listening.child.id());
    let limits = std::fs::read_to_string(format!("{process}/limits")).unwrap();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().next(), Some("0"), "{core}");
    // The process files belong to root if the process is not dumpable (proc(5)), regardless of who runs this test.
    let owner = std::fs::metadata(format!("{process}/environ")).unwrap();
    assert_eq!((owner.uid(), owner.gid()), (0, 0));
}

#[tokio::test]
async fn the_secret_is_in_no_file_and_no_output() {
    let place = Place::new();
    let mut listening = place.listen(&["--json"]);
    post(&client(), &listening.url, b"{}".to_vec()).await;
    let printed = listening.line();
    let process = std::fs::read(format!("/proc/{}/cmdline", listening.child.id())).unwrap_or_default();
    listening.terminate();
    listening.child.wait().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(listening.child.stderr.as_mut().unwrap(), &mut said).unwrap();
    for text in [printed.as_str(), &said, &String::from_utf8_lossy(&process)] {
        assert!(!text.contains(crate::listening::SECRET));
    }
    assert!(!place.holds(crate::listening::SECRET));
}

#[tokio::test]
async fn a_terminal_that_is_closed_ends_it_as_a_termination_does_unless_nohup_was_asked_for() {
    let place = Place::new();
    let mut listening = place.command(&["listen", "--port", "0"]);
    listening.arg("--secret-file").arg(place.secret_file());
    let mut listening = Listening::start(with_hangups(&listening));
    assert_eq!(post(&client(), &listening.url, b"{}".to_vec()).await, Some(200));
    listening.signal("HUP");
    assert!(listening.child.wait().unwrap().success());
    assert_eq!(listening.rest().len(), 1, "an event was answered and not printed");

    let mut command = std::process::Command::new("sh");
    command.args([
        "-c",
        "trap '' HUP; exec \"$0\" listen --port 0 --secret-file \"$1\"",
        env!("CARGO_BIN_EXE_hookbell"),
    ]);
    command.arg(place.secret_file()).env("HOOKBELL_DATA_DIR", place.data_dir());
    let mut stays = Listening::start(command);
    stays.signal("HUP");
    assert_eq!(post(&client(), &stays.url, b"[]".to_vec()).await, Some(200));
    stays.terminate();
    assert!(stays.child.wait().unwrap().success());
}
