//! Webhooks in App Store Connect: made, listed, changed, adopted, deleted.

use hookbell_core::EventType;
use hookbell_engine::api::{
    CreateAppWebhookRequest, ErrorCode, RenameWebhookRequest, UpdateAppWebhookRequest, WebhookRequest,
};
use hookbell_sim::AddApps;

use super::{Desk, given, is_in_files};
use crate::studio::{post, sample};

#[tokio::test]
async fn a_new_webhook_arrives_here_with_a_secret_nobody_sees() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    assert!(webhook.here && !webhook.moved && webhook.enabled, "{webhook:?}");
    assert_eq!(desk.there().await[0].id, webhook.id);
    let local = webhook.local.clone().unwrap();
    desk.studio.hookbell.webhooks().copy_secret(WebhookRequest { id: local }).await.unwrap();
    let secret = desk.studio.desk.clipboard.lock().unwrap().clone();
    assert_eq!(secret.len(), 64);
    assert_eq!(post(&webhook.url, &secret, sample(EventType::BuildUploadStateUpdated, "one")).await, 200);
    assert!(!is_in_files(desk.studio.folder.path(), &secret));
    assert!(!serde_json::to_string(&desk.there().await).unwrap().contains(&secret));
}

#[tokio::test]
async fn a_form_is_refused_at_the_field_before_anything_is_asked_or_kept() {
    let desk = Desk::new().await;
    desk.simulator.reset_counts();
    let form = || desk.form();
    let cases = [
        ("name", CreateAppWebhookRequest { name: " ".into(), ..form() }),
        ("url", CreateAppWebhookRequest { url: Some("http://receiver.example/".into()), ..form() }),
        ("url", CreateAppWebhookRequest { url: Some("receiver".into()), ..form() }),
        ("eventTypes", CreateAppWebhookRequest { event_types: Vec::new(), ..form() }),
        ("secret", CreateAppWebhookRequest { secret: given(""), ..form() }),
        ("app", CreateAppWebhookRequest { app: String::new(), ..form() }),
    ];
    for (field, request) in cases {
        let error = desk.studio.hookbell.asc_webhooks().create(request).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::InvalidInput, Some(field)), "{error}");
    }
    assert_eq!(desk.simulator.counts().total, 0);
    assert_eq!(desk.local().await, 0);
}

#[tokio::test]
async fn what_apple_refuses_is_said_at_apples_field_and_leaves_nothing() {
    let desk = Desk::new().await;
    let unknown = CreateAppWebhookRequest { event_types: vec!["NO_SUCH_TYPE".into()], ..desk.form() };
    let error = desk.studio.hookbell.asc_webhooks().create(unknown).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::AppleRefused, Some("eventTypes")), "{error}");
    assert!(error.message.contains("NO_SUCH_TYPE"), "{error}");
    let nowhere = CreateAppWebhookRequest { app: "1".into(), ..desk.form() };
    let error = desk.studio.hookbell.asc_webhooks().create(nowhere).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::NotFound, Some("app")), "{error}");
    assert_eq!((desk.local().await, desk.there().await.len()), (0, 0));
}

#[tokio::test]
async fn an_app_has_ten_webhooks_at_most() {
    let desk = Desk::new().await;
    let added = desk.simulator.add_apps(&AddApps { count: 1, webhooks_per_app: 10, url: None, secret: None }).unwrap();
    let full = CreateAppWebhookRequest { app: added[0].clone(), ..desk.form() };
    let error = desk.studio.hookbell.asc_webhooks().create(full).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("app"));
    assert!(error.message.contains("10 of 10"), "{error}");
}

