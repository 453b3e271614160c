//! Deliveries rejected here become a problem at once, and are announced once.

use hookbell_core::EventType;
use hookbell_engine::api::{
    DoctorRemedy, DoctorResult, DoctorSubject, RotateSecretRequest, TrayState, Trouble, TroubleKind,
};
use serde_json::{from_value, json};

use crate::studio::{Studio, long, post, sample};

const PING: EventType = EventType::WebhookPingCreated;

impl Studio {
    /// Waits until deliveries are rejected, or no longer are.
    async fn until_refused_is(&self, wanted: bool) -> Option<Trouble> {
        let mut changes = self.hookbell.status_changes();
        let wait = async {
            loop {
                changes.mark_unchanged();
                let status = self.hookbell.overview().status().await.unwrap();
                let trouble = status.trouble.filter(|trouble| trouble.kind == TroubleKind::Refused);
                if trouble.is_some() == wanted {
                    assert_eq!(status.tray == TrayState::Attention, wanted);
                    return trouble;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(15), wait).await.expect("the trouble did not come or go")
    }
}

#[tokio::test]
async fn a_webhook_whose_deliveries_are_refused_is_trouble_until_one_is_accepted() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    let url = webhook.payload_url.unwrap();
    assert_eq!(post(&url, "wrong", sample(PING, "one")).await, 401);
    let trouble = studio.until_refused_is(true).await.unwrap();
    assert_eq!(trouble.title, "“Studio” is rejecting deliveries");
    assert!(trouble.detail.starts_with("The signature doesn’t match"), "{}", trouble.detail);
    let shown = studio.notified(1).await;
    assert_eq!(shown[0].title, "Deliveries rejected");
    assert_eq!(shown[0].body, "Studio: the signature doesn’t match: the secret is different, or the body was changed");
    assert_eq!(shown[0].route, format!("#/webhooks/{}", webhook.id));

    let doctor = studio.hookbell.checkup().run().await.unwrap();
    let step = doctor.steps.iter().find(|step| step.subject == DoctorSubject::Signature).unwrap();
    assert_eq!(step.result, DoctorResult::Bad);
    assert!(step.detail.contains("rejected its last delivery"), "{}", step.detail);
    assert_eq!(step.remedy, Some(DoctorRemedy::RotateSecret));
    assert_eq!(step.route.as_deref(), Some(&*format!("#/webhooks/{}", webhook.id)));

    assert_eq!(post(&url, "s3cret", sample(PING, "two")).await, 200);
    studio.until_refused_is(false).await;
    assert_eq!(studio.notified(2).await[1].route, "#/inbox/1");
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn refused_deliveries_are_told_once_across_restarts_and_again_after_a_good_one() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for _ in 0..3 {
        assert_eq!(post(&url, "wrong", sample(PING, "one")).await, 401);
    }
    studio.until_refused_is(true).await;
    studio.notified(1).await;
    studio.hookbell.stop().await;
    let again = studio.again().await;
    again.start().await;
    again.until_refused_is(true).await;
    let url = again.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    assert_eq!(post(&url, "wrong", sample(PING, "two")).await, 401);
    assert_eq!(post(&url, "s3cret", sample(PING, "three")).await, 200);
    again.until_refused_is(false).await;
    let routes: Vec<_> = again.notified(1).await.into_iter().map(|shown| shown.route).collect();
    assert_eq!(routes, ["#/inbox/1"], "it was told twice");
    assert_eq!(post(&url, "wrong", sample(PING, "four")).await, 401);
    again.until_refused_is(true).await;
    assert_eq!(again.notified(2).await[1].title, "Deliveries rejected");
    again.hookbell.stop().await;
}

#[tokio::test]
async fn a_repeated_event_that_is_accepted_ends_the_trouble_too() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    assert_eq!(post(&url, "s3cret", sample(PING, "one")).await, 200);
    assert_eq!(post(&url, "wrong", sample(PING, "one")).await, 401);
    studio.until_refused_is(true).await;
    assert_eq!(post(&url, "s3cret", sample(PING, "one")).await, 200);
    studio.until_refused_is(false).await;
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_new_secret_ends_the_trouble() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    assert_eq!(post(&webhook.payload_url.unwrap(), "wrong", sample(PING, "one")).await, 401);
    studio.until_refused_is(true).await;
    let request: RotateSecretRequest = from_value(json!({ "id": webhook.id, "secret": long("wrong") })).unwrap();
    studio.hookbell.webhooks().rotate_secret(request).await.unwrap();
    studio.until_refused_is(false).await;
    studio.hookbell.stop().await;
}
