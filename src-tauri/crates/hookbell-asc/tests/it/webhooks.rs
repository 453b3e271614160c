//! Webhooks, pings and deliveries: exact request bytes and parsed answers.

use hookbell_asc::api::{
    deliveries::{AscDeliveryState, DeliveryQuery},
    webhooks::{NewAscWebhook, Subscription, WebhookChange},
};
use hookbell_core::{AppId, AscWebhookId, DeliveryId, EventType, Secret};
use jiff::Timestamp;

use crate::world::with_recorded;

fn app() -> AppId {
    AppId::new("6446998023").unwrap()
}

fn webhook() -> AscWebhookId {
    AscWebhookId::new("2f7f2f37-2b2b-4a5d-9c0e-0d3a51e3b6b1").unwrap()
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap()
}

#[tokio::test]
async fn the_webhooks_of_an_app_are_listed() {
    let (webhooks, seen) =
        with_recorded(&[(200, "webhooks")], async |client| client.webhooks().of_app(&app()).all().await.unwrap()).await;
    assert_eq!(seen[0].target, "/v1/apps/6446998023/webhooks?limit=200");
    assert_eq!(webhooks.len(), 2);
    assert_eq!((webhooks[1].name.as_deref(), webhooks[1].enabled), (Some("CI"), Some(false)));
    let types = webhooks[1].event_types.clone().unwrap();
    assert_eq!(types, [Subscription::to(EventType::BetaFeedbackCrashSubmissionCreated).unwrap()]);
}

#[tokio::test]
async fn a_webhook_comes_with_its_app() {
    let (read, _) =
        with_recorded(&[(200, "webhook")], async |client| client.webhooks().get(&webhook()).await.unwrap()).await;
    let app = read.app.unwrap();
    assert_eq!(app.id.as_str(), "6446998023");
    assert_eq!(app.included.unwrap().bundle_id.as_deref(), Some("com.example.birds"));
    assert_eq!(read.other.keys().collect::<Vec<_>>(), ["links"]);
}

#[tokio::test]
async fn creating_sends_everything_apple_wants_and_nothing_else() {
    let (created, seen) = with_recorded(&[(201, "webhook_created")], async |client| {
        let new = NewAscWebhook {
            app: app(),
            name: "Laptop".to_owned(),
            url: "https://birds.example.com/hooks/Zm9vYmFy".to_owned(),
            secret: Secret::new("correct \"horse\"").unwrap(),
            event_types: vec![Subscription::to(EventType::BuildUploadStateUpdated).unwrap()],
            enabled: true,
        };
        client.webhooks().create(&new).await.unwrap()
    })
    .await;
    assert_eq!((created.id, created.app), (webhook(), None));
    assert_eq!((seen[0].method.as_str(), seen[0].target.as_str()), ("POST", "/v1/webhooks"));
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(
        text(&seen[0].body),
        concat!(
            r#"{"data":{"type":"webhooks","attributes":{"name":"Laptop","#,
            r#""url":"https://birds.example.com/hooks/Zm9vYmFy","secret":"correct \"horse\"","#,
            r#""eventTypes":["BUILD_UPLOAD_STATE_UPDATED"],"enabled":true},"#,
            r#""relationships":{"app":{"data":{"type":"apps","id":"6446998023"}}}}}"#
        )
    );
}