#[tokio::test]
async fn only_what_is_asked_for_changes() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let off = UpdateAppWebhookRequest { enabled: Some(false), ..desk.change(&webhook.id) };
    let changed = desk.update(off).await.unwrap();
    assert_eq!((changed.enabled, &changed.name, &changed.url), (false, &webhook.name, &webhook.url));
    let all = EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect();
    let renamed =
        UpdateAppWebhookRequest { name: Some("Laptop".into()), event_types: Some(all), ..desk.change(&webhook.id) };
    let changed = desk.update(renamed).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.event_types.len(), changed.enabled), ("Laptop", 12, false));
    assert_eq!(desk.studio.hookbell.webhooks().list().await.unwrap()[0].name, "Laptop");
    let nothing = desk.update(desk.change(&webhook.id)).await.unwrap_err();
    assert_eq!(nothing.code, ErrorCode::InvalidInput);
}

#[tokio::test]
async fn a_rotated_secret_is_used_at_once_and_the_old_one_is_good_for_a_day() {
    let desk = Desk::new().await;
    let form = CreateAppWebhookRequest { secret: given("old"), ..desk.form() };
    let webhook = desk.studio.hookbell.asc_webhooks().create(form).await.unwrap();
    let change = UpdateAppWebhookRequest { secret: given("new"), ..desk.change(&webhook.id) };
    let rotated = desk.update(change).await.unwrap();
    assert!(rotated.previous_secret_until.is_some());
    let send = async |secret: &str, id| post(&webhook.url, secret, sample(EventType::WebhookPingCreated, id)).await;
    assert_eq!((send("old", "1").await, send("new", "2").await), (200, 200));
    assert!(desk.ping(&webhook).await.seq.is_some(), "App Store Connect has another secret");
    desk.studio.wait_hours(25);
    assert_eq!((send("old", "3").await, send("new", "4").await), (401, 200));
}

#[tokio::test]
async fn a_webhook_made_elsewhere_is_adopted_in_one_request() {
    let desk = Desk::new().await;
    let secret = Some("theirs".to_owned());
    let added = desk.simulator.add_apps(&AddApps { count: 1, webhooks_per_app: 1, url: None, secret }).unwrap();
    let request = hookbell_engine::api::AppWebhooksRequest { account: None, app: added[0].clone() };
    let foreign = desk.studio.hookbell.asc_webhooks().of_app(request).await.unwrap().webhooks.remove(0);
    assert!(!foreign.here && foreign.local.is_none());
    desk.simulator.reset_counts();
    let adopt = UpdateAppWebhookRequest { here: true, ..desk.change(&foreign.id) };
    let adopted = desk.update(adopt).await.unwrap();
    assert_eq!(desk.simulator.counts().operations["webhooksUpdateInstance"], 1);
    assert!(adopted.here && adopted.local.is_some());
    assert_eq!((&adopted.name, &adopted.event_types), (&foreign.name, &foreign.event_types));
    assert!(desk.ping(&adopted).await.seq.is_some());
    assert_eq!(post(&adopted.url, "theirs", sample(EventType::WebhookPingCreated, "x")).await, 401);
}

#[tokio::test]
async fn a_deleted_webhook_is_gone_on_both_sides() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.studio.hookbell.asc_webhooks().delete(desk.one(&webhook)).await.unwrap();
    assert_eq!((desk.local().await, desk.there().await.len()), (0, 0));
    assert_eq!(post(&webhook.url, "x", sample(EventType::WebhookPingCreated, "x")).await, 404);
    let error = desk.studio.hookbell.asc_webhooks().delete(desk.one(&webhook)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn the_local_view_of_a_webhook_changes_app_store_connect_too() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let local = webhook.local.clone().unwrap();
    let rename = RenameWebhookRequest { id: local.clone(), name: "Laptop".into() };
    desk.studio.hookbell.webhooks().rename(rename).await.unwrap();
    assert_eq!(desk.there().await[0].name, "Laptop");
    let rotate = serde_json::from_value(serde_json::json!({ "id": local, "secret": null })).unwrap();
    assert!(desk.studio.hookbell.webhooks().rotate_secret(rotate).await.unwrap().previous_secret_until.is_some());
    assert!(desk.ping(&webhook).await.seq.is_some());
    desk.studio.hookbell.webhooks().remove(WebhookRequest { id: local }).await.unwrap();
    assert_eq!(desk.there().await.len(), 0);
}
