//! Messages to chats, against servers that respond as the services do.

use std::time::Duration;

use hookbell_actions::{ActionFailure, ActionTarget, Chat, ChatPost, Message, Next, Sender};
use serde_json::json;

use crate::server::Server;

fn post() -> ChatPost {
    let message = Message {
        title: "Backyard Birds crashed".to_owned(),
        text: "“Opened my life list.”\nBuild 418".to_owned(),
        link: Some("https://appstoreconnect.apple.com/apps/1".to_owned()),
        urgent: true,
    };
    ChatPost { message, ..ChatPost::default() }
}

async fn fails(chat: Chat, status: u16, body: &'static str) -> ActionFailure {
    let server = Server::answering(status, body).await;
    Sender::default().tell(chat, &server.target("/services/x"), post()).await.unwrap_err()
}

#[tokio::test]
async fn each_chat_gets_the_message_in_its_own_form() {
    for (chat, pointer, value) in [
        (Chat::Slack, "/blocks/1/text/text", "“Opened my life list.”\nBuild 418"),
        (Chat::Slack, "/blocks/2/elements/0/url", "https://appstoreconnect.apple.com/apps/1"),
        (Chat::Teams, "/attachments/0/contentType", "application/vnd.microsoft.card.adaptive"),
        (Chat::Teams, "/attachments/0/content/body/0/inlines/0/text", "Backyard Birds crashed"),
        (Chat::Discord, "/embeds/0/title", "Backyard Birds crashed"),
        (Chat::Ntfy, "/message", "“Opened my life list.”\nBuild 418"),
        (Chat::Ntfy, "/topic", "birds"),
    ] {
        let server = Server::answering(200, "ok").await;
        Sender::default().tell(chat, &server.target("/team/birds"), post()).await.unwrap();
        let received = server.the_request();
        assert_eq!(received.json().pointer(pointer), Some(&json!(value)), "{chat:?} {pointer}");
        let path = if chat == Chat::Ntfy { "/team/" } else { "/team/birds" };
        assert_eq!(received.path, path, "{chat:?}");
    }
}

#[tokio::test]
async fn a_place_that_is_gone_switches_the_rule_off_and_says_what_to_do() {
    for (chat, status, body) in [
        (Chat::Slack, 404, "no_service"),
        (Chat::Slack, 410, "channel_is_archived"),
        (Chat::Slack, 404, "channel_not_found"),
        (Chat::Teams, 404, ""),
        (Chat::Discord, 404, r#"{"message":"Unknown Webhook","code":10015}"#),
    ] {
        let failure = fails(chat, status, body).await;
        assert_eq!(failure.next, Next::SwitchOff, "{chat:?} {body}: {failure:?}");
        assert!(!failure.hint.is_empty());
    }
}

#[tokio::test]
async fn a_message_that_is_refused_is_not_sent_again() {
    for (chat, status, body) in
        [(Chat::Slack, 400, "invalid_blocks"), (Chat::Slack, 403, "action_prohibited"), (Chat::Discord, 400, "{}")]
    {
        assert_eq!(fails(chat, status, body).await.next, Next::GiveUp, "{chat:?} {body}");
    }
}

#[tokio::test]
async fn discords_own_pause_is_kept() {
    let failure = fails(Chat::Discord, 429, r#"{"message":"slow","retry_after":1.5,"global":false}"#).await;
    assert_eq!(failure.next, Next::RetryAfter(Duration::from_millis(1500)));
}

#[tokio::test]
async fn an_ntfy_address_without_a_topic_is_refused() {
    let server = Server::answering(200, "").await;
    let failure = Sender::default().tell(Chat::Ntfy, &server.target("/"), post()).await.unwrap_err();
    assert_eq!((failure.next, failure.message.as_str()), (Next::GiveUp, "the address has no topic"));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_chat_gets_the_headers_of_the_rule_and_json_whatever_they_say() {
    let server = Server::answering(200, "{}").await;
    let headers = [("Authorization", "Bearer tk_birds"), ("Content-Type", "text/plain")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let post = ChatPost { headers, ..post() };
    Sender::default().tell(Chat::Ntfy, &server.target("/birds"), post).await.unwrap();
    let received = server.the_request();
    assert_eq!(received.header("authorization"), Some("Bearer tk_birds"));
    let types: Vec<_> = received.headers.get_all("content-type").iter().collect();
    assert_eq!(types, ["application/json"]);
}

#[tokio::test]
async fn a_chat_in_a_private_network_is_told_only_if_the_rule_allows_it() {
    let target = ActionTarget::Url("https://10.255.255.1/birds".to_owned());
    let sender = Sender::with_timeout(Duration::from_millis(300));
    let told = async |allow_private_network| {
        let post = ChatPost { allow_private_network, ..post() };
        sender.tell(Chat::Ntfy, &target, post).await.unwrap_err()
    };
    let refused = told(false).await;
    assert!(refused.next == Next::GiveUp && refused.message.contains("private network"), "{refused:?}");
    // Nothing responds there. What matters is that a connection was attempted.
    assert_eq!(told(true).await.next, Next::Retry);
}
