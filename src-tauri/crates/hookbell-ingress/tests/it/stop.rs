//! Shutdown: requests in flight finish within a limit, and the port is free again.

use std::time::Duration;

use hookbell_core::SIGNATURE_HEADER;
use hookbell_ingress::listener::{Limits, Listener};

use crate::support::{Mood, Server, head, path, signature, signed, soon};

#[tokio::test]
async fn a_delivery_in_flight_gets_its_200_and_the_port_is_free_afterwards() {
    let server = Server::start(Limits::default()).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    server.ledger.begun_soon(1).await;

    server.stop.cancel();
    server.ledger.mood.send_replace(Mood::Stores);
    let answer = sender.answer().await;
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    drop(sender);
    soon(server.ended).await.unwrap();
    assert_eq!(Listener::bind(server.port).await.unwrap().port(), server.port);
}

#[tokio::test]
async fn the_port_is_given_back_before_the_last_request_is_done() {
    let server = Server::start(Limits::default()).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    server.ledger.begun_soon(1).await;

    server.stop.cancel();
    let mut again = tokio::time::interval(Duration::from_millis(10));
    let _next = soon(async {
        loop {
            if let Ok(listener) = Listener::bind(server.port).await {
                break listener;
            }
            again.tick().await;
        }
    })
    .await;
    server.ledger.mood.send_replace(Mood::Stores);
    assert_eq!(sender.answer().await.status, 200);
}

#[tokio::test]
async fn a_body_on_its_way_may_still_arrive() {
    let server = Server::start(Limits::default()).await;
    let headers = [("content-length", "4"), ("expect", "100-continue"), (SIGNATURE_HEADER, &signature(b"abcd"))];
    let mut sender = server.connect().await;
    sender.say(head("POST", &path(), &headers)).await;
    assert_eq!(sender.answer().await.status, 100);
    server.stop.cancel();
    sender.say("abcd").await;
    assert_eq!(sender.answer().await.status, 200);
}

#[tokio::test]
async fn what_does_not_finish_in_time_is_cut_without_an_answer() {
    let server = Server::start(Limits { drain: Duration::from_millis(100), ..Limits::default() }).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    server.ledger.begun_soon(1).await;
    server.stop.cancel();
    soon(server.ended).await.unwrap();
    assert_eq!(sender.closed().await, "");
    assert!(server.ledger.stored().is_empty());
}

#[tokio::test]
async fn connections_without_a_request_do_not_hold_up_the_end() {
    let server = Server::start(Limits { drain: Duration::from_secs(3600), ..Limits::default() }).await;
    let silent = server.connect().await;
    let mut kept = server.connect().await;
    kept.say(signed(b"{}")).await;
    assert_eq!(kept.answer().await.status, 200);
    server.stop.cancel();
    assert_eq!(silent.closed().await, "");
    assert_eq!(kept.closed().await, "");
    soon(server.ended).await.unwrap();
}

#[tokio::test]
async fn nothing_outlives_a_listener_that_is_dropped() {
    let server = Server::start(Limits::default()).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    server.ledger.begun_soon(1).await;
    server.ended.abort();
    assert_eq!(sender.closed().await, "");
}
