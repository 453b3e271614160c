//! Many events at once become one summary, which grows during a flood.

use std::sync::mpsc;

use hookbell_engine::{
    Sound,
    api::{Announce, ChangeSettingsRequest, PauseRequest},
};
use tokio::task::JoinSet;

use super::{PING, REJECTED};
use crate::studio::{Studio, client, eventually, post, post_through, sample};

impl Studio {
    /// Posts an event with this id, and keeps the desktop busy with its notification until the sender is dropped, so
    /// that later events are gathered.
    async fn busy(&self, url: &str, id: &str) -> mpsc::Sender<()> {
        let (release, released) = mpsc::channel();
        *self.desk.busy_until.lock().unwrap() = Some(released);
        post(url, "s3cret", sample(REJECTED, id)).await;
        let is_busy = || self.desk.busy_until.lock().unwrap().is_none().then_some(());
        eventually("the notification to begin", is_busy).await;
        release
    }
}

#[tokio::test]
async fn many_that_waited_become_one_that_names_what_matters() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("s3cret").await;
    *studio.desk.refuses.lock().unwrap() = true;
    studio.start().await;
    let url = studio.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    for number in 0..7 {
        let event_type = if number == 3 { REJECTED } else { PING };
        post(&url, "s3cret", sample(event_type, &number.to_string())).await;
    }
    studio.hookbell.stop().await;
    assert!(studio.shown().is_empty());

    let again = studio.again().await;
    again.start().await;
    let shown = again.notified(1).await;
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].title.as_str(), shown[0].route.as_str()), ("7 new events", "#/inbox"));
    assert!(shown[0].body.starts_with("Needs attention: "), "{}", shown[0].body);
    assert_eq!(webhook.name, "Studio");
}

#[tokio::test]
async fn a_burst_is_told_of_once_however_large_it_is() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    let (client, mut senders) = (client(), JoinSet::new());
    for sender in 0..16 {
        let (client, url) = (client.clone(), url.clone());
        senders.spawn(async move {
            for number in 0..40 {
                let event = sample(PING, &format!("{sender}-{number}"));
                assert_eq!(post_through(&client, &url, "s3cret", event).await, 200);
            }
        });
    }
    senders.join_all().await;
    studio.hookbell.overview().resume().await.unwrap();
    assert_eq!(studio.notified(1).await[0].title, "640 events while paused");
    post(&url, "s3cret", sample(PING, "later")).await;
    let shown = studio.notified(2).await;
    assert_eq!((shown.len(), shown[1].route.as_str()), (2, "#/inbox/641"));
}

#[tokio::test]
async fn a_few_that_are_wanted_among_many_are_still_told_one_by_one() {
    let studio = Studio::listening().await;
    let announce = Some(Announce { info: false, good: false, ..Announce::default() });
    studio.change(ChangeSettingsRequest { announce, ..ChangeSettingsRequest::default() }).await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let busy = studio.busy(&url, "busy").await;
    for number in 0..8 {
        let event_type = if number % 4 == 0 { REJECTED } else { PING };
        post(&url, "s3cret", sample(event_type, &number.to_string())).await;
    }
    drop(busy);
    let routes: Vec<_> = studio.notified(3).await.into_iter().map(|shown| shown.route).collect();
    assert_eq!(routes, ["#/inbox/1", "#/inbox/2", "#/inbox/6"]);
}

#[tokio::test]
async fn a_flood_that_goes_on_grows_in_one_notification() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut sent = 0;
    for (told, (count, event_type)) in [(8, REJECTED), (7, PING), (6, REJECTED)].into_iter().enumerate() {
        let busy = studio.busy(&url, &format!("busy {told}")).await;
        for _ in 0..count {
            sent += 1;
            post(&url, "s3cret", sample(event_type, &sent.to_string())).await;
        }
        drop(busy);
        studio.notified(2 * (told + 1)).await;
    }
    // Between the summaries are the events that kept the desktop busy.
    let summaries: Vec<_> = studio.shown().into_iter().filter(|shown| shown.route == "#/inbox").collect();
    let told: Vec<_> = summaries.iter().map(|shown| (shown.title.as_str(), shown.sound)).collect();
    assert_eq!(
        told,
        [("8 new events", Sound::Usual), ("15 new events", Sound::Silent), ("21 new events", Sound::Usual)]
    );
    assert!(summaries[0].tag.is_some());
    assert!(summaries.iter().all(|one| one.tag == summaries[0].tag), "{summaries:#?}");
    studio.hookbell.stop().await;
}
