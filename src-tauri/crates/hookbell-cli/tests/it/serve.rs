//! `hookbell serve`: what it notifies about, and when.

use std::{
    net::TcpListener,
    process::{Command, Output},
};

use hookbell_core::{EventType, WebhookId};
use hookbell_store::{NewWebhook, Opened, Origin, Store};
use jiff::Timestamp;
use serde_json::Value;

use crate::listening::{Listening, PATIENCE, Place, client, post, sample};

/// `hookbell serve` without a keychain.
fn serve(place: &Place, port: &str) -> Command {
    let mut command = place.command(&["serve", "--port", port, "--json"]);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A data directory with an event that has not been notified.
async fn place_with_an_event() -> Place {
    let place = Place::new();
    let mut listening = place.listen(&[]);
    let answer = post(&client(), &listening.url, sample(EventType::WebhookPingCreated, "one")).await;
    assert_eq!(answer, Some(200));
    listening.terminate();
    assert!(listening.child.wait().unwrap().success());
    place
}

/// The title of the first notification.
fn notified(serving: &Listening) -> String {
    loop {
        let line: Value = serde_json::from_str(&serving.line()).unwrap();
        if let Some(title) = line["notification"]["title"].as_str() {
            return title.to_owned();
        }
    }
}

#[tokio::test]
async fn a_refused_serve_announces_nothing_and_the_next_good_start_does() {
    let place = place_with_an_event().await;
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = holder.local_addr().unwrap().port().to_string();
    let refused = serve(&place, &taken).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(stdout(&refused), "");
    assert!(stderr(&refused).contains(&format!("port {taken} is taken")), "{}", stderr(&refused));

    let serving = Listening::start(serve(&place, "0"));
    assert_eq!(notified(&serving), "Ping");
}

#[tokio::test]
async fn a_serve_beside_one_that_listens_announces_nothing() {
    let place = place_with_an_event().await;
    let listening = place.listen(&[]);
    let refused = serve(&place, "0").output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(stdout(&refused), "");
    let pid = listening.child.id();
    assert!(stderr(&refused).contains(&format!("(PID {pid})")), "{}", stderr(&refused));
    drop(listening);

    let serving = Listening::start(serve(&place, "0"));
    assert_eq!(notified(&serving), "Ping");
}

#[tokio::test]
async fn serve_warns_that_the_secrets_can_not_be_read() {
    let place = Place::new();
    let id = WebhookId::new("local-one").unwrap();
    let Opened { store, .. } = Store::open(&place.data_dir(), Timestamp::now()).unwrap();
    let webhook = NewWebhook {
        id: id.clone(),
        name: "Studio".to_owned(),
        token: "a-path-of-its-own".to_owned(),
        origin: Origin::Local,
        created_at: Timestamp::now(),
    };
    store.add_webhook(webhook).await.unwrap();
    store.add_generation(&id, 1, Timestamp::now()).await.unwrap();
    store.close().await;

    let mut serving = Listening::start(serve(&place, "0"));
    let said = serving.errors().recv_timeout(PATIENCE).expect("a warning in time");
    assert!(said.starts_with("hookbell: No keychain is running. Deliveries will fail"), "{said}");
    let url = format!("{}/hooks/a-path-of-its-own", serving.url);
    assert_eq!(post(&client(), &url, sample(EventType::WebhookPingCreated, "one")).await, Some(503));
}
