//! Resending a stored event to an address that a person chose.

use std::{sync::Arc, time::Duration};

use hookbell_core::{EventType, Secret, Signature};
use hookbell_engine::{
    Signing,
    api::{
        ApiError, CopyCurlRequest, CurlRequest, ErrorCode, EventsRequest, ForgetAddressRequest, Original, ResendForm,
        ResendFormRequest, ResendReply, ResendRequest, RotateSecretRequest,
    },
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Mutex,
};

use crate::studio::{Studio, long, post, sample};

/// A server that records its requests, and always answers the same.
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

#[derive(Clone)]
struct Received {
    head: String,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Receiver {
    async fn answering(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/asc", listener.local_addr().unwrap());
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let kept = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
                let end = loop {
                    let read = stream.read(&mut piece).await.unwrap();
                    bytes.extend_from_slice(&piece[..read]);
                    if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                        break at + 4;
                    }
                };
                let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                while bytes.len() < end + length.unwrap_or(0) {
                    let read = stream.read(&mut piece).await.unwrap();
                    bytes.extend_from_slice(&piece[..read]);
                }
                kept.lock().await.push(Received { head, body: bytes[end..].to_vec() });
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { url, received }
    }

    async fn taking() -> Self {
        Self::answering("HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\nthanks").await
    }

    async fn received(&self) -> Vec<Received> {
        self.received.lock().await.clone()
    }
}

/// A body that no serializer would produce.
fn odd_body() -> Vec<u8> {
    let sample = String::from_utf8(sample(EventType::BuildUploadStateUpdated, "one")).unwrap();
    format!("  {sample}\r\n\t").into_bytes()
}

/// A studio with one event from a webhook whose secret is "old".
async fn with_event() -> (Studio, Original) {
    let studio = Studio::listening().await;
    let url = studio.webhook("old").await.payload_url.unwrap();
    assert_eq!(post(&url, "old", odd_body()).await, 200);
    let original = newest(&studio).await;
    (studio, original)
}

async fn newest(studio: &Studio) -> Original {
    let request = EventsRequest { limit: 1, ..EventsRequest::default() };
    Original::Event { seq: studio.hookbell.events().page(request).await.unwrap().events[0].seq }
}

async fn send(studio: &Studio, original: &Original, to: &str, sign_anew: bool) -> Result<ResendReply, ApiError> {
    let request = ResendRequest { original: original.clone(), to: to.to_owned(), sign_anew };
    studio.hookbell.resending().send(request).await
}

async fn form(studio: &Studio, original: &Original) -> ResendForm {
    studio.hookbell.resending().form(ResendFormRequest { original: original.clone() }).await.unwrap()
}

fn signed_with(secret: &str) -> String {
    Signature::of(&Secret::new(long(secret)).unwrap(), &odd_body()).to_string()
}

#[tokio::test]
async fn an_event_goes_out_byte_for_byte_with_the_signature_it_came_with_even_after_a_rotation() {
    let (studio, original) = with_event().await;
    let webhook = studio.hookbell.webhooks().list().await.unwrap().remove(0);
    let rotate: RotateSecretRequest =
        serde_json::from_value(json!({ "id": webhook.id, "secret": long("new") })).unwrap();
    studio.hookbell.webhooks().rotate_secret(rotate).await.unwrap();

    let receiver = Receiver::taking().await;
    let reply = send(&studio, &original, &receiver.url, false).await.unwrap();
    assert_eq!((reply.status, reply.response.as_str(), reply.cut), (200, "thanks", false));
    let received = receiver.received().await.remove(0);
    assert_eq!(received.body, odd_body());
    assert_eq!(received.header("x-apple-signature"), Some(signed_with("old").as_str()));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert!(received.head.starts_with("post /asc "), "{}", received.head);

    send(&studio, &original, &receiver.url, true).await.unwrap();
    let anew = receiver.received().await.remove(1);
    assert_eq!((anew.body.as_slice(), anew.header("x-apple-signature")), (&*odd_body(), Some(&*signed_with("new"))));
}

#[tokio::test]
async fn a_given_secret_signs_anew_and_needs_no_webhook() {
    let (studio, original) = with_event().await;
    let receiver = Receiver::taking().await;
    let given = Signing::Given(Secret::new(long("given")).unwrap());
    studio.hookbell.resending().resend(original, &receiver.url, given).await.unwrap();
    let received = receiver.received().await.remove(0);
    assert_eq!(received.header("x-apple-signature"), Some(signed_with("given").as_str()));
    assert_eq!(form(&studio, &newest(&studio).await).await.addresses, [""; 0], "a command’s address is not kept");
}

#[tokio::test]
async fn whatever_the_server_says_is_the_reply_and_a_redirect_is_named_and_not_followed() {
    let (studio, original) = with_event().await;
    let elsewhere = Receiver::taking().await;
    let answer = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", elsewhere.url);
    let redirecting = Receiver::answering(answer.leak()).await;
    let reply = send(&studio, &original, &redirecting.url, false).await.unwrap();
    assert_eq!((reply.status, reply.redirect), (307, Some(elsewhere.url.clone())));
    assert!(elsewhere.received().await.is_empty());

    let broken = Receiver::answering("HTTP/1.1 500 Oh\r\ncontent-length: 9\r\n\r\n\u{1b}[2Jsorry").await;
    let reply = send(&studio, &original, &broken.url, false).await.unwrap();
    assert_eq!((reply.status, reply.response.as_str()), (500, "␛[2Jsorry"), "a stranger’s text acts on nothing");
}

