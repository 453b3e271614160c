//! Every answer of the table, and which request gets it.

use hookbell_core::{ReceivedDelivery, SIGNATURE_HEADER, Secret, Signature, SignatureError};
use hookbell_ingress::listener::{Limits, Unavailable};

use crate::support::{
    LOCKED, Mood, NONCE, RECEIVED_AT, Server, TOKEN, head, path, request, secrets, signature, signed, webhook,
};

#[tokio::test]
async fn stores_a_signed_delivery_byte_for_byte_and_then_answers_200() {
    let server = Server::start(Limits::default()).await;
    let bodies: [&[u8]; 4] = [br#"{"data":{"id":"1"}}"#, b"not JSON", b"\xff\x00\r\n\x80", b""];
    for body in bodies {
        let answer = server.ask(signed(body)).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "stored\n"));
    }
    let expected = bodies.map(|body| ReceivedDelivery {
        webhook: webhook(),
        body: body.to_vec(),
        received_at: RECEIVED_AT,
        signature: Some(Signature::of(&secrets()[0], body)),
    });
    assert_eq!(server.ledger.stored(), expected);
}

#[tokio::test]
async fn the_same_delivery_again_gets_200_again() {
    let server = Server::start(Limits::default()).await;
    for _ in 0..2 {
        assert_eq!(server.ask(signed(b"{}")).await.status, 200);
    }
}

#[tokio::test]
async fn takes_a_signature_in_either_case_and_by_either_secret_of_a_rotation() {
    let server = Server::start(Limits::default()).await;
    for secret in secrets() {
        let lower = Signature::of(&secret, b"{}").to_string();
        let upper = format!("hmacsha256={}", lower["hmacsha256=".len()..].to_uppercase());
        for value in [lower, upper] {
            let answer = server.ask(request("POST", &path(), &[("X-Apple-SIGNATURE", &value)], b"{}")).await;
            assert_eq!(answer.status, 200, "{value}");
        }
    }
}

#[tokio::test]
async fn refuses_what_is_not_signed_with_the_reason_and_hands_none_of_it_on() {
    let server = Server::start(Limits::default()).await;
    let good = signature(b"{}");
    let foreign = Signature::of(&Secret::new("somebody else's").unwrap(), b"{}").to_string();
    let other_body = signature(b"{ }");
    let cases: [(&[(&str, &str)], SignatureError); 8] = [
        (&[], SignatureError::Missing),
        (&[("x-apple-signatures", &good)], SignatureError::Missing),
        (&[(SIGNATURE_HEADER, &good), (SIGNATURE_HEADER, &good)], SignatureError::Repeated),
        (&[(SIGNATURE_HEADER, "")], SignatureError::WrongScheme),
        (&[(SIGNATURE_HEADER, &good[11..])], SignatureError::WrongScheme),
        (&[(SIGNATURE_HEADER, &good[..73])], SignatureError::NotHex),
        (&[(SIGNATURE_HEADER, &foreign)], SignatureError::Mismatch),
        (&[(SIGNATURE_HEADER, &other_body)], SignatureError::Mismatch),
    ];
    for (headers, why) in cases {
        let answer = server.ask(request("POST", &path(), headers, b"{}")).await;
        assert_eq!((answer.status, answer.body), (401, format!("{why}\n")));
    }
    assert_eq!(server.ledger.refused(), cases.map(|(_, why)| why));
    assert_eq!(*server.ledger.begun.borrow(), 0);
}

#[tokio::test]
async fn a_path_that_no_webhook_has_gets_404() {
    let server = Server::start(Limits::default()).await;
    let beside =
        ["/", "/hooks", "/hooks/", "/hooks/other", "/hooks/%FF", "/hooks//", "/favicon.ico", "*"].map(str::to_owned);
    let near = [
        format!("{}/", path()),
        format!("{}%2F", path()),
        format!("//hooks/{TOKEN}"),
        format!("/HOOKS/{TOKEN}"),
        format!("/%68ooks/{TOKEN}"),
        format!("/hooks/{}", TOKEN.to_lowercase()),
        format!("/hooks/./{TOKEN}"),
    ];
    for path in beside.iter().chain(&near) {
        let answer = server.ask(request("POST", path, &[(SIGNATURE_HEADER, &signature(b"{}"))], b"{}")).await;
        assert_eq!((answer.status, answer.body.as_str()), (404, "there is nothing at this path\n"), "{path}");
    }
    assert_eq!(*server.ledger.begun.borrow(), 0);
}

