//! All webhooks of an account: few calls, concurrent, pushed as they arrive, and stopped when it isn't worth
//! continuing.

use hookbell_engine::api::{
    AccountWebhooksRequest, ApiError, AppWebhooks, AppsRequest, DeliveryState, ErrorCode, Push,
};
use hookbell_sim::{AddApps, ChangeKey, Emit, FaultKind, SimulatorSettings};

use super::Desk;

/// The operation that reads one app's webhooks.
const LISTS: &str = "appsWebhooksGetToManyRelated";

impl Desk {
    fn add(&self, count: usize, webhooks_per_app: usize) {
        self.simulator.add_apps(&AddApps { count, webhooks_per_app, url: None, secret: None }).unwrap();
    }

    async fn apps_afresh(&self) {
        let apps = AppsRequest { fresh: true, ..AppsRequest::default() };
        self.studio.hookbell.apps().list(apps).await.unwrap();
    }

    async fn all(&self) -> Result<Vec<AppWebhooks>, ApiError> {
        self.studio.hookbell.asc_webhooks().of_account(AccountWebhooksRequest::default()).await
    }

    /// How often an app's webhooks were pushed.
    fn told(&self) -> usize {
        let pushes = self.studio.desk.pushes.lock().unwrap();
        pushes.iter().filter(|push| matches!(push, Push::AppWebhooks { .. })).count()
    }

    fn calls(&self, operation: &str) -> u64 {
        self.simulator.counts().operations.get(operation).copied().unwrap_or_default()
    }
}

#[tokio::test]
async fn all_apps_are_read_side_by_side_and_told_as_they_come() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.add(30, 4);
    desk.apps_afresh().await;
    desk.simulator.change(&SimulatorSettings { latency_ms: Some(20), ..SimulatorSettings::default() });
    desk.simulator.reset_counts();
    let lists = desk.all().await.unwrap();
    assert_eq!(lists.iter().map(|list| list.webhooks.len()).sum::<usize>(), 120);
    let ids: Vec<&str> = lists.iter().map(|list| list.app.id.as_str()).collect();
    let apps = desk.studio.hookbell.apps().list(AppsRequest::default()).await.unwrap();
    assert_eq!(ids, apps.iter().map(|app| app.id.as_str()).collect::<Vec<_>>());
    let counts = desk.simulator.counts();
    assert!((2..=12).contains(&counts.most_in_flight), "{} at once", counts.most_in_flight);
    // One call per app, and none for each of this many webhooks.
    assert_eq!((desk.calls(LISTS), counts.total), (32, 32), "{counts:?}");
    assert_eq!(desk.told(), lists.len());
}

#[tokio::test]
async fn where_they_are_few_their_deliveries_are_known_without_looking_at_each() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.ping(&webhook).await;
    for deliver in [false, false, true] {
        let emit = Emit { deliver, ..Emit::of(hookbell_core::EventType::BuildUploadStateUpdated) };
        desk.simulator.emit(emit.through(&webhook.id)).await.unwrap();
    }
    let lists = desk.all().await.unwrap();
    let webhook = &lists[0].webhooks[0];
    assert_eq!(webhook.failed, Some(2), "{webhook:?}");
    assert_eq!(webhook.last.as_ref().unwrap().state, DeliveryState::Succeeded);
    // Two apps, and the one with a webhook once more.
    assert_eq!(desk.told(), 3);
}

#[tokio::test]
async fn one_app_that_fails_says_so_and_the_others_are_read() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.add(3, 1);
    desk.apps_afresh().await;
    desk.fail(LISTS, FaultKind::Html, 1);
    let lists = desk.all().await.unwrap();
    assert_eq!(lists.len(), 5);
    let failed: Vec<&AppWebhooks> = lists.iter().filter(|list| list.trouble.is_some()).collect();
    assert_eq!(failed.len(), 1);
    assert!(failed[0].webhooks.is_empty() && failed[0].read_at.is_none());
}

#[tokio::test]
async fn a_key_that_is_refused_is_not_tried_with_every_app() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.add(60, 0);
    desk.apps_afresh().await;
    let key_id = desk.simulator.ready().key_id;
    desk.simulator.change_key(&ChangeKey { key_id, role: None, revoked: Some(true) }).unwrap();
    desk.simulator.reset_counts();
    assert_eq!(desk.all().await.unwrap_err().code, ErrorCode::KeyRefused);
    let counts = desk.simulator.counts();
    assert!(counts.total < 30, "{counts:?}");
}

#[tokio::test]
async fn a_tenth_of_the_hourly_limit_is_left_for_what_is_done_by_hand() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.add(60, 1);
    desk.simulator.change(&SimulatorSettings { rate_limit: Some(50), ..SimulatorSettings::default() });
    desk.apps_afresh().await;
    let error = desk.all().await.unwrap_err();
    assert_eq!(error.code, ErrorCode::RateLimited, "{error}");
    assert!(error.message.contains("yourself"), "{error}");
    // Everything read so far was pushed and is kept, and a single app can still be read.
    assert!((20..50).contains(&desk.told()), "{}", desk.told());
    let request = hookbell_engine::api::KeptAppsRequest { account: desk.account.clone() };
    assert_eq!(desk.studio.hookbell.asc_webhooks().last_seen(request).await.unwrap().webhooks.len(), desk.told());
    assert_eq!(desk.there().await.len(), 0);
}
