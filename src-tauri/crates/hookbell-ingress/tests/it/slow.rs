//! Slow or silent senders lose their connection; nobody else notices.

use std::time::Duration;

use hookbell_core::SIGNATURE_HEADER;
use hookbell_ingress::listener::Limits;
use tokio::{
    io::AsyncWriteExt,
    net::TcpSocket,
    time::{interval, timeout},
};

use crate::support::{Server, head, path, signature, signed, soon};

const SHORT: Duration = Duration::from_millis(400);

#[tokio::test]
async fn a_head_that_never_ends_is_cut_while_others_are_served() {
    let server = Server::start(Limits { header_timeout: SHORT, ..Limits::default() }).await;
    let mut half_open = server.connect().await;
    half_open.say("POST /hooks/a HTTP/1.1\r\nhost: x\r\n").await;
    assert_eq!(server.ask(signed(b"{}")).await.status, 200);
    let answer = half_open.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (408, "the request took too long\n"));
    assert_eq!(half_open.closed().await, "");
}

#[tokio::test]
async fn heads_that_never_end_keep_nobody_out() {
    let limits = Limits { header_timeout: Duration::from_secs(3600), connections: 4, ..Limits::default() };
    let server = Server::start(limits).await;
    let mut kept = server.connect().await;
    kept.say(signed(b"0")).await;
    assert_eq!(kept.answer().await.status, 200);
    let mut half_open = Vec::new();
    for count in 1..=20_u8 {
        let mut sender = server.connect().await;
        sender.say("POST /hooks/a HTTP/1.1\r\nhost: x\r\n").await;
        half_open.push(sender);
        assert_eq!(server.ask(signed(&[count])).await.status, 200, "after {count} of them");
    }
    let answer = half_open.remove(0).answer().await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")), "the oldest had to leave");
    kept.say(signed(b"again")).await;
    assert_eq!(kept.answer().await.status, 200, "a sender that proved itself kept its connection");
}

#[tokio::test]
async fn a_head_that_trickles_in_gains_no_time() {
    let server = Server::start(Limits { header_timeout: SHORT, ..Limits::default() }).await;
    let mut sender = server.connect().await;
    sender.say("POST / HTTP/1.1\r\nx: ").await;
    let (mut reading, mut writing) = sender.stream.split();
    let trickle = async {
        let mut beat = interval(SHORT / 10);
        while writing.write_all(b"x").await.is_ok() {
            beat.tick().await;
        }
    };
    let cut = async {
        let mut said = Vec::new();
        let _reset_is_cut_too = tokio::io::AsyncReadExt::read_to_end(&mut reading, &mut said).await;
        said
    };
    let said = soon(async {
        tokio::select! { said = cut => said, () = trickle => Vec::new() }
    })
    .await;
    assert!(said.is_empty() || said.starts_with(b"HTTP/1.1 408 "), "{}", said.escape_ascii());
}

#[tokio::test]
async fn a_silent_connection_is_closed_without_a_word() {
    let server = Server::start(Limits { header_timeout: SHORT, ..Limits::default() }).await;
    assert_eq!(server.connect().await.closed().await, "");
}

#[tokio::test]
async fn a_body_that_never_ends_gets_408() {
    let server = Server::start(Limits { body_timeout: SHORT, ..Limits::default() }).await;
    let headers = [("content-length", "10"), (SIGNATURE_HEADER, &signature(b"0123456789"))];
    let mut sender = server.connect().await;
    sender.say(head("POST", &path(), &headers)).await;
    sender.say("01234").await;
    let answer = sender.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (408, "the request took too long\n"));
    assert_eq!(answer.header("connection"), Some("close"));
}

#[tokio::test]
async fn a_kept_connection_may_idle_for_longer_than_a_head_may_take() {
    let server = Server::start(Limits { header_timeout: SHORT, ..Limits::default() }).await;
    let mut kept = server.connect().await;
    kept.say(signed(b"1")).await;
    assert_eq!(kept.answer().await.status, 200);

    // A silent connection serves as the clock: once it is closed, the head timeout has passed.
    server.connect().await.closed().await;
    kept.say(signed(b"2")).await;
    assert_eq!(kept.answer().await.status, 200);
}

#[tokio::test]
async fn a_kept_connection_is_closed_once_it_idled_too_long() {
    let server = Server::start(Limits { idle_timeout: SHORT, ..Limits::default() }).await;
    let mut kept = server.connect().await;
    kept.say(signed(b"1")).await;
    assert_eq!(kept.answer().await.status, 200);
    assert_eq!(kept.closed().await, "");
}

#[tokio::test]
async fn a_sender_that_never_takes_its_answers_is_cut() {
    let server = Server::start(Limits { idle_timeout: SHORT, connections: 1, ..Limits::default() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2048).unwrap();
    let mut stream = soon(socket.connect(([127, 0, 0, 1], server.port).into())).await.unwrap();
    let many = signed(b"{}").repeat(200);
    // Tens of thousands of answers fit into the system's buffers first, and each needs a signature check.
    let cut = async { while stream.write_all(&many).await.is_ok() {} };
    timeout(Duration::from_secs(180), cut).await.expect("the sender is cut in the end");
}
