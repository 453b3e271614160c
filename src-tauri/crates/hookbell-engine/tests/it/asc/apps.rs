//! How often App Store Connect is asked for the list of apps: as seldom as its age allows, whoever needs it.

use hookbell_core::EventType;
use hookbell_engine::api::{AccountWebhooksRequest, AppsRequest, DeliveriesRequest, ReplaceKeyRequest};
use hookbell_sim::{AddApps, Emit, SimulatorSettings};

use super::Desk;
use crate::feedback::CRASH;

impl Desk {
    /// How often the list was asked for since the counts were reset.
    fn app_lists(&self) -> u64 {
        self.simulator.counts().operations.get("appsGetCollection").copied().unwrap_or_default()
    }
}

#[tokio::test]
async fn half_an_hour_of_events_and_open_rooms_asks_for_no_list_of_apps() {
    let (desk, webhook) = Desk::receiving().await;
    desk.simulator.reset_counts();
    let asc = desk.studio.hookbell.asc_webhooks();
    for seq in 1..=30 {
        desk.emit(if seq % 2 == 0 { CRASH } else { EventType::BuildUploadStateUpdated }, &webhook).await;
        assert!(desk.asked(seq).await.details.unwrap().app.is_some());
        asc.deliveries(DeliveriesRequest::default()).await.unwrap();
        asc.of_account(AccountWebhooksRequest::default()).await.unwrap();
        desk.later(1).await;
    }
    assert_eq!(desk.app_lists(), 0, "{:?}", desk.simulator.counts());

    desk.later(31).await;
    asc.of_account(AccountWebhooksRequest::default()).await.unwrap();
    assert_eq!(desk.app_lists(), 1, "the list is older than an hour");
}

#[tokio::test]
async fn an_app_that_the_account_does_not_have_is_looked_for_every_few_minutes_at_most() {
    let (desk, webhook) = Desk::receiving().await;
    desk.simulator.reset_counts();
    for seq in 1..=30 {
        let stray = Emit::of(EventType::AlternativeDistributionTerritoryAvailabilityUpdated)
            .through(&webhook.id)
            .with("/data/attributes/appId", "4242");
        desk.simulator.emit(stray).await.unwrap();
        assert_eq!(desk.asked(seq).await.details.unwrap().app, None);
        desk.later(1).await;
    }
    assert!((1..=7).contains(&desk.app_lists()), "{} lists in half an hour", desk.app_lists());
}

#[tokio::test]
async fn whoever_needs_the_list_at_the_same_time_shares_one_request() {
    let desk = Desk::new().await;
    desk.settled().await;
    let again = desk.studio.again().await;
    desk.simulator.change(&SimulatorSettings { latency_ms: Some(50), ..SimulatorSettings::default() });
    desk.simulator.reset_counts();
    let lists = (0..8).map(async |_| again.hookbell.apps().list(AppsRequest::default()).await.unwrap().len());
    assert_eq!(futures_util::future::join_all(lists).await, [2; 8]);
    assert_eq!(desk.app_lists(), 1);
}

#[tokio::test]
async fn a_person_who_asks_afresh_gets_what_is_there_now_and_so_does_another_key() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.simulator.add_apps(&AddApps { count: 1, webhooks_per_app: 0, url: None, secret: None }).unwrap();
    let apps = desk.studio.hookbell.apps();
    assert_eq!(apps.list(AppsRequest::default()).await.unwrap().len(), 2, "the list is an hour good");
    assert_eq!(apps.list(AppsRequest { fresh: true, ..AppsRequest::default() }).await.unwrap().len(), 3);

    desk.simulator.add_apps(&AddApps { count: 1, webhooks_per_app: 0, url: None, secret: None }).unwrap();
    let key_file = desk.simulator.ready_individual().private_key_file.display().to_string();
    let request = ReplaceKeyRequest { id: desk.account.clone(), key_file, key_id: None, issuer_id: None };
    desk.studio.hookbell.accounts().replace_key(request).await.unwrap();
    assert_eq!(apps.list(AppsRequest::default()).await.unwrap().len(), 4, "the new key may see other apps");
}
