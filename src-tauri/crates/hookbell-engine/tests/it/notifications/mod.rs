//! One notification per event.

mod desktop;
mod gathered;
mod held_back;

use std::sync::Arc;

use hookbell_core::EventType;
use hookbell_engine::{
    Hookbell, Host, Options, Sound,
    api::{Announce, ChangeSettingsRequest, SoundChoice},
};

use crate::studio::{Desk, Studio, eventually, post, sample};

const REJECTED: EventType = EventType::BackgroundAssetVersionAppStoreReleaseStateUpdated;
const PING: EventType = EventType::WebhookPingCreated;

impl Studio {
    async fn change(&self, request: ChangeSettingsRequest) {
        self.hookbell.settings().change(request).await.unwrap();
    }
}

#[tokio::test]
async fn an_event_that_comes_three_times_is_notified_once() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for _ in 0..3 {
        post(&url, "s3cret", sample(PING, "one")).await;
    }
    post(&url, "s3cret", sample(PING, "two")).await;
    let shown = studio.notified(2).await;
    assert_eq!(shown.iter().map(|shown| shown.route.as_str()).collect::<Vec<_>>(), ["#/inbox/1", "#/inbox/2"]);
}

#[tokio::test]
async fn only_what_needs_the_developer_is_heard() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    assert_eq!(studio.notified(1).await[0].sound, Sound::Silent);
    post(&url, "s3cret", sample(REJECTED, "two")).await;
    assert_eq!(studio.notified(2).await[1].sound, Sound::Usual);
}

#[tokio::test]
async fn what_is_not_announced_waits_in_the_inbox_in_silence() {
    let studio = Studio::listening().await;
    let announce = Some(Announce { info: false, good: false, ..Announce::default() });
    studio.change(ChangeSettingsRequest { announce, ..ChangeSettingsRequest::default() }).await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    post(&url, "s3cret", sample(REJECTED, "two")).await;
    assert_eq!(studio.notified(1).await[0].route, "#/inbox/2");
    assert_eq!(studio.unread().await, 2);
    // Neither is shown again when more is announced, nor counted with others.
    studio.change(ChangeSettingsRequest { announce: Some(Announce::default()), ..Default::default() }).await;
    post(&url, "s3cret", sample(PING, "three")).await;
    let routes: Vec<_> = studio.notified(2).await.into_iter().map(|shown| shown.route).collect();
    assert_eq!(routes, ["#/inbox/2", "#/inbox/3"]);
}

#[tokio::test]
async fn the_sound_is_as_it_is_set() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let cases = [(SoundChoice::Never, REJECTED, Sound::Silent), (SoundChoice::Everything, PING, Sound::Usual)];
    for (number, (choice, event_type, heard)) in cases.into_iter().enumerate() {
        studio.change(ChangeSettingsRequest { sound: Some(choice), ..Default::default() }).await;
        post(&url, "s3cret", sample(event_type, &number.to_string())).await;
        assert_eq!(studio.notified(number + 1).await[number].sound, heard, "{choice:?}");
    }
}

#[tokio::test]
async fn nothing_is_announced_before_the_program_says_so() {
    let studio = Studio::open().await;
    studio.webhook("s3cret").await;
    *studio.desk.refuses.lock().unwrap() = true;
    studio.start().await;
    let url = studio.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.hookbell.stop().await;

    let desk = Arc::<Desk>::default();
    let open = async || {
        let options = Options {
            port: Some(0),
            vault: studio.vault.clone(),
            announces_later: true,
            ..Options::new(studio.folder.path().to_owned())
        };
        Hookbell::open(options, Arc::clone(&desk) as Arc<dyn Host>).await.unwrap()
    };
    let refused = open().await;
    refused.start();
    refused.listener().await;
    assert_eq!(refused.store().unnotified(9).await.unwrap().len(), 1);
    refused.stop().await;
    assert!(desk.shown.lock().unwrap().is_empty());

    let next = open().await;
    next.start();
    next.notifications().announce();
    eventually("the notification", || (desk.shown.lock().unwrap().len() == 1).then_some(())).await;
    next.stop().await;
}
