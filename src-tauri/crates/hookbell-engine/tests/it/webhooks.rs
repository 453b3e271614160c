//! Local webhooks: added, rotated, renamed, removed, and tried.

use std::{sync::Arc, time::Duration};

use hookbell_core::{EventType, WebhookId};
use hookbell_engine::{
    Pace,
    api::{AddWebhookRequest, ErrorCode, RenameWebhookRequest, RotateSecretRequest, WebhookRequest},
};
use hookbell_vault::Vault;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::studio::{Studio, eventually, long, post, sample};

fn add(request: Value) -> AddWebhookRequest {
    serde_json::from_value(request).unwrap()
}

fn rotate(request: Value) -> RotateSecretRequest {
    serde_json::from_value(request).unwrap()
}

#[tokio::test]
async fn a_generated_secret_is_known_to_the_clipboard_and_to_nobody_else() {
    let studio = Studio::listening().await;
    let webhook = studio.hookbell.webhooks().add(add(json!({ "name": " Studio ", "secret": null }))).await.unwrap();
    assert_eq!(webhook.name, "Studio");
    let shown = serde_json::to_string(&webhook).unwrap();
    let reply = studio.hookbell.webhooks().copy_secret(WebhookRequest { id: webhook.id.clone() }).await.unwrap();
    assert_eq!(reply.clears_after_seconds, 60);
    let secret = studio.desk.clipboard.lock().unwrap().clone();
    assert_eq!(secret.len(), 64);
    assert!(!shown.contains(&secret));
    let url = webhook.payload_url.unwrap();
    assert_eq!(post(&url, &secret, sample(EventType::WebhookPingCreated, "one")).await, 200);

    studio.hookbell.stop().await;
    assert_eq!(*studio.desk.clipboard.lock().unwrap(), "", "quitting leaves the secret on the clipboard");
    for entry in std::fs::read_dir(studio.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
}

#[tokio::test]
async fn names_and_secrets_are_refused_at_their_field() {
    let studio = Studio::open().await;
    let refused = async |request| {
        let error = studio.hookbell.webhooks().add(add(request)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidInput);
        error.field.unwrap()
    };
    assert_eq!(refused(json!({ "name": "  ", "secret": null })).await, "name");
    assert_eq!(refused(json!({ "name": "x".repeat(101), "secret": null })).await, "name");
    assert_eq!(refused(json!({ "name": "a\nb", "secret": null })).await, "name");
    assert_eq!(refused(json!({ "name": "Studio", "secret": "" })).await, "secret");
    assert_eq!(refused(json!({ "name": "Studio", "secret": "13 characters" })).await, "secret");
    assert!(studio.hookbell.webhooks().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_secret_before_is_good_for_a_day_after_a_rotation() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("old").await;
    let url = webhook.payload_url.unwrap();
    let request = rotate(json!({ "id": webhook.id, "secret": long("new") }));
    let rotated = studio.hookbell.webhooks().rotate_secret(request).await.unwrap();
    assert!(rotated.previous_secret_until.is_some());
    let send = async |secret: &str, id| post(&url, secret, sample(EventType::WebhookPingCreated, id)).await;
    assert_eq!((send("old", "1").await, send("new", "2").await), (200, 200));
    studio.wait_hours(23);
    assert_eq!((send("old", "3").await, send("new", "4").await), (200, 200));
    studio.wait_hours(2);
    assert_eq!((send("old", "5").await, send("new", "6").await), (401, 200));
    assert_eq!(studio.hookbell.webhooks().list().await.unwrap()[0].previous_secret_until, None);
}

#[tokio::test]
async fn a_second_rotation_ends_the_overlap_of_the_first_no_earlier_than_promised() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("first").await;
    let url = webhook.payload_url.unwrap();
    for secret in ["second", "third"] {
        studio
            .hookbell
            .webhooks()
            .rotate_secret(rotate(json!({ "id": webhook.id, "secret": long(secret) })))
            .await
            .unwrap();
    }
    for (number, secret) in ["first", "second", "third"].into_iter().enumerate() {
        let body = sample(EventType::WebhookPingCreated, &number.to_string());
        assert_eq!(post(&url, secret, body).await, 200, "{secret}");
    }
}

#[tokio::test]
async fn two_rotations_at_once_make_two_secrets() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("first").await;
    let url = webhook.payload_url.unwrap();
    let rotated = async |secret: &str| {
        let request = rotate(json!({ "id": webhook.id, "secret": long(secret) }));
        studio.hookbell.webhooks().rotate_secret(request).await.unwrap();
    };
    tokio::join!(rotated("second"), rotated("third"), rotated("fourth"));
    for (number, secret) in ["first", "second", "third", "fourth"].into_iter().enumerate() {
        let body = sample(EventType::WebhookPingCreated, &number.to_string());
        assert_eq!(post(&url, secret, body).await, 200, "{secret} was overwritten");
    }
}

#[tokio::test]
async fn two_processes_that_rotate_at_once_make_two_secrets() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("first").await;
    let url = webhook.payload_url.unwrap();
    let other = studio.again().await;
    let rotated = async |of: &Studio, secret: &str| {
        let request = rotate(json!({ "id": webhook.id, "secret": long(secret) }));
        of.hookbell.webhooks().rotate_secret(request).await.unwrap();
    };
    tokio::join!(rotated(&studio, "second"), rotated(&other, "third"));
    for (number, secret) in ["first", "second", "third"].into_iter().enumerate() {
        let body = sample(EventType::WebhookPingCreated, &number.to_string());
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        // The listener reads a moment later what the other process stored.
        while post(&url, secret, body.clone()).await != 200 {
            assert!(tokio::time::Instant::now() < deadline, "{secret} was overwritten");
        }
    }
    other.hookbell.stop().await;
}

