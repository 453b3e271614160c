//! When one half fails: nothing is left half done, and nothing is rejected while the outcome is unknown.

use hookbell_asc::api::webhooks::{NewAscWebhook, Subscription};
use hookbell_core::{EventType, Secret};
use hookbell_engine::api::{CreateAppWebhookRequest, ErrorCode, UpdateAppWebhookRequest};
use hookbell_sim::{Fault, FaultKind};
use hookbell_vault::{Key, Keychain, Memory, Vault, VaultError};

use super::{Desk, given};
use crate::studio::{long, post, sample};

/// A keychain that accepts API keys and refuses webhook secrets.
#[derive(Default)]
struct KeysOnly(Memory);

impl Keychain for KeysOnly {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.0.get(key)
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        match key.account().contains("webhook/") {
            true => Err(VaultError::Refused { detail: "the user said no".to_owned() }),
            false => self.0.set(key, secret),
        }
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        self.0.remove(key)
    }

    fn check(&mut self) -> Result<(), VaultError> {
        Ok(())
    }

    fn start_afresh(&mut self) {}
}

#[tokio::test]
async fn a_keychain_that_refuses_leaves_app_store_connect_untouched() {
    let desk = Desk::with(Vault::with(KeysOnly::default())).await;
    let error = desk.studio.hookbell.asc_webhooks().create(desk.form()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::KeychainRefused);
    assert_eq!((desk.local().await, desk.there().await.len()), (0, 0));
}

#[tokio::test]
async fn a_secret_stays_a_day_for_a_webhook_that_may_still_be_made() {
    for kind in [FaultKind::Cut, FaultKind::Status] {
        let desk = Desk::new().await;
        desk.fail("webhooksCreateInstance", kind, 1);
        let error = desk.studio.hookbell.asc_webhooks().create(desk.form()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::OutcomeUnknown, "{error}");
        assert!(error.message.contains("Hookbell keeps its secret for a day in case it was"), "{error}");
        assert_eq!(desk.simulator.counts().operations["webhooksCreateInstance"], 1, "it was asked for twice");
        desk.studio.wait_hours(23);
        assert_eq!((desk.there().await.len(), desk.local().await), (0, 1));
        desk.studio.wait_hours(2);
        assert_eq!((desk.there().await.len(), desk.local().await), (0, 0));
    }
}

#[tokio::test]
async fn a_webhook_that_is_made_late_is_joined_with_the_secret_that_waited_for_it() {
    let desk = Desk::new().await;
    desk.fail("webhooksCreateInstance", FaultKind::Cut, 1);
    let form = CreateAppWebhookRequest { secret: given("s3cret"), ..desk.form() };
    desk.studio.hookbell.asc_webhooks().create(form.clone()).await.unwrap_err();
    assert_eq!(desk.there().await.len(), 0);

    let waiting = desk.studio.hookbell.webhooks().list().await.unwrap().remove(0);
    let late = NewAscWebhook {
        app: hookbell_core::AppId::new(form.app.as_str()).unwrap(),
        name: form.name.clone(),
        url: waiting.payload_url.unwrap(),
        secret: Secret::new(long("s3cret")).unwrap(),
        event_types: vec![Subscription::to(EventType::BuildUploadStateUpdated).unwrap()],
        enabled: true,
    };
    desk.elsewhere().webhooks().create(&late).await.unwrap();
    let there = desk.there().await;
    assert!(there.len() == 1 && there[0].here && there[0].local == Some(waiting.id), "{there:?}");
    assert!(desk.ping(&there[0]).await.seq.is_some());
}

#[tokio::test]
async fn one_404_to_a_delete_does_not_drop_the_secret_of_a_webhook_that_is_there() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let operation = Some("webhooksDeleteInstance".to_owned());
    desk.simulator.add_fault(Fault { operation, status: Some(404), ..Fault::default() }).unwrap();
    let error = desk.studio.hookbell.asc_webhooks().delete(desk.one(&webhook)).await.unwrap_err();
    assert!(error.message.ends_with("but still lists it"), "{error}");
    assert!(desk.ping(&webhook).await.seq.is_some());
}

#[tokio::test]
async fn a_webhook_that_was_made_is_found_although_the_answer_was_lost() {
    let desk = Desk::new().await;
    desk.fail("webhooksCreateInstance", FaultKind::CutBody, 1);
    let webhook = desk.create().await;
    assert_eq!(desk.there().await.len(), 1, "it was asked for twice");
    assert!(desk.ping(&webhook).await.seq.is_some());
}

