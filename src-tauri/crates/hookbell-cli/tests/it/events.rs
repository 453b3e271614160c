//! `hookbell events`: what is stored, and a body as it came.

use crate::listening::{Place, client, post};

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

#[test]
fn an_unknown_id_is_named() {
    let output = Place::new().run(&["events", "--raw", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing"));
}
