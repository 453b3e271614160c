//! Events forwarded over HTTP.

use std::time::Duration;

use hookbell_actions::{ActionFailure, ActionTarget, Chat, ChatPost, Forwarded, Next, Sender};
use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};

use crate::server::{Reply, Server};

/// A body whose whitespace and order a parser would lose.
const BODY: &[u8] = b"{ \"data\" : {\"id\":\"1\", \"a\" : 1.0} }\n";

fn forwarded() -> Forwarded {
    Forwarded {
        body: BODY.to_vec(),
        headers: vec![(SIGNATURE_HEADER.to_owned(), "hmacsha256=as-it-came".to_owned())],
        idempotency_key: "run-1".to_owned(),
        allow_private_network: false,
    }
}

async fn fails(target: &ActionTarget) -> ActionFailure {
    Sender::default().forward(target, forwarded()).await.unwrap_err()
}

#[tokio::test]
async fn a_body_arrives_byte_for_byte_with_the_headers_it_came_with() {
    let server = Server::answering(204, "").await;
    let answer = Sender::default().forward(&server.target("/in"), forwarded()).await.unwrap();
    assert_eq!(answer.status, 204);
    let received = server.the_request();
    assert_eq!((received.path.as_str(), received.body.as_ref()), ("/in", BODY));
    assert_eq!(received.header(SIGNATURE_HEADER), Some("hmacsha256=as-it-came"));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.header("idempotency-key"), Some("run-1"));
}

#[tokio::test]
async fn a_body_that_is_signed_anew_has_one_signature_and_it_is_right() {
    let server = Server::answering(200, "").await;
    let secret = Secret::new("another secret").unwrap();
    Sender::default().forward(&server.target("/"), forwarded().signed(&secret)).await.unwrap();
    let received = server.the_request();
    let signatures: Vec<_> = received.headers.get_all(SIGNATURE_HEADER).iter().collect();
    assert_eq!(signatures, [&Signature::of(&secret, BODY).to_string()]);
}

#[tokio::test]
async fn a_status_says_whether_another_try_makes_sense() {
    for (status, next) in [
        (500, Next::Retry),
        (503, Next::Retry),
        (408, Next::Retry),
        (429, Next::Retry),
        (400, Next::GiveUp),
        (401, Next::GiveUp),
        (404, Next::GiveUp),
        (410, Next::SwitchOff),
    ] {
        let server = Server::answering(status, "no room left").await;
        let failure = fails(&server.target("/")).await;
        assert_eq!((failure.next, failure.message), (next, format!("The server returned {status}: “no room left”")));
    }
}