#[tokio::test]
async fn an_encoded_path_a_query_and_a_full_address_reach_the_webhook() {
    let server = Server::start(Limits::default()).await;
    let every_byte: String = TOKEN.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let paths = [
        format!("/hooks/{every_byte}"),
        format!("/hooks/%41{}", &TOKEN[1..]),
        format!("{}?from=a%20tunnel", path()),
        format!("http://tunnel.example{}", path()),
    ];
    for path in paths {
        let answer = server.ask(request("POST", &path, &[(SIGNATURE_HEADER, &signature(b"{}"))], b"{}")).await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn other_methods_get_405_with_the_one_that_is_allowed() {
    let server = Server::start(Limits::default()).await;
    let hooks = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "BREW"];
    let health = ["POST", "HEAD", "OPTIONS", "PUT"];
    let unknown = "/hooks/whatever".to_owned();
    let asked = hooks.iter().flat_map(|method| [(method, path(), "POST"), (method, unknown.clone(), "POST")]);
    for (method, path, allowed) in asked.chain(health.iter().map(|method| (method, "/healthz".into(), "GET"))) {
        let answer = server.ask(head(method, &path, &[])).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)), "{method} {path}");
        if *method != "HEAD" {
            assert_eq!(answer.body, format!("this path takes {allowed} only\n"));
        }
    }
}

#[tokio::test]
async fn healthz_answers_the_nonce_of_this_run() {
    let server = Server::start(Limits::default()).await;
    let answer = server.ask(head("GET", "/healthz", &[])).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, NONCE));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_receiver_that_can_not_store_means_503_and_when_to_try_again() {
    let server = Server::start(Limits::default()).await;
    let moods = [
        (Mood::IsUnavailable(Unavailable::Busy), "5", Unavailable::Busy),
        (Mood::IsUnavailable(Unavailable::CannotStore), "60", Unavailable::CannotStore),
        (Mood::BreaksDown, "60", Unavailable::CannotStore),
    ];
    for (mood, seconds, why) in moods {
        server.ledger.mood.send_replace(mood);
        let answer = server.ask(signed(b"{}")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some(seconds)), "{mood:?}");
        assert_eq!(answer.body, format!("{why}\n"));
    }
    server.ledger.mood.send_replace(Mood::Stores);
    assert_eq!(server.ask(signed(b"{}")).await.status, 200);
}

#[tokio::test]
async fn a_webhook_without_a_readable_secret_means_503_but_never_to_the_unsigned() {
    let server = Server::start(Limits::default()).await;
    let locked = format!("/hooks/{LOCKED}");
    let answer = server.ask(request("POST", &locked, &[(SIGNATURE_HEADER, &signature(b"{}"))], b"{}")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("60")));
    assert_eq!(answer.body, "this webhook's secret can't be read right now; redeliver it later\n");
    assert_eq!(server.ledger.refused(), []);

    assert_eq!(server.ask(request("POST", &locked, &[], b"{}")).await.status, 401);
    assert_eq!(server.ledger.refused(), [SignatureError::Missing]);
    assert_eq!(*server.ledger.begun.borrow(), 0);
}

#[tokio::test]
async fn the_kind_of_the_body_does_not_matter_and_nothing_is_unpacked() {
    let server = Server::start(Limits::default()).await;
    let value = signature(b"\x1f\x8bnot really gzip");
    let headers = [(SIGNATURE_HEADER, value.as_str()), ("content-encoding", "gzip"), ("content-type", "image/png")];
    assert_eq!(server.ask(request("POST", &path(), &headers, b"\x1f\x8bnot really gzip")).await.status, 200);
    assert_eq!(server.ledger.stored()[0].body, b"\x1f\x8bnot really gzip");
}

#[tokio::test]
async fn no_page_in_a_browser_is_invited_to_read_an_answer() {
    let server = Server::start(Limits::default()).await;
    let origin = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    for (method, path) in [("OPTIONS", path()), ("GET", "/healthz".into()), ("POST", path())] {
        let answer = server.ask(request(method, &path, &origin, b"")).await;
        assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
    }
}
