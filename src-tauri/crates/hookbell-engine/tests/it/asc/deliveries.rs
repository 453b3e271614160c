//! The delivery log: listed, filtered, explained, redelivered.

use std::sync::Arc;

use hookbell_asc::api::webhooks::WebhookChange;
use hookbell_core::{AscWebhookId, Secret};
use hookbell_engine::api::{
    AppWebhook, DeliveriesReply, DeliveriesRequest, DeliveryState, ErrorCode, Push, RedeliverFailedRequest,
    RedeliverRequest,
};
use hookbell_sim::{Emit, Fault, FaultKind, SimulatorSettings};

use super::Desk;
use crate::studio::eventually;

impl Desk {
    async fn happens(&self, webhook: &AppWebhook, deliver: bool) {
        let emit = serde_json::json!({
            "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": webhook.id, "deliver": deliver,
        });
        self.simulator.emit(serde_json::from_value::<Emit>(emit).unwrap()).await.unwrap();
    }

    async fn log(&self, request: DeliveriesRequest) -> DeliveriesReply {
        self.studio.hookbell.asc_webhooks().deliveries(request).await.unwrap()
    }
}

#[tokio::test]
async fn a_delivery_shows_what_was_sent_where_and_what_came_back() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.happens(&webhook, true).await;
    desk.happens(&webhook, false).await;
    desk.ping(&webhook).await;
    let log = desk.log(DeliveriesRequest { webhook: Some(webhook.id.clone()), ..DeliveriesRequest::default() }).await;
    assert_eq!((log.deliveries.len(), log.failed, log.troubles.len()), (3, 1, 0));
    let newest = &log.deliveries[0];
    assert_eq!((newest.event_type.as_deref(), newest.title.as_str()), (None, "Ping"), "{newest:?}");
    let arrived = log.deliveries.iter().find(|one| one.event_type.is_some() && one.seq.is_some()).unwrap();
    assert_eq!((arrived.state, arrived.status), (DeliveryState::Succeeded, Some(200)));
    assert_eq!((arrived.url.as_deref(), arrived.webhook_name.as_str()), (Some(webhook.url.as_str()), "Studio Mac"));
    assert!(arrived.payload.as_deref().unwrap().contains("\n  \"data\": {"), "{:?}", arrived.payload);
    let missed = log.deliveries.iter().find(|one| one.state == DeliveryState::Failed).unwrap();
    assert!(missed.means.starts_with("No response") && missed.seq.is_none() && !missed.made_good, "{missed:?}");
}

#[tokio::test]
async fn deliveries_are_filtered_by_state_type_and_time() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.happens(&webhook, true).await;
    desk.happens(&webhook, false).await;
    desk.ping(&webhook).await;
    let all = DeliveriesRequest::default;
    let count = async |request| desk.log(request).await.deliveries.len();
    assert_eq!(count(all()).await, 3);
    assert_eq!(count(DeliveriesRequest { state: vec![DeliveryState::Failed], ..all() }).await, 1);
    assert_eq!(count(DeliveriesRequest { event_type: Some("PING".into()), ..all() }).await, 1);
    let upload = Some("BUILD_UPLOAD_STATE_UPDATED".to_owned());
    assert_eq!(count(DeliveriesRequest { event_type: upload, ..all() }).await, 2);
    assert_eq!(count(DeliveriesRequest { since: Some("2999-01-01T00:00:00Z".into()), ..all() }).await, 0);
    let error =
        desk.studio.hookbell.asc_webhooks().deliveries(DeliveriesRequest { since: Some("soon".into()), ..all() }).await;
    assert_eq!(error.unwrap_err().field.as_deref(), Some("since"));
}

#[tokio::test]
async fn a_redelivered_failure_is_made_good() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.happens(&webhook, false).await;
    let failed = desk.log(DeliveriesRequest::default()).await.deliveries.remove(0);
    let request = RedeliverRequest { delivery: failed.id.clone(), ..RedeliverRequest::default() };
    let again = desk.studio.hookbell.asc_webhooks().redeliver(request).await.unwrap();
    assert_ne!(again.delivery, failed.id);
    desk.studio.notified(1).await;
    let log = desk.log(DeliveriesRequest::default()).await;
    assert_eq!((log.deliveries.len(), log.failed), (2, 0));
    assert!(log.deliveries.iter().any(|one| one.id == failed.id && one.made_good));
    assert!(log.deliveries.iter().any(|one| one.id == again.delivery && one.redelivery));
}

#[tokio::test]
async fn a_redelivery_refused_without_a_reason_says_so_and_can_be_tried_again() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.happens(&webhook, false).await;
    let delivery = desk.log(DeliveriesRequest::default()).await.deliveries.remove(0).id;
    desk.fail("webhookDeliveriesCreateInstance", FaultKind::Status, 1);
    let request = RedeliverRequest { delivery, ..RedeliverRequest::default() };
    let error = desk.studio.hookbell.asc_webhooks().redeliver(request.clone()).await.unwrap_err();
    assert!(error.message.contains("without a reason"), "{error}");
    desk.studio.hookbell.asc_webhooks().redeliver(request).await.unwrap();
}