#[tokio::test]
async fn a_server_that_asks_for_a_pause_gets_it() {
    for (asked, wait) in [("7", 7), ("999999999", 24 * 60 * 60), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)] {
        let headers = vec![("retry-after", asked.to_owned())];
        let server = Server::replying(Reply { status: 429, headers, body: "" }).await;
        assert_eq!(fails(&server.target("/")).await.next, Next::RetryAfter(Duration::from_secs(wait)), "{asked}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = Server::answering(200, "").await;
    let headers = vec![("location", other.url("/stolen"))];
    let server = Server::replying(Reply { status: 307, headers, body: "" }).await;
    let failure = fails(&server.target("/")).await;
    assert_eq!(failure.next, Next::GiveUp);
    assert!(failure.hint.contains("redirects elsewhere"), "{failure:?}");
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_redirect_that_would_lose_the_body_is_not_followed() {
    for status in [301, 302, 303] {
        let server =
            Server::replying(Reply { status, headers: vec![("location", "/else".to_owned())], body: "" }).await;
        assert_eq!(fails(&server.target("/")).await.next, Next::GiveUp, "{status}");
        assert_eq!(server.received().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn only_https_and_this_computer_are_sent_to_unless_the_rule_allows_more() {
    let refused = |url: &str| {
        let target = ActionTarget::Url(url.to_owned());
        async move { fails(&target).await }
    };
    for (url, why) in [
        ("http://example.com/", "must begin with https://"),
        ("ftp://example.com/", "must begin with https://"),
        ("https://10.0.0.1/", "private network"),
        ("https://192.168.1.1/", "private network"),
        ("https://169.254.169.254/latest/meta-data", "private network"),
        ("https://me:password@example.com/", "user name or a password"),
        ("example.com", "not a URL"),
    ] {
        let failure = refused(url).await;
        assert!(failure.next == Next::GiveUp && failure.message.contains(why), "{url}: {failure:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_tried_again_and_its_address_is_not_told() {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = server.local_addr().unwrap();
    let secret = ActionTarget::Secret(Secret::new(format!("http://{address}/T0K3N")).unwrap());
    let sender = Sender::with_timeout(Duration::from_millis(300));
    let silent = sender.forward(&secret, forwarded()).await.unwrap_err();
    assert_eq!((silent.next, silent.message.as_str()), (Next::Retry, "no response in time"));
    drop(server);
    let gone = sender.forward(&secret, forwarded()).await.unwrap_err();
    assert_eq!(gone.next, Next::Retry);
    let https = ActionTarget::Secret(Secret::new(format!("https://{address}/T0K3N")).unwrap());
    let refused = sender.forward(&https, forwarded()).await.unwrap_err();
    for failure in [silent, gone, refused] {
        assert!(!format!("{failure:?}").contains("T0K3N"), "{failure:?}");
    }
}

#[tokio::test]
async fn a_secret_address_does_not_come_back_with_an_answer() {
    const PATH: &str = "/services/T0K3N-A/T0K3N-B?key=T0K3N-C";
    for body in [
        "Cannot POST /services/T0K3N-A/T0K3N-B?key=T0K3N-C",
        r#"{"path":"\/services\/T0K3N-A\/T0K3N-B","query":{"key":"T0K3N-C"}}"#,
        "no such hook: T0K3N-B",
    ] {
        for status in [200, 400, 404, 410, 500] {
            let server = Server::answering(status, body).await;
            let secret = ActionTarget::Secret(Secret::new(server.url(PATH)).unwrap());
            let sender = Sender::default();
            let forwarded = format!("{:?}", sender.forward(&secret, forwarded()).await);
            assert!(!forwarded.contains("T0K3N") && forwarded.contains('…'), "{forwarded}");
            for chat in [Chat::Slack, Chat::Teams, Chat::Discord] {
                let told = format!("{:?}", sender.tell(chat, &secret, ChatPost::default()).await);
                assert!(!told.contains("T0K3N"), "{told}");
            }
        }
    }
}

#[tokio::test]
async fn the_topic_of_ntfy_is_a_secret_in_its_answer_too() {
    let server = Server::answering(200, r#"{"id":"1","event":"message","topic":"T0K3N-A","message":"Crash"}"#).await;
    let topic = ActionTarget::Secret(Secret::new(server.url("/T0K3N-A")).unwrap());
    let answer = Sender::default().tell(Chat::Ntfy, &topic, ChatPost::default()).await.unwrap().answer;
    assert_eq!(server.the_request().json()["topic"], "T0K3N-A");
    assert!(!answer.body.contains("T0K3N") && answer.body.contains("Crash"), "{}", answer.body);
}

#[tokio::test]
async fn of_a_long_answer_the_beginning_is_kept() {
    const LONG: &str = include_str!("forwarding.rs");
    let server = Server::answering(200, LONG).await;
    let answer = Sender::default().forward(&server.target("/"), forwarded()).await.unwrap();
    assert!(LONG.starts_with(&answer.body) && answer.body.len() <= 16 * 1024);
}

#[tokio::test]
async fn a_server_that_is_down_is_named_in_words_and_tried_again() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let target = ActionTarget::Url(format!("http://{nobody}/in"));
    let failure = fails(&target).await;
    assert_eq!((failure.next, failure.hint.as_str()), (Next::Retry, "Check that the server is up."));
    assert!(!failure.message.is_empty() && !failure.message.contains("os error"), "{failure:?}");
}
