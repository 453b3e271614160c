//! What was read is available at the next start, whatever App Store Connect and the keychain do then.

use hookbell_engine::{
    Hookbell,
    api::{
        AccountRequest, AccountWebhooksRequest, AppWebhook, DeliveryState, ErrorCode, KeptApps, KeptAppsRequest,
        UpdateAppWebhookRequest,
    },
};
use hookbell_sim::AddApps;

use super::{Desk, is_in_files};

async fn kept(hookbell: &Hookbell, account: &str) -> KeptApps {
    hookbell.asc_webhooks().last_seen(KeptAppsRequest { account: account.to_owned() }).await.unwrap()
}

/// The kept webhooks of one app.
fn of<'a>(kept: &'a KeptApps, app: &str) -> &'a [AppWebhook] {
    &kept.webhooks.iter().find(|list| list.app.id == app).unwrap().webhooks
}

#[tokio::test]
async fn apps_and_webhooks_are_there_at_the_next_start_with_nobody_to_ask() {
    let desk = Desk::new().await;
    assert_eq!(kept(&desk.studio.hookbell, &desk.account).await, KeptApps::default());
    let webhook = desk.create().await;
    desk.ping(&webhook).await;
    let read = desk.studio.hookbell.asc_webhooks().of_account(AccountWebhooksRequest::default()).await.unwrap();
    let Desk { studio, simulator, account } = desk;
    simulator.stop().await.unwrap();

    let again = studio.again().await;
    let kept = kept(&again.hookbell, &account).await;
    assert_eq!(kept.apps.len(), 2);
    assert!(kept.read_at.is_some());
    assert_eq!(kept.webhooks, read);
    let [there] = of(&kept, &webhook.app) else { panic!("{kept:?}") };
    assert!(there.here && there.local.is_some() && there.trouble.is_none(), "{there:?}");
    assert_eq!(there.last.as_ref().unwrap().state, DeliveryState::Succeeded);
    assert_eq!(there.failed, Some(0));
}

#[tokio::test]
async fn what_is_changed_here_is_kept_as_it_is_then() {
    let desk = Desk::new().await;
    desk.studio.hookbell.asc_webhooks().of_account(AccountWebhooksRequest::default()).await.unwrap();
    let (webhook, other) = (desk.create().await, desk.create().await);
    let rename = UpdateAppWebhookRequest { name: Some("Laptop".to_owned()), ..desk.change(&webhook.id) };
    desk.update(rename).await.unwrap();
    desk.studio.hookbell.asc_webhooks().delete(desk.one(&other)).await.unwrap();
    let kept = kept(&desk.studio.hookbell, &desk.account).await;
    let names: Vec<&str> = of(&kept, &desk.app()).iter().map(|webhook| webhook.name.as_str()).collect();
    assert_eq!(names, ["Laptop"]);
}

#[tokio::test]
async fn how_deliveries_went_is_not_forgotten_by_a_reading_that_does_not_ask() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.ping(&webhook).await;
    desk.there().await;
    // Too many webhooks to read the deliveries of each.
    desk.simulator.add_apps(&AddApps { count: 11, webhooks_per_app: 10, url: None, secret: None }).unwrap();
    desk.studio.wait_hours(1);
    let read = desk.studio.hookbell.asc_webhooks().of_account(AccountWebhooksRequest::default()).await.unwrap();
    assert!(read.iter().flat_map(|list| &list.webhooks).all(|webhook| webhook.failed.is_none()));
    let kept = kept(&desk.studio.hookbell, &desk.account).await;
    assert_eq!(kept.webhooks.len(), 13);
    assert!(of(&kept, &webhook.app)[0].last.is_some());
}

#[tokio::test]
async fn lists_go_with_their_account_and_hold_no_secret() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.there().await;
    assert!(is_in_files(desk.studio.folder.path(), "se.halden.backyardbirds"), "the lists are in a file");
    let copy = hookbell_engine::api::WebhookRequest { id: webhook.local.unwrap() };
    desk.studio.hookbell.webhooks().copy_secret(copy).await.unwrap();
    let secret = desk.studio.desk.clipboard.lock().unwrap().clone();
    assert!(!is_in_files(desk.studio.folder.path(), &secret));
    let one = AccountRequest { id: desk.account.clone() };
    desk.studio.hookbell.accounts().remove(one).await.unwrap();
    let gone = desk
        .studio
        .hookbell
        .asc_webhooks()
        .last_seen(KeptAppsRequest { account: desk.account.clone() })
        .await
        .unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
    let account = hookbell_core::AccountId::new(desk.account.clone()).unwrap();
    assert_eq!(desk.studio.hookbell.store().apple_lists(&account).await.unwrap(), []);
}