#[tokio::test]
async fn a_long_answer_is_kept_to_its_bound() {
    let (studio, original) = with_event().await;
    let body = "x".repeat(1 << 20);
    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let reply = send(&studio, &original, &Receiver::answering(long.leak()).await.url, false).await.unwrap();
    assert_eq!((reply.response.len(), reply.cut), (16 << 10, true));
}

#[tokio::test]
async fn an_address_that_nothing_listens_at_is_named_at_its_field() {
    let (studio, original) = with_event().await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = send(&studio, &original, &format!("http://{free}/x"), false).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::NoAnswer, Some("to")));
    assert!(refused.message.contains(&free.to_string()) && refused.message.contains("refused"), "{refused}");
    let unsent = send(&studio, &original, "https://mira:hunter2@example.com/", false).await.unwrap_err();
    assert_eq!((unsent.code, unsent.field.as_deref()), (ErrorCode::InvalidInput, Some("to")));
    assert!(!unsent.to_string().contains("hunter2"), "{unsent}");
    assert_eq!(form(&studio, &original).await.addresses, [format!("http://{free}/x")], "no password is kept");
}

#[tokio::test]
async fn the_last_eight_addresses_are_offered_and_can_be_forgotten() {
    let (studio, original) = with_event().await;
    let receiver = Receiver::taking().await;
    let at = |path: usize| format!("{}/{path}", receiver.url);
    for path in [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 3] {
        send(&studio, &original, &at(path), false).await.unwrap();
    }
    let offered = form(&studio, &original).await.addresses;
    assert_eq!(offered, [3, 1, 9, 8, 7, 6, 5, 4].map(at));
    studio.hookbell.resending().forget_address(ForgetAddressRequest { address: at(9) }).await.unwrap();
    assert_eq!(
        studio.again().await.hookbell.resending().form(ResendFormRequest { original }).await.unwrap().addresses.len(),
        7
    );
}

#[tokio::test]
async fn a_form_says_what_can_sign_and_the_rest_is_refused_with_the_reason() {
    let (studio, original) = with_event().await;
    let both = form(&studio, &original).await;
    assert_eq!((both.signed, both.webhook.as_deref()), (true, Some("Studio")));

    rusqlite::Connection::open(studio.folder.path().join("hookbell.db"))
        .unwrap()
        .execute("UPDATE body SET signature = NULL", [])
        .unwrap();
    let webhook = studio.hookbell.webhooks().list().await.unwrap().remove(0);
    studio.hookbell.webhooks().remove(serde_json::from_value(json!({ "id": webhook.id })).unwrap()).await.unwrap();
    let neither = form(&studio, &original).await;
    assert_eq!((neither.signed, neither.webhook), (false, None));
    let receiver = Receiver::taking().await;
    for sign_anew in [false, true] {
        let refused = send(&studio, &original, &receiver.url, sign_anew).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("signature")), "{refused}");
    }
    assert!(receiver.received().await.is_empty());
}

#[tokio::test]
async fn a_copied_command_holds_the_request_as_it_came_and_no_secret() {
    let (studio, original) = with_event().await;
    let asked = CurlRequest { original, url: None };
    let request = CopyCurlRequest { requests: vec![asked.clone()] };
    studio.hookbell.resending().copy_curl(request).await.unwrap();
    let copied = studio.desk.clipboard.lock().unwrap().clone();
    let url = studio.hookbell.webhooks().list().await.unwrap().remove(0).payload_url.unwrap();
    assert!(copied.starts_with(&format!("curl --request POST '{url}'")), "{copied}");
    assert!(copied.contains(&format!("x-apple-signature: {}", signed_with("old"))), "{copied}");
    assert!(copied.contains(std::str::from_utf8(&odd_body()).unwrap()) && !copied.contains(&long("old")), "{copied}");

    let request = CopyCurlRequest { requests: vec![asked.clone(), asked] };
    studio.hookbell.resending().copy_curl(request).await.unwrap();
    assert_eq!(*studio.desk.clipboard.lock().unwrap(), format!("{copied}\n{copied}"));
    let none = CopyCurlRequest { requests: Vec::new() };
    let refused = studio.hookbell.resending().copy_curl(none).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("requests")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_shell_sends_a_copied_command_byte_for_byte() {
    let (studio, original) = with_event().await;
    let receiver = Receiver::taking().await;
    let request = CopyCurlRequest { requests: vec![CurlRequest { original, url: Some(receiver.url.clone()) }] };
    studio.hookbell.resending().copy_curl(request).await.unwrap();
    let copied = studio.desk.clipboard.lock().unwrap().clone();
    let Ok(Ok(ran)) = tokio::time::timeout(
        Duration::from_secs(20),
        tokio::process::Command::new("sh").arg("-c").arg(copied).output(),
    )
    .await
    else {
        panic!("the command did not end");
    };
    if ran.status.code() == Some(127) {
        return println!("skipped: no curl here");
    }
    let received = receiver.received().await.remove(0);
    assert_eq!(received.body, odd_body());
    assert_eq!(received.header("x-apple-signature"), Some(signed_with("old").as_str()));
    assert_eq!(received.header("content-type"), Some("application/json"));
}