#[tokio::test]
async fn a_webhook_that_may_have_been_made_is_joined_with_its_secret_when_it_is_seen() {
    let desk = Desk::new().await;
    desk.fail("webhooksCreateInstance", FaultKind::CutBody, 1);
    // The list before is read, the one afterwards isn't.
    let list = Some("appsWebhooksGetToManyRelated".to_owned());
    desk.simulator
        .add_fault(Fault { operation: list, skip: 1, count: Some(3), status: Some(503), ..Fault::default() })
        .unwrap();
    let error = desk.studio.hookbell.asc_webhooks().create(desk.form()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::OutcomeUnknown, "{error}");
    assert_eq!(desk.local().await, 1, "its secret is lost");
    let there = desk.there().await;
    assert!(there.len() == 1 && there[0].here, "{there:?}");
    assert!(desk.ping(&there[0]).await.seq.is_some());
}

#[tokio::test]
async fn a_refused_rotation_leaves_the_secret_as_it_was() {
    let desk = Desk::new().await;
    let form = CreateAppWebhookRequest { secret: given("old"), ..desk.form() };
    let webhook = desk.studio.hookbell.asc_webhooks().create(form).await.unwrap();
    let operation = Some("webhooksUpdateInstance".to_owned());
    desk.simulator.add_fault(Fault { operation, status: Some(403), ..Fault::default() }).unwrap();
    let change = UpdateAppWebhookRequest { secret: given("new"), ..desk.change(&webhook.id) };
    let error = desk.update(change).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::KeyRefused, "{error}");
    let send = async |secret: &str, id| post(&webhook.url, secret, sample(EventType::WebhookPingCreated, id)).await;
    assert_eq!((send("old", "1").await, send("new", "2").await), (200, 401));
    assert_eq!(desk.there().await[0].previous_secret_until, None);
}

#[tokio::test]
async fn a_rotation_whose_answer_is_lost_is_sent_again() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.fail("webhooksUpdateInstance", FaultKind::CutBody, 1);
    let change = UpdateAppWebhookRequest { new_secret: true, ..desk.change(&webhook.id) };
    assert!(desk.update(change).await.unwrap().previous_secret_until.is_some());
    assert!(desk.ping(&webhook).await.seq.is_some());
}

#[tokio::test]
async fn while_it_is_unknown_which_secret_is_in_use_both_are_good_for_as_long_as_it_takes() {
    let desk = Desk::new().await;
    let form = CreateAppWebhookRequest { secret: given("old"), ..desk.form() };
    let webhook = desk.studio.hookbell.asc_webhooks().create(form).await.unwrap();
    let change = |secret| UpdateAppWebhookRequest { secret: given(secret), ..desk.change(&webhook.id) };
    desk.fail("webhooksUpdateInstance", FaultKind::CutBody, 3);
    let error = desk.update(change("new")).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::OutcomeUnknown, "{error}");
    let send = async |secret: &str, id| post(&webhook.url, secret, sample(EventType::WebhookPingCreated, id)).await;
    desk.studio.wait_hours(48);
    assert_eq!((send("old", "1").await, send("new", "2").await), (200, 200));
    // Another rotation settles it.
    desk.update(change("newest")).await.unwrap();
    desk.studio.wait_hours(25);
    assert_eq!((send("old", "3").await, send("new", "4").await, send("newest", "5").await), (401, 401, 200));
}

#[tokio::test]
async fn a_refused_adoption_leaves_the_webhook_to_its_owner() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let local = hookbell_engine::api::AccountRequest { id: desk.account.clone() };
    desk.studio.hookbell.accounts().remove(local).await.unwrap();
    let account = desk.studio.hookbell.accounts().add(super::team_key(&desk.simulator)).await.unwrap().id;
    let desk = Desk { account, ..desk };
    let before = desk.local().await;
    let operation = Some("webhooksUpdateInstance".to_owned());
    desk.simulator.add_fault(Fault { operation, status: Some(403), ..Fault::default() }).unwrap();
    let adopt = UpdateAppWebhookRequest { here: true, ..desk.change(&webhook.id) };
    assert_eq!(desk.update(adopt).await.unwrap_err().code, ErrorCode::KeyRefused);
    assert_eq!(desk.local().await, before);
    assert_eq!(desk.there().await[0].url, webhook.url);
}

#[tokio::test]
async fn a_delete_whose_answer_is_lost_ends_with_nothing_on_either_side() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    desk.fail("webhooksDeleteInstance", FaultKind::Cut, 2);
    desk.studio.hookbell.asc_webhooks().delete(desk.one(&webhook)).await.unwrap();
    assert_eq!((desk.local().await, desk.there().await.len()), (0, 0));
}
