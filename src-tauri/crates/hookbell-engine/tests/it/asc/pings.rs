//! Pings followed to their end, and the explanation if one doesn't arrive.

use hookbell_asc::api::webhooks::WebhookChange;
use hookbell_core::{AscWebhookId, Secret};
use hookbell_engine::api::{
    CreateAppWebhookRequest, DeliveryState, ErrorCode, PingOutcome, SignatureTrouble, UpdateAppWebhookRequest,
    WebhookRequest,
};
use hookbell_sim::{Fault, FaultKind};

use super::Desk;

#[tokio::test]
async fn a_ping_that_arrives_is_timed_and_named() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let reply = desk.ping(&webhook).await;
    assert_eq!(reply.outcome, PingOutcome::Arrived, "{reply:?}");
    assert!(reply.headline.ends_with("signature verified.") && reply.milliseconds.is_some(), "{reply:?}");
    assert!(reply.seq.is_some());
    assert_eq!(desk.there().await[0].last.as_ref().unwrap().state, DeliveryState::Succeeded);
}

#[tokio::test]
async fn another_secret_at_apple_is_called_a_mismatch_until_it_is_rotated_and_a_delivery_is_verified() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let broken = WebhookChange { secret: Some(Secret::new("another").unwrap()), ..WebhookChange::default() };
    let id = AscWebhookId::new(webhook.id.clone()).unwrap();
    desk.elsewhere().webhooks().update(&id, &broken).await.unwrap();
    let reply = desk.ping(&webhook).await;
    assert_eq!(reply.outcome, PingOutcome::Failed, "{reply:?}");
    assert!(reply.headline.contains("Secret mismatch") && reply.hint.contains("Rotate"), "{reply:?}");
    assert_eq!(reply.delivery.unwrap().status, Some(401));
    let signature = async || desk.there().await[0].last.as_ref().unwrap().signature;
    let refused = async || desk.studio.hookbell.webhooks().list().await.unwrap()[0].refused.clone();
    assert_eq!(signature().await, Some(SignatureTrouble::Mismatch));
    assert!(refused().await.is_some_and(|refused| refused.mismatch));
    let rotate = UpdateAppWebhookRequest { new_secret: true, ..desk.change(&webhook.id) };
    desk.update(rotate).await.unwrap();
    assert_eq!(signature().await, Some(SignatureTrouble::Rotated));
    assert_eq!(desk.ping(&webhook).await.outcome, PingOutcome::Arrived);
    assert_eq!(signature().await, None);
    assert_eq!(refused().await, None);
}

#[tokio::test]
async fn what_went_wrong_elsewhere_is_told_apart() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let base = webhook.url.split("/hooks/").next().unwrap().to_owned();
    let to = async |url: String| {
        desk.update(UpdateAppWebhookRequest { url: Some(url), ..desk.change(&webhook.id) }).await.unwrap();
        desk.ping(&webhook).await
    };
    let nothing_there = to(format!("{base}/hooks/nobody")).await;
    assert_eq!(nothing_there.delivery.as_ref().unwrap().status, Some(404));
    assert!(nothing_there.headline.contains("nothing at this payload URL"), "{nothing_there:?}");
    let nobody = to("http://127.0.0.1:1/hooks/x".to_owned()).await;
    assert_eq!((nobody.outcome, nobody.delivery.as_ref().unwrap().status), (PingOutcome::Failed, None));
    assert!(nobody.headline.starts_with("No response"), "{nobody:?}");
}

#[tokio::test]
async fn a_webhook_that_was_forgotten_here_is_pointed_here_again() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    // Remove its account's key, then our side of it.
    let account = hookbell_engine::api::AccountRequest { id: desk.account.clone() };
    desk.studio.hookbell.accounts().remove(account).await.unwrap();
    desk.studio.hookbell.webhooks().remove(WebhookRequest { id: webhook.local.clone().unwrap() }).await.unwrap();
    let account = desk.studio.hookbell.accounts().add(super::team_key(&desk.simulator)).await.unwrap().id;
    let desk = Desk { account, ..desk };
    let reply = desk.ping(&webhook).await;
    assert_eq!(reply.delivery.as_ref().unwrap().status, Some(404), "{reply:?}");
    let here = UpdateAppWebhookRequest { here: true, ..desk.change(&webhook.id) };
    let webhook = desk.update(here).await.unwrap();
    assert_eq!(desk.ping(&webhook).await.outcome, PingOutcome::Arrived);
}

#[tokio::test]
async fn a_webhook_that_is_off_is_not_pinged() {
    let desk = Desk::new().await;
    let off = CreateAppWebhookRequest { enabled: false, ..desk.form() };
    let webhook = desk.studio.hookbell.asc_webhooks().create(off).await.unwrap();
    let reply = desk.ping(&webhook).await;
    assert_eq!(reply.outcome, PingOutcome::Disabled);
    assert!(reply.hint.contains("Enable it"), "{reply:?}");
    assert!(!desk.simulator.counts().operations.contains_key("webhookPingsCreateInstance"));
}

#[tokio::test]
async fn a_listener_that_is_off_is_no_answer_from_this_computer() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.studio.hookbell.finish().await;
    let reply = desk.ping(&webhook).await;
    assert_eq!(reply.outcome, PingOutcome::Failed);
    assert!(reply.headline.starts_with("No response from this computer"), "{reply:?}");
}

#[tokio::test]
async fn a_ping_that_apple_does_not_accept_is_an_error_and_is_not_sent_twice() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.fail("webhookPingsCreateInstance", FaultKind::Status, 1);
    let error = desk.studio.hookbell.asc_webhooks().ping(desk.one(&webhook)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::AppleUnreachable, "{error}");
    assert_eq!(desk.simulator.counts().operations["webhookPingsCreateInstance"], 1);
    let (operation, retry_after) = (Some("webhookPingsCreateInstance".to_owned()), Some(900));
    desk.simulator.add_fault(Fault { operation, status: Some(429), retry_after, ..Fault::default() }).unwrap();
    let error = desk.studio.hookbell.asc_webhooks().ping(desk.one(&webhook)).await.unwrap_err();
    assert_eq!((error.code, error.hint.as_str()), (ErrorCode::RateLimited, "try again in 900 s"));
}
