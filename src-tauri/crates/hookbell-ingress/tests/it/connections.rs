//! Which connections stay open, and how many.

#[cfg(unix)]
use std::process::Stdio;
use std::time::Duration;

use hookbell_ingress::listener::Limits;
#[cfg(unix)]
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

#[cfg(unix)]
use crate::support::Sender;
use crate::support::{Mood, Server, head, path, request, signed, soon};

#[tokio::test]
async fn a_connection_carries_one_delivery_after_another() {
    let server = Server::start(Limits::default()).await;
    let mut sender = server.connect().await;
    for body in [b"1", b"2", b"3"] {
        sender.say(signed(body)).await;
        let answer = sender.answer().await;
        assert_eq!((answer.status, answer.header("connection")), (200, None));
    }
}

#[tokio::test]
async fn deliveries_sent_in_one_go_are_stored_and_answered_in_order() {
    let server = Server::start(Limits::default()).await;
    let mut sender = server.connect().await;
    sender.say([signed(b"1"), signed(b"2"), request("POST", &path(), &[], b"3"), signed(b"4")].concat()).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(sender.answer().await.status);
    }
    assert_eq!(statuses, [200, 200, 401]);
    assert_eq!(sender.closed().await, "", "a refusal is the last answer of its connection");
    let bodies: Vec<_> = server.ledger.stored().into_iter().map(|delivery| delivery.body).collect();
    assert_eq!(bodies, [b"1", b"2"]);
}

#[tokio::test]
async fn nobody_but_a_verified_sender_keeps_a_connection() {
    let server = Server::start(Limits::default()).await;
    let refused = [
        request("POST", &path(), &[], b"{}"),
        request("POST", "/hooks/other", &[], b"{}"),
        head("GET", &path(), &[]),
        head("GET", "/healthz", &[]),
    ];
    for request in refused {
        let mut sender = server.connect().await;
        sender.say(request).await;
        assert_eq!(sender.answer().await.header("connection"), Some("close"));
        assert_eq!(sender.closed().await, "");
    }
}

#[tokio::test]
async fn one_connection_too_many_is_told_to_come_back() {
    let server = Server::start(Limits { connections: 2, ..Limits::default() }).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut inside = Vec::new();
    for count in 1..=2 {
        let mut sender = server.connect().await;
        sender.say(signed(b"{}")).await;
        server.ledger.begun_soon(count).await;
        inside.push(sender);
    }

    for early_request in [signed(b"{}"), Vec::new()] {
        let mut outside = server.connect().await;
        outside.say(early_request).await;
        let answer = outside.answer().await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
        assert_eq!(answer.body, "too many connections; try again in a moment\n");
        assert_eq!(outside.closed().await, "");
    }
    assert_eq!(*server.ledger.begun.borrow(), 2);

    server.ledger.mood.send_replace(Mood::Stores);
    for mut sender in inside {
        assert_eq!(sender.answer().await.status, 200);
    }
    let mut again = tokio::time::interval(Duration::from_millis(20));
    soon(async {
        while server.ask(signed(b"{}")).await.status != 200 {
            again.tick().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_sender_that_hangs_up_does_not_undo_what_it_sent() {
    let server = Server::start(Limits::default()).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    server.ledger.begun_soon(1).await;
    drop(sender);
    assert_eq!(server.ask(head("GET", "/healthz", &[])).await.status, 200);
    server.ledger.mood.send_replace(Mood::Stores);
    assert_eq!(server.ledger.stored_soon(1).await[0].body, b"{}");
}

/// Runs this test again in a child that is limited to 24 open files, and opens 40 connections to it.
#[cfg(unix)]
#[tokio::test]
async fn running_out_of_file_descriptors_does_not_end_it() {
    const CHILD: &str = "HOOKBELL_TEST_FEW_DESCRIPTORS";
    const NAME: &str = "connections::running_out_of_file_descriptors_does_not_end_it";
    if std::env::var_os(CHILD).is_some() {
        let server = Server::start(Limits::default()).await;
        println!("\nport={}", server.port);
        return server.ended.await.unwrap();
    }
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 24 && exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .arg(NAME)
        .env(CHILD, "1")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = loop {
        let line = soon(lines.next_line()).await.unwrap().expect("the child names its port");
        if let Some(port) = line.strip_prefix("port=") {
            break port.parse().unwrap();
        }
    };

    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(Sender::connect(port).await);
    }
    let mut late = Sender::connect(port).await;
    late.say(signed(b"{}")).await;
    let mut byte = [0];
    timeout(Duration::from_millis(300), late.stream.peek(&mut byte)).await.expect_err("there was no room for it");
    drop(silent);
    assert_eq!(late.answer().await.status, 200);
}
