//! Malformed input of any kind: the next valid delivery is served.

use hookbell_core::SIGNATURE_HEADER;
use hookbell_ingress::listener::Limits;
use proptest::{collection::vec, prelude::*};
use tokio::{io::AsyncWriteExt, runtime::Runtime};

use crate::support::{Server, chunked, head, path, request, signature, signed, soon};

#[tokio::test]
async fn what_is_not_http_1_is_turned_down_and_kills_nothing() {
    let server = Server::start(Limits::default()).await;
    let client_hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\x20";
    let long_header = "x".repeat(100_000);
    let strangers: [(&str, Vec<u8>, &str); 9] = [
        ("a TLS client", client_hello.to_vec(), "HTTP/1.1 400 "),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec(), "HTTP/1.1 400 "),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), ""),
        ("HTTP/3.7", b"POST / HTTP/3.7\r\n\r\n".to_vec(), "HTTP/1.1 400 "),
        ("zero bytes", vec![0; 5000], "HTTP/1.1 400 "),
        ("an endless header", head("POST", &path(), &[("x", &long_header)]), "HTTP/1.1 431 "),
        ("an endless path", head("POST", &format!("/{}", "x".repeat(70_000)), &[]), "HTTP/1.1 4"),
        ("two lengths", head("POST", &path(), &[("content-length", "1"), ("content-length", "2")]), "HTTP/1.1 400 "),
        ("a negative length", head("POST", &path(), &[("content-length", "-1")]), "HTTP/1.1 400 "),
    ];
    for (who, bytes, answer) in strangers {
        let mut sender = server.connect().await;
        // The listener can refuse and reset the connection before everything is written.
        let _ = soon(sender.stream.write_all(&bytes)).await;
        let said = sender.closed().await;
        assert!(said.starts_with(answer), "{who}: {said:?}");
        assert_eq!(server.ask(signed(b"{}")).await.status, 200, "after {who}");
    }
}

#[tokio::test]
async fn tunnels_and_upgrades_are_not_for_this_listener() {
    let server = Server::start(Limits::default()).await;
    let connect = server.ask("CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n").await;
    assert_eq!(connect.status, 404);
    let upgrade = [("connection", "upgrade"), ("upgrade", "websocket"), (SIGNATURE_HEADER, &signature(b"{}"))];
    assert_eq!(server.ask(request("POST", &path(), &upgrade, b"{}")).await.status, 200);
}

#[tokio::test]
async fn chunked_wins_over_a_length_so_no_second_request_can_hide_in_a_body() {
    let server = Server::start(Limits::default()).await;
    let hidden = signed(b"hidden");
    let length = hidden.len().to_string();
    let headers =
        [("content-length", length.as_str()), ("transfer-encoding", "chunked"), (SIGNATURE_HEADER, &signature(b"{}"))];
    let mut sender = server.connect().await;
    sender.say([head("POST", &path(), &headers), chunked(b"{}", 2), hidden].concat()).await;
    assert_eq!(sender.answer().await.status, 200);
    assert_eq!(sender.closed().await, "");
    assert_eq!(server.ledger.stored().len(), 1);
}

/// Random bytes, a valid request with some bytes changed, or a truncated one.
fn nonsense() -> impl Strategy<Value = Vec<u8>> {
    let good = signed(b"{\"data\":{}}");
    let (length, broken_off) = (good.len(), good.clone());
    let changed = vec((0..length, any::<u8>()), 1..6).prop_map(move |changes| {
        let mut bytes = good.clone();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes
    });
    prop_oneof![
        vec(any::<u8>(), 0..2000),
        changed,
        (0..length).prop_map(move |end| broken_off[..end].to_vec()),
        vec(any::<u8>(), 0..200)
            .prop_map(|noise| [head("POST", &path(), &[("transfer-encoding", "chunked")]), noise].concat()),
    ]
}

#[test]
fn no_bytes_ever_stop_it_from_serving_the_next_good_request() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(Limits::default()));
    proptest!(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) }, |(bytes in nonsense())| {
        runtime.block_on(async {
            let mut sender = server.connect().await;
            let _ = soon(sender.stream.write_all(&bytes)).await;
            prop_assert_eq!(server.ask(signed(b"good")).await.status, 200);
            Ok(())
        })?;
    });
    let whole = [b"good".to_vec(), b"{\"data\":{}}".to_vec()];
    let stored = server.ledger.stored();
    assert!(stored.len() >= 200);
    assert!(stored.iter().all(|delivery| whole.contains(&delivery.body)), "something unsigned was handed on");
}