#[tokio::test]
async fn everything_that_failed_is_sent_again_once_with_progress() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    for _ in 0..3 {
        desk.happens(&webhook, false).await;
    }
    desk.happens(&webhook, true).await;
    // One event has failed twice already.
    desk.simulator.change(&SimulatorSettings { offline: Some(true), ..SimulatorSettings::default() });
    let first = desk.log(DeliveriesRequest { state: vec![DeliveryState::Failed], ..Default::default() }).await;
    let request = RedeliverRequest { delivery: first.deliveries[0].id.clone(), ..RedeliverRequest::default() };
    desk.studio.hookbell.asc_webhooks().redeliver(request).await.unwrap();
    let failed = || async {
        let request = DeliveriesRequest { state: vec![DeliveryState::Failed], ..Default::default() };
        desk.log(request).await.deliveries.len()
    };
    while failed().await < 4 {
        tokio::task::yield_now().await;
    }
    desk.simulator.change(&SimulatorSettings { offline: Some(false), ..SimulatorSettings::default() });

    desk.fail("webhookDeliveriesCreateInstance", FaultKind::Status, 1);
    let progress =
        desk.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap();
    assert_eq!((progress.total, progress.accepted, progress.refused), (3, 2, 1), "{progress:?}");
    assert_eq!((progress.arrived, progress.failed), (2, 0), "{progress:?}");
    assert!(progress.done && !progress.stopped && progress.trouble.is_some());
    let steps =
        desk.studio.desk.pushes.lock().unwrap().iter().filter(|push| matches!(push, Push::Redelivery { .. })).count();
    assert!(steps >= 5, "{steps}");
    desk.studio.notified(3).await;
    let rest = desk.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap();
    assert_eq!((rest.total, rest.accepted, rest.arrived), (1, 1, 1));
}

#[tokio::test]
async fn what_is_sent_again_with_a_wrong_secret_did_not_arrive_and_is_counted_once() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let broken = WebhookChange { secret: Some(Secret::new("another").unwrap()), ..WebhookChange::default() };
    desk.elsewhere().webhooks().update(&AscWebhookId::new(webhook.id.clone()).unwrap(), &broken).await.unwrap();
    for _ in 0..2 {
        desk.happens(&webhook, true).await;
    }
    for turn in 0..2 {
        let progress =
            desk.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap();
        assert_eq!((progress.total, progress.accepted, progress.arrived, progress.failed), (2, 2, 0, 2), "{turn}");
        assert!(progress.trouble.unwrap().message.starts_with("Secret mismatch"));
        let log = desk.log(DeliveriesRequest::default()).await;
        assert_eq!((log.failed, log.deliveries.len()), (2, 4 + 2 * turn), "an event counts once");
        assert_eq!(desk.there().await[0].failed, Some(2));
    }
}

#[tokio::test]
async fn what_happened_first_is_sent_again_first() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    for _ in 0..3 {
        desk.happens(&webhook, false).await;
    }
    let log = desk.log(DeliveriesRequest::default()).await;
    let oldest_first: Vec<_> = log.deliveries.iter().rev().filter_map(|delivery| delivery.event.clone()).collect();
    desk.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap();
    let arrived = desk.studio.hookbell.store().after(0, 10).await.unwrap();
    assert_eq!(arrived.iter().map(|event| event.id.to_string()).collect::<Vec<_>>(), oldest_first);
}

#[tokio::test]
async fn whichever_attempt_is_named_the_newest_one_is_sent_again() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.simulator.change(&SimulatorSettings { offline: Some(true), ..SimulatorSettings::default() });
    desk.happens(&webhook, true).await;
    let first = desk.log(DeliveriesRequest::default()).await.deliveries.remove(0).id;
    let again = async |webhook: Option<String>| {
        let request = RedeliverRequest { delivery: first.clone(), webhook, ..RedeliverRequest::default() };
        desk.studio.hookbell.asc_webhooks().redeliver(request).await.unwrap().delivery
    };
    // The first was already redelivered, and the log of its webhook, or of all, has the attempt that can be.
    again(None).await;
    let third = again(Some(webhook.id.clone())).await;
    desk.simulator.change(&SimulatorSettings { offline: Some(false), ..SimulatorSettings::default() });
    let fourth = again(None).await;
    let log = desk.log(DeliveriesRequest::default()).await;
    let latest: Vec<_> = log.deliveries.iter().filter(|delivery| delivery.latest).map(|one| one.id.as_str()).collect();
    assert_eq!((log.deliveries.len(), latest), (4, vec![fourth.as_str()]), "{third}");
}

#[tokio::test]
async fn sending_again_can_be_stopped_and_does_not_run_twice() {
    let desk = Arc::new(Desk::new().await);
    let webhook = desk.create().await;
    for _ in 0..5 {
        desk.happens(&webhook, false).await;
    }
    let operation = Some("webhookDeliveriesCreateInstance".to_owned());
    let slow = Fault { operation, kind: FaultKind::Slow, delay_ms: 200, count: None, ..Fault::default() };
    desk.simulator.add_fault(slow).unwrap();
    let running = Arc::clone(&desk);
    let running = tokio::spawn(async move {
        running.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap()
    });
    let begun = || {
        let pushes = desk.studio.desk.pushes.lock().unwrap();
        let begun = |push: &Push| matches!(push, Push::Redelivery { progress } if progress.accepted > 0);
        pushes.iter().any(begun).then_some(())
    };
    eventually("the first redelivery", begun).await;
    let twice =
        desk.studio.hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest::default()).await.unwrap_err();
    assert_eq!(twice.code, ErrorCode::Busy);
    desk.studio.hookbell.asc_webhooks().stop_redelivery().await.unwrap();
    let progress = running.await.unwrap();
    assert!(progress.stopped && progress.accepted < 5 && progress.accepted > 0, "{progress:?}");
}