#[tokio::test]
async fn a_secret_that_is_copied_again_has_a_minute_of_its_own() {
    let pace = Pace { clipboard: Duration::from_millis(300), ..Pace::default() };
    let studio = Studio::paced(Arc::new(TempDir::new().unwrap()), Vault::memory(), pace).await;
    let webhook = studio.webhook("s3cret").await;
    for _ in 0..3 {
        studio.hookbell.webhooks().copy_secret(WebhookRequest { id: webhook.id.clone() }).await.unwrap();
    }
    eventually("the secret to go", || (*studio.desk.cleared.lock().unwrap() > 0).then_some(())).await;
    studio.hookbell.stop().await;
    assert_eq!(*studio.desk.cleared.lock().unwrap(), 1, "an older timer cleared what was copied after it");
}

#[tokio::test]
async fn a_removed_webhook_answers_404_and_its_events_keep_its_name() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    let url = webhook.payload_url.unwrap();
    post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await;
    studio.hookbell.webhooks().remove(WebhookRequest { id: webhook.id.clone() }).await.unwrap();
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "two")).await, 404);
    let events = studio
        .hookbell
        .events()
        .page(serde_json::from_value(json!({ "filter": {}, "search": "", "before": null, "limit": 9 })).unwrap());
    assert_eq!(events.await.unwrap().events[0].subtitle, "Studio");
    let again = studio.hookbell.webhooks().remove(WebhookRequest { id: webhook.id }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_new_name_is_shown_everywhere() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("s3cret").await;
    let request = RenameWebhookRequest { id: webhook.id, name: "Laptop".to_owned() };
    assert_eq!(studio.hookbell.webhooks().rename(request).await.unwrap().name, "Laptop");
    assert_eq!(studio.hookbell.webhooks().list().await.unwrap()[0].name, "Laptop");
}

#[tokio::test]
async fn a_test_goes_through_the_door_and_becomes_an_event() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    let reply = studio.hookbell.webhooks().send_test(WebhookRequest { id: webhook.id }).await.unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(studio.unread().await, 1);
    assert!(reply.seq.is_some());
}

#[tokio::test]
async fn a_webhook_added_elsewhere_is_answered_at_once() {
    let studio = Studio::listening().await;
    let other = studio.again().await;
    let added = other.webhook("s3cret").await;
    let url = studio.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await, 200);
    assert_eq!(added.id, studio.hookbell.webhooks().list().await.unwrap()[0].id);
}

#[tokio::test]
async fn everything_is_still_there_after_a_restart() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    post(&webhook.payload_url.unwrap(), "s3cret", sample(EventType::WebhookPingCreated, "one")).await;
    studio.hookbell.stop().await;
    let again = studio.again().await;
    again.start().await;
    let url = again.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "two")).await, 200);
    assert_eq!(again.unread().await, 2);
}

#[tokio::test]
async fn a_webhook_whose_making_was_cut_short_gets_its_secret_back_at_the_next_start() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("kept").await;
    // As left by an earlier Hookbell that ended between storing the webhook and its secret: the keychain has it.
    let id = WebhookId::new(webhook.id).unwrap();
    assert!(studio.hookbell.store().remove_generation(&id, 1).await.unwrap());
    studio.hookbell.stop().await;

    let again = studio.again().await;
    again.start().await;
    let webhook = again.hookbell.webhooks().list().await.unwrap().remove(0);
    assert_eq!(webhook.trouble, None);
    let sent = sample(EventType::WebhookPingCreated, "one");
    assert_eq!(post(&webhook.payload_url.unwrap(), "kept", sent).await, 200);
}

#[tokio::test]
async fn a_webhook_without_any_secret_says_so_and_is_healed_by_a_rotation() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("kept").await;
    let id = WebhookId::new(webhook.id.clone()).unwrap();
    assert!(studio.hookbell.store().remove_webhook(&id, jiff::Timestamp::now()).await.unwrap());
    let bare = hookbell_store::NewWebhook {
        id: WebhookId::new("bare").unwrap(),
        name: "Bare".to_owned(),
        token: "bare".to_owned(),
        origin: hookbell_store::Origin::Local,
        created_at: jiff::Timestamp::now(),
    };
    studio.hookbell.store().add_webhook(bare).await.unwrap();
    studio.hookbell.stop().await;

    let again = studio.again().await;
    again.start().await;
    // A start does not wait for the keychain, so the trouble may show a moment later.
    let mut changes = again.hookbell.status_changes();
    let troubled = async {
        loop {
            let bare = again.hookbell.webhooks().list().await.unwrap().remove(0);
            if let Some(trouble) = bare.trouble {
                return trouble;
            }
            changes.changed().await.unwrap();
        }
    };
    let trouble = tokio::time::timeout(Duration::from_secs(10), troubled).await.expect("no trouble was reported");
    assert_eq!(trouble.code, ErrorCode::NotFound);
    let request = rotate(json!({ "id": "bare", "secret": "a-new-one-of-its-own" }));
    let rotated = again.hookbell.webhooks().rotate_secret(request).await.unwrap();
    assert_eq!(rotated.trouble, None);
    let sent = sample(EventType::WebhookPingCreated, "one");
    assert_eq!(post(&rotated.payload_url.unwrap(), "a-new-one-of-its-own", sent).await, 200);
}