#[tokio::test]
async fn changing_sends_only_what_changes() {
    let ((), seen) = with_recorded(&[(200, "webhook"), (200, "webhook")], async |client| {
        let off = WebhookChange { enabled: Some(false), ..WebhookChange::default() };
        client.webhooks().update(&webhook(), &off).await.unwrap();
        let rotate = WebhookChange { secret: Some(Secret::new("new").unwrap()), ..WebhookChange::default() };
        client.webhooks().update(&webhook(), &rotate).await.unwrap();
    })
    .await;
    let id = webhook();
    assert_eq!((seen[0].method.as_str(), &seen[0].target), ("PATCH", &format!("/v1/webhooks/{id}")));
    let body = |attributes| format!(r#"{{"data":{{"type":"webhooks","id":"{id}","attributes":{attributes}}}}}"#);
    assert_eq!(text(&seen[0].body), body(r#"{"enabled":false}"#));
    assert_eq!(text(&seen[1].body), body(r#"{"secret":"new"}"#));
}

#[tokio::test]
async fn deleting_needs_no_words() {
    let (outcome, seen) = with_recorded(&[(204, ""), (404, "error_404")], async |client| {
        client.webhooks().delete(&webhook()).await.unwrap();
        client.webhooks().delete(&webhook()).await
    })
    .await;
    assert!(outcome.unwrap_err().is_not_found());
    assert_eq!((seen[0].method.as_str(), seen[0].body.len()), ("DELETE", 0));
}

#[tokio::test]
async fn a_ping_names_its_webhook() {
    let (ping, seen) =
        with_recorded(&[(201, "ping_created")], async |client| client.pings().send(&webhook()).await.unwrap()).await;
    assert_eq!(ping.id.as_str(), "P-1");
    assert_eq!((seen[0].method.as_str(), seen[0].target.as_str()), ("POST", "/v1/webhookPings"));
    assert_eq!(
        text(&seen[0].body),
        r#"{"data":{"type":"webhookPings","relationships":{"webhook":{"data":{"type":"webhooks","id":"2f7f2f37-2b2b-4a5d-9c0e-0d3a51e3b6b1"}}}}}"#
    );
}

#[tokio::test]
async fn a_redelivery_names_the_delivery_it_repeats() {
    let (delivery, seen) = with_recorded(&[(201, "delivery_created")], async |client| {
        client.deliveries().redeliver(&DeliveryId::new("D-2").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!((delivery.id.as_str(), delivery.redelivery), ("D-4", Some(true)));
    assert_eq!(seen[0].target, "/v1/webhookDeliveries");
    assert_eq!(
        text(&seen[0].body),
        r#"{"data":{"type":"webhookDeliveries","relationships":{"template":{"data":{"type":"webhookDeliveries","id":"D-2"}}}}}"#
    );
}

#[tokio::test]
async fn deliveries_come_with_what_was_delivered() {
    let (deliveries, _) = with_recorded(&[(200, "deliveries")], async |client| {
        client.deliveries().of_webhook(&webhook(), &DeliveryQuery::default()).all().await.unwrap()
    })
    .await;
    let [good, failed, pending] = deliveries.as_slice() else { panic!("{deliveries:#?}") };
    let event = good.event.clone().unwrap().included.unwrap();
    assert_eq!(event.event_type.unwrap().event_type(), Some(EventType::BuildUploadStateUpdated));
    assert!(event.payload.unwrap().starts_with(r#"{"data":{"type":"buildUploadStateUpdated""#));
    let response = failed.response.clone().unwrap();
    assert_eq!((response.http_status_code, response.body.as_deref()), (Some(502), Some("<html>bad gateway</html>")));
    assert_eq!(failed.sent_date, Some("2025-01-05T18:00:02Z".parse().unwrap()));
    // Two deliveries of one event share the resource included once.
    assert_eq!(pending.event.clone().unwrap().included.unwrap().id, event.id);
}

#[tokio::test]
async fn the_date_is_always_sent_and_never_further_back_than_the_log() {
    let ask = async |query: DeliveryQuery| {
        let (_, seen) = with_recorded(&[(200, "deliveries")], async |client| {
            client.deliveries().of_webhook(&webhook(), &query).all().await.unwrap()
        })
        .await;
        let target = seen[0].target.replace("%5B", "[").replace("%5D", "]").replace("%3A", ":");
        target.split_once('?').unwrap().1.to_owned()
    };
    let oldest = "filter[createdDateGreaterThanOrEqualTo]=2024-12-26T10:32:00Z";
    assert_eq!(ask(DeliveryQuery::default()).await, format!("{oldest}&include=event&limit=200"));
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let too_far = DeliveryQuery { since: at("2024-01-01T00:00:00Z"), ..DeliveryQuery::default() };
    assert_eq!(ask(too_far).await, format!("{oldest}&include=event&limit=200"));
    let between =
        DeliveryQuery { since: at("2025-01-05T09:59:59.999Z"), until: at("2025-01-05T10:30:00+02:00"), state: None };
    assert_eq!(
        ask(between).await,
        "filter[createdDateGreaterThanOrEqualTo]=2025-01-05T09:59:59Z&include=event\
         &filter[createdDateLessThan]=2025-01-05T08:30:00Z&limit=200"
    );
}

#[tokio::test]
async fn the_state_is_sorted_out_here() {
    let (failed, seen) = with_recorded(&[(200, "deliveries")], async |client| {
        let query = DeliveryQuery { state: Some(AscDeliveryState::Failed), ..DeliveryQuery::default() };
        client.deliveries().of_webhook(&webhook(), &query).all().await.unwrap()
    })
    .await;
    assert_eq!(failed.iter().map(|delivery| delivery.id.as_str()).collect::<Vec<_>>(), ["D-2"]);
    assert!(!seen[0].target.contains("deliveryState"), "{}", seen[0].target);
}
