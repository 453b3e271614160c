//! Failing deliveries, webhooks disabled by somebody else, and agreements.

use hookbell_engine::api::{UpdateAppWebhookRequest, WebhookHealthRequest};
use hookbell_sim::{Fault, FaultKind};
use hookbell_store::FailedDelivery;
use jiff::{SignedDuration, Timestamp};

use super::{fence, ids, own, until};
use crate::reach::Reach;

/// This many failed deliveries of a webhook, the first one this long ago.
async fn fail(reach: &Reach, local: &str, count: usize, since: SignedDuration) {
    let ahead = *reach.studio.ahead.lock().unwrap();
    let first = Timestamp::now() + ahead - since;
    let failed = (0..count).map(|number| FailedDelivery {
        webhook: local.parse().unwrap(),
        delivery: format!("d{number}-{}", first.as_millisecond()).parse().unwrap(),
        event: None,
        at: first + SignedDuration::from_millis(number as i64),
        reason: "No response from this computer".to_owned(),
    });
    reach.studio.hookbell.store().note_failures(failed.collect(), Timestamp::now()).await.unwrap();
}

#[tokio::test]
async fn three_failures_in_a_row_are_told_once_and_count_in_no_figure_about_deliveries() {
    let reach = Reach::new().await;
    let webhooks = reach.webhooks(2).await;
    let [failing, fine] = [0, 1].map(|at| webhooks[at].local.clone().unwrap());
    fail(&reach, &failing, 3, SignedDuration::from_millis(1)).await;
    fail(&reach, &fine, 2, SignedDuration::from_millis(1)).await;
    fence(&reach.studio, "failing").await;
    let told = until(&reach.studio, 1).await;
    assert!(told.len() == 1 && told[0].starts_with(&format!("hookbell-deliveries-failing-{failing}-")), "{told:?}");
    let news = own(&reach.studio).await.into_iter().find(|event| event.id.as_str() == told[0]).unwrap();
    assert_eq!(news.title, "Deliveries to “Webhook 0” are failing");
    fail(&reach, &failing, 1, SignedDuration::from_millis(1)).await;
    fence(&reach.studio, "more").await;
    assert_eq!(ids(&reach.studio).await.len(), 1);

    let request = WebhookHealthRequest { days: 7, time_zone: "UTC".to_owned() };
    let health = reach.studio.hookbell.insights().webhook_health(request).await.unwrap();
    let names: Vec<_> = health.webhooks.iter().map(|webhook| webhook.id.as_str()).collect();
    assert!(!names.iter().any(|id| id.contains("hookbell")), "{names:?}");
}

#[tokio::test]
async fn failures_from_before_this_computer_was_awake_are_no_news() {
    let reach = Reach::new().await;
    let local = reach.webhooks(1).await.remove(0).local.unwrap();
    fail(&reach, &local, 5, SignedDuration::from_hours(2)).await;
    fence(&reach.studio, "asleep").await;
    assert_eq!(ids(&reach.studio).await, [""; 0]);
}

#[tokio::test]
async fn a_webhook_that_somebody_else_disables_is_told_and_one_that_hookbell_disables_is_not() {
    let reach = Reach::new().await;
    let webhooks = reach.webhooks(2).await;
    let hours = |hours| *reach.studio.ahead.lock().unwrap() += SignedDuration::from_hours(hours);
    let enabled = async || {
        let list: Option<Vec<String>> = reach.studio.hookbell.store().setting("enabledWebhooks").await.unwrap();
        list.unwrap_or_default().len()
    };
    hours(1);
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while enabled().await < 2 {
        assert!(tokio::time::Instant::now() < deadline, "nobody looked whether they are enabled");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let disable = |id: &str| UpdateAppWebhookRequest {
        account: Some(reach.account.clone()),
        id: id.to_owned(),
        enabled: Some(false),
        ..UpdateAppWebhookRequest::default()
    };
    reach.studio.hookbell.asc_webhooks().update(disable(&webhooks[0].id)).await.unwrap();
    let change = hookbell_asc::api::webhooks::WebhookChange {
        enabled: Some(false),
        ..hookbell_asc::api::webhooks::WebhookChange::default()
    };
    let elsewhere = crate::asc::client_of(&reach.simulator, SignedDuration::from_hours(1));
    elsewhere.webhooks().update(&webhooks[1].id.parse().unwrap(), &change).await.unwrap();
    hours(25);
    let told = until(&reach.studio, 1).await;
    let local = webhooks[1].local.as_deref().unwrap();
    assert!(told[0].starts_with(&format!("hookbell-webhook-disabled-{local}-")), "{told:?}");
    assert_eq!(own(&reach.studio).await[0].title, "“Webhook 1” was disabled");
    hours(25);
    fence(&reach.studio, "next day").await;
    assert_eq!(ids(&reach.studio).await.len(), 1, "it is as it was");
}

#[tokio::test]
async fn a_missing_agreement_is_told_once_for_its_account() {
    let reach = Reach::new().await;
    reach.webhooks(2).await;
    let fault = Fault {
        path: Some("/v1/webhooks/".to_owned()),
        kind: FaultKind::Status,
        status: Some(403),
        code: Some("FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED".to_owned()),
        count: Some(100),
        ..Fault::default()
    };
    reach.simulator.add_fault(fault).unwrap();
    let _ = reach.studio.hookbell.missed_events().fetch_now().await;
    let told = until(&reach.studio, 1).await;
    assert!(told[0].starts_with(&format!("hookbell-agreement-missing-{}-", reach.account)), "{told:?}");
    let news = own(&reach.studio).await.remove(0);
    assert_eq!(news.title, "Agreement required");
    let _ = reach.studio.hookbell.missed_events().fetch_now().await;
    fence(&reach.studio, "again").await;
    assert_eq!(ids(&reach.studio).await.len(), 1);
}
