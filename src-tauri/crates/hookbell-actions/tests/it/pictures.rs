//! A tester's screenshots sent to a chat.

use hookbell_actions::{Chat, ChatPost, Message, MessagePicture, Sender, Told};
use serde_json::{Value, json};

use crate::server::{Reply, Server};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n the tester's screen";

fn post(pictures: &[&str]) -> ChatPost {
    let message = Message {
        title: "Screenshot feedback · Backyard Birds 🐦".to_owned(),
        text: "“The list is empty.”\nBuild 418".to_owned(),
        link: Some("https://appstoreconnect.apple.com/apps/1".to_owned()),
        urgent: false,
    };
    let pictures = pictures.iter().map(|name| MessagePicture { name: (*name).to_owned(), bytes: PNG.to_owned() });
    ChatPost { message, pictures: pictures.collect(), ..ChatPost::default() }
}

async fn tell(chat: Chat, server: &Server, pictures: &[&str]) -> Told {
    Sender::default().tell(chat, &server.target("/team/birds"), post(pictures)).await.unwrap()
}

/// The parts of a form: the header and the content of each.
fn parts<'a>(content_type: &str, body: &'a [u8]) -> Vec<(String, &'a [u8])> {
    let boundary = format!("--{}", content_type.strip_prefix("multipart/form-data; boundary=").unwrap());
    let find = |within: &[u8], what: &[u8]| within.windows(what.len()).position(|part| part == what);
    let (mut parts, mut rest) = (Vec::new(), &body[boundary.len()..]);
    while let Some(end) = find(rest, boundary.as_bytes()) {
        let part = &rest[2..end - 2];
        let head = find(part, b"\r\n\r\n").unwrap();
        parts.push((String::from_utf8(part[..head].to_owned()).unwrap(), &part[head + 4..]));
        rest = &rest[end + boundary.len()..];
    }
    assert_eq!(rest, b"--\r\n");
    parts
}

#[tokio::test]
async fn discord_gets_the_pictures_as_files_and_shows_the_first_in_the_message() {
    let server = Server::answering(200, "{}").await;
    let told = tell(Chat::Discord, &server, &["screenshot-1.png", "screenshot-2.jpeg"]).await;
    assert_eq!(told.left_out, None);
    let received = server.the_request();
    let parts = parts(received.header("content-type").unwrap(), &received.body);
    let heads: Vec<_> = parts.iter().map(|(head, _)| head.as_str()).collect();
    assert_eq!(
        heads,
        [
            "content-disposition: form-data; name=\"payload_json\"",
            "content-disposition: form-data; name=\"files[0]\"; filename=\"screenshot-1.png\"",
            "content-disposition: form-data; name=\"files[1]\"; filename=\"screenshot-2.jpeg\"",
        ]
    );
    let message: Value = serde_json::from_slice(parts[0].1).unwrap();
    assert_eq!(message["embeds"][0]["image"]["url"], "attachment://screenshot-1.png");
    assert_eq!(message["allowed_mentions"], json!({ "parse": [] }));
    assert_eq!((parts[1].1, parts[2].1), (PNG, PNG));
}

#[tokio::test]
async fn ntfy_gets_the_first_picture_with_the_message_around_it() {
    let server = Server::answering(200, "{}").await;
    let told = tell(Chat::Ntfy, &server, &["screenshot-1.png", "screenshot-2.png"]).await;
    assert_eq!(told.left_out.as_deref(), Some("1 screenshot: ntfy takes 1 with a message"));
    let received = server.the_request();
    assert_eq!((received.path.as_str(), &received.body[..]), ("/team/birds", PNG));
    for (name, value) in [
        ("x-title", "Screenshot feedback · Backyard Birds 🐦"),
        ("x-message", r"“The list is empty.”\nBuild 418"),
        ("x-filename", "screenshot-1.png"),
        ("x-priority", "3"),
        ("x-click", "https://appstoreconnect.apple.com/apps/1"),
    ] {
        assert_eq!(received.headers[name].as_bytes(), value.as_bytes(), "{name}");
    }
}

#[tokio::test]
async fn a_message_whose_picture_is_refused_arrives_without_it_and_says_so() {
    let refused = |status| Reply { status, headers: Vec::new(), body: r#"{"code":41301}"# };
    for (chat, status) in [(Chat::Discord, 413), (Chat::Ntfy, 413), (Chat::Ntfy, 400)] {
        let server = Server::in_turn([refused(status), refused(200)]).await;
        let told = tell(chat, &server, &["screenshot-1.png"]).await;
        let left_out = told.left_out.unwrap();
        assert!(left_out.starts_with("1 screenshot: ") && left_out.ends_with(&status.to_string()), "{left_out}");
        let received = server.received();
        assert_eq!((received.len(), received[1].header("content-type")), (2, Some("application/json")), "{chat:?}");
    }
}

#[tokio::test]
async fn slack_and_teams_get_no_picture() {
    for chat in [Chat::Slack, Chat::Teams] {
        let server = Server::answering(200, "ok").await;
        let told = tell(chat, &server, &["screenshot-1.png"]).await;
        assert!(told.left_out.unwrap().starts_with("1 screenshot: "), "{chat:?}");
        assert!(!server.the_request().body.windows(4).any(|part| part == &PNG[..4]), "{chat:?}");
    }
}
