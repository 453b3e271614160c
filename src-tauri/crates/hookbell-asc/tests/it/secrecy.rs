//! Nothing ever prints a secret: not `Debug`, not an error, not any crate's traces.

use std::{
    io,
    sync::{Arc, Mutex},
};

use hookbell_asc::{
    Error,
    api::webhooks::{NewAscWebhook, Subscription, WebhookChange},
};
use hookbell_core::{AppId, AscWebhookId, EventType, Secret};
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    server::{Reply, Server},
    world::{client, key, team, vector},
};

const SECRET: &str = "correct \"horse\" battery\tstaple";

/// All traces of this process.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<Vec<u8>>>);

impl io::Write for Everything {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Everything {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn new_webhook() -> NewAscWebhook {
    NewAscWebhook {
        app: AppId::new("1").unwrap(),
        name: "Laptop".to_owned(),
        url: "https://example.com".to_owned(),
        secret: Secret::new(SECRET).unwrap(),
        event_types: vec![Subscription::to(EventType::BuildUploadStateUpdated).unwrap()],
        enabled: true,
    }
}

/// What must not appear anywhere: the secret, the token, any line of the key.
fn assert_clean(text: &str, token: &str) {
    let pem = String::from_utf8(vector("p256.p8")).unwrap();
    let key_lines = pem.lines().filter(|line| !line.starts_with("-----")).map(str::to_owned);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let escaped = SECRET.escape_debug().to_string();
    let words = [SECRET, &escaped, message, signature].map(str::to_owned).into_iter().chain(key_lines);
    for word in words {
        assert!(!text.contains(&word), "{word} is in: {text}");
    }
}

#[tokio::test]
async fn a_trace_of_everything_has_no_secret_and_no_token() {
    let everything = Everything::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(everything.clone())
        .with_ansi(false)
        .finish();
    // For the whole process, because separate tasks drive connections.
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let server = Server::saying([
        Reply::recorded(201, "webhook_created"),
        Reply::recorded(200, "webhook"),
        Reply::recorded(500, "error_429"),
        Reply::recorded(200, "apps_none"),
        Reply::recorded(409, "error_409"),
        Reply::CutAtOnce,
    ])
    .await;
    let client = client(&server);
    let change = WebhookChange { secret: Some(Secret::new(SECRET).unwrap()), ..WebhookChange::default() };
    let webhook = AscWebhookId::new("w").unwrap();
    client.webhooks().create(&new_webhook()).await.unwrap();
    client.webhooks().update(&webhook, &change).await.unwrap();
    client.apps().list().first_page().await.unwrap();
    client.webhooks().create(&new_webhook()).await.unwrap_err();
    client.webhooks().update(&webhook, &change).await.unwrap_err();

    let text = String::from_utf8(everything.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("path=\"/v1/webhooks/w\" status=200"), "nothing was traced: {text}");
    assert!(text.contains("trying again"), "no retry was traced: {text}");
    assert!(text.contains("hyper_util"), "only our own traces were caught: {text}");
    for seen in server.seen() {
        assert_clean(&text, seen.token());
    }
}

#[tokio::test]
async fn debug_shows_nothing_of_what_is_secret() {
    let server = Server::saying([Reply::recorded(200, "apps_none")]).await;
    let client = client(&server);
    client.apps().list().first_page().await.unwrap();
    let change = WebhookChange { secret: Some(Secret::new(SECRET).unwrap()), ..WebhookChange::default() };
    let text = format!("{client:?} {:?} {:?} {:?} {change:#?}", team(), key(), new_webhook());
    assert!(text.contains("key 2X9R4HXF34"), "{text}");
    assert_clean(&text, server.seen()[0].token());
}

#[tokio::test]
async fn an_answer_that_repeats_what_is_secret_is_not_repeated() {
    // A server that echoes the whole request wherever it can.
    let echo = |status: u16, shape: &'static str| {
        Server::start(move |_, seen| {
            let body = String::from_utf8_lossy(&seen.body);
            let told = serde_json::to_string(&format!("{SECRET} {} {body}", seen.token())).unwrap();
            Reply::json(status, shape.replace("ECHO", told.trim_matches('"')))
        })
    };
    for (status, shape) in [
        (
            409,
            r#"{"errors":[{"title":"ECHO","detail":"ECHO","code":"ECHO","source":{"pointer":"ECHO"},"meta":{"a":["ECHO"]}}]}"#,
        ),
        (201, r#"{"data":{"type":"webhooks","id":["ECHO"],"attributes":{"enabled":"ECHO"}}}"#),
        (201, r#"{"data":["ECHO"]}"#),
        (201, r#"{"data":{"type":"ECHO","id":"1"}}"#),
        (500, "ECHO"),
    ] {
        let server = echo(status, shape).await;
        let error = client(&server).webhooks().create(&new_webhook()).await.unwrap_err();
        assert_clean(&format!("{error} {error:?}"), server.seen()[0].token());
        assert!(!matches!(error, Error::Interrupted { .. }), "{error}");
    }
}
