//! The body limit, and all the ways in which a body arrives or fails to.

use hookbell_core::SIGNATURE_HEADER;
use hookbell_ingress::listener::Limits;
use tokio::io::AsyncWriteExt;

use crate::support::{Mood, Server, chunked, head, path, signature, signed, soon};

const MIB: usize = 1024 * 1024;
const TOO_LARGE: (u16, &str) = (413, "the body is longer than 1048576 bytes\n");

#[tokio::test]
async fn a_length_over_the_limit_is_refused_before_the_body() {
    let server = Server::start(Limits::default()).await;
    for extra in [("accept", "*/*"), ("expect", "100-continue")] {
        let headers = [("content-length", "2097152"), (SIGNATURE_HEADER, &signature(b"")), extra];
        let mut sender = server.connect().await;
        sender.say(head("POST", &path(), &headers)).await;
        let answer = sender.answer().await;
        assert_eq!((answer.status, answer.body.as_str()), TOO_LARGE);
        assert_eq!(answer.header("connection"), Some("close"));
    }
}

#[tokio::test]
async fn a_sender_that_writes_on_regardless_still_gets_to_read_why() {
    let server = Server::start(Limits::default()).await;
    let answer = server.ask(signed(&vec![b'x'; 16 * MIB])).await;
    assert_eq!((answer.status, answer.body.as_str()), TOO_LARGE);
}

#[tokio::test]
async fn a_chunked_body_is_counted_as_it_comes() {
    let server = Server::start(Limits::default()).await;
    let body = vec![b'x'; MIB + 1];
    let mut sender = server.connect().await;
    let headers = [("transfer-encoding", "chunked"), (SIGNATURE_HEADER, &signature(&body))];
    sender.say(head("POST", &path(), &headers)).await;
    sender.say(chunked(&body, 60_000)).await;
    let answer = sender.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), TOO_LARGE);
    assert_eq!(*server.ledger.begun.borrow(), 0);
}

#[tokio::test]
async fn exactly_the_limit_is_taken_with_and_without_a_length() {
    let server = Server::start(Limits::default()).await;
    let body = vec![b'x'; MIB];
    assert_eq!(server.ask(signed(&body)).await.status, 200);

    let mut sender = server.connect().await;
    let headers = [("transfer-encoding", "chunked"), (SIGNATURE_HEADER, &signature(&body))];
    sender.say(head("POST", &path(), &headers)).await;
    sender.say(chunked(&body, 4096)).await;
    assert_eq!(sender.answer().await.status, 200);
    assert!(server.ledger.stored().iter().all(|delivery| delivery.body == body));
}

#[tokio::test]
async fn a_sender_that_asks_first_is_told_to_go_on_only_if_it_may() {
    let server = Server::start(Limits::default()).await;
    let good = signature(b"{}");
    let ask = [("content-length", "2"), ("expect", "100-continue"), (SIGNATURE_HEADER, good.as_str())];
    let mut sender = server.connect().await;
    sender.say(head("POST", &path(), &ask)).await;
    assert_eq!(sender.answer().await.status, 100);
    sender.say("{}").await;
    assert_eq!(sender.answer().await.status, 200);

    assert_eq!(server.ask(head("POST", "/hooks/unknown", &ask)).await.status, 404);
    assert_eq!(server.ask(head("POST", &path(), &ask[..2])).await.status, 401);
}

#[tokio::test]
async fn a_sender_that_only_ends_its_sending_side_gets_its_answer() {
    let server = Server::start(Limits::default()).await;
    server.ledger.mood.send_replace(Mood::Hesitates);
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    soon(sender.stream.shutdown()).await.unwrap();
    server.ledger.begun_soon(1).await;
    // Once another sender is served, the listener has seen the end of this one.
    assert_eq!(server.ask(head("GET", "/healthz", &[])).await.status, 200);
    server.ledger.mood.send_replace(Mood::Stores);
    assert_eq!(sender.answer().await.status, 200);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_never_handed_on() {
    let server = Server::start(Limits::default()).await;
    let whole = signed(b"{\"data\":1}");
    let mut sender = server.connect().await;
    sender.say(&whole[..whole.len() - 1]).await;
    soon(sender.stream.shutdown()).await.unwrap();
    let answer = sender.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (400, "the body is incomplete or malformed\n"));

    let headers = [("transfer-encoding", "chunked"), (SIGNATURE_HEADER, &signature(b"{}"))];
    let mut sender = server.connect().await;
    sender.say(head("POST", &path(), &headers)).await;
    sender.say("2\r\n{}\r\nzz\r\n").await;
    assert_eq!(sender.answer().await.status, 400);
    assert_eq!(*server.ledger.begun.borrow(), 0);
}
