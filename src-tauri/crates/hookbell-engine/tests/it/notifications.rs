//! One event, one notification.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use hookbell_core::EventType;
use hookbell_engine::{
    ClipboardError, Hookbell, Host, Notification, NotifyError, Options, Sound,
    api::{
        Announce, ChangeSettingsRequest, NotificationPermission, PauseRequest, Push, QuietHours, SoundChoice,
        TrayState, TroubleKind,
    },
};
use hookbell_vault::Vault;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::studio::{Desk, Studio, client, eventually, post, post_through, sample};

const REJECTED: EventType = EventType::BackgroundAssetVersionAppStoreReleaseStateUpdated;
const PING: EventType = EventType::WebhookPingCreated;

#[tokio::test]
async fn an_event_that_comes_three_times_is_notified_once() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for _ in 0..3 {
        post(&url, "s3cret", sample(PING, "one")).await;
    }
    post(&url, "s3cret", sample(PING, "two")).await;
    assert_eq!(studio.notified(1).await[0].title, "2 events in quiet hours");
    post(&url, "s3cret", sample(PING, "after")).await;
    let shown = studio.notified(2).await;
    assert_eq!((shown.len(), shown[1].route.as_str()), (2, "#/inbox/3"));
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
async fn a_missing_service_is_a_visible_state_and_nothing_is_lost() {
    let studio = Studio::listening().await;
    *studio.desk.refuses.lock().unwrap() = true;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    let mut status = studio.hookbell.status_changes();
    loop {
        let now = studio.hookbell.overview().status().await.unwrap();
        if now.tray == TrayState::Attention {
            assert_eq!(now.trouble.unwrap().title, "Notifications can’t be shown");
            break;
        }
        status.changed().await.unwrap();
    }
    *studio.desk.refuses.lock().unwrap() = false;
    post(&url, "s3cret", sample(PING, "two")).await;
    assert_eq!(studio.notified(2).await.len(), 2);
    let mended = async {
        while studio.hookbell.overview().status().await.unwrap().trouble.is_some() {
            status.changed().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), mended).await.expect("the trouble did not end");
}

#[tokio::test]
async fn the_person_is_asked_to_allow_notifications_when_they_say_so_and_what_waited_is_shown() {
    let studio = Studio::listening().await;
    *studio.desk.not_asked.lock().unwrap() = true;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut status = studio.hookbell.status_changes();
    post(&url, "s3cret", sample(PING, "one")).await;
    let told = async {
        loop {
            status.mark_unchanged();
            if let Some(trouble) = studio.hookbell.overview().status().await.unwrap().trouble {
                return trouble;
            }
            status.changed().await.unwrap();
        }
    };
    let trouble = tokio::time::timeout(Duration::from_secs(10), told).await.expect("the trouble did not come");
    assert_eq!(trouble.kind, TroubleKind::NotificationsNotAsked);
    let permission = studio.hookbell.settings().read().await.unwrap().notifications;
    assert_eq!(permission, NotificationPermission::NotAsked, "showing one asked nobody");

    let answered = tokio::time::Instant::now();
    assert_eq!(studio.hookbell.notifications().allow().await.unwrap(), NotificationPermission::Allowed);
    assert_eq!(studio.notified(1).await[0].route, "#/inbox/1");
    assert!(answered.elapsed() < Duration::from_secs(10), "it is not left to the next try");
    assert_eq!(studio.hookbell.overview().status().await.unwrap().trouble, None);
}

#[tokio::test]
async fn a_pause_keeps_notifications_back_and_resuming_shows_them() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let status = studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    assert_eq!(status.tray, TrayState::Paused);
    post(&url, "s3cret", sample(PING, "one")).await;
    assert_eq!(studio.unread().await, 1);
    assert!(studio.shown().is_empty());
    studio.hookbell.overview().resume().await.unwrap();
    assert_eq!(studio.notified(1).await[0].route, "#/inbox/1");
}

#[tokio::test]
async fn ending_a_pause_gives_one_summary() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    for number in 0..4 {
        post(&url, "s3cret", sample(PING, &number.to_string())).await;
    }
    assert_eq!(studio.unread().await, 4);
    studio.hookbell.overview().resume().await.unwrap();
    assert_eq!(studio.notified(1).await[0].title, "4 events while paused");
    post(&url, "s3cret", sample(PING, "after")).await;
    let shown = studio.notified(2).await;
    assert_eq!((shown.len(), shown[1].route.as_str()), (2, "#/inbox/5"));
}

#[tokio::test]
async fn a_pause_outlives_a_restart_and_ends_by_itself() {
    let studio = Studio::listening().await;
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    studio.hookbell.stop().await;
    let again = studio.again().await;
    assert_eq!(again.hookbell.overview().status().await.unwrap().tray, TrayState::Paused);
    drop(again);
    let later = studio.again().await;
    later.wait_hours(2);
    later.start().await;
    let url = later.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    assert_eq!(later.notified(1).await.len(), 1);
}

/// Quiet from an hour ago for two hours, every day.
fn quiet_now(now: Timestamp) -> QuietHours {
    let clock =
        |hours: i64| now.saturating_add(hours.hours()).unwrap().to_zoned(TimeZone::UTC).strftime("%H:%M").to_string();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours =
        serde_json::json!({ "on": true, "from": clock(-1), "to": clock(1), "days": days, "timeZone": "Etc/UTC" });
    serde_json::from_value(hours).unwrap()
}

impl Studio {
    async fn change(&self, request: ChangeSettingsRequest) {
        self.hookbell.settings().change(request).await.unwrap();
    }

    async fn quieten(&self) {
        let quiet_hours = Some(quiet_now(Timestamp::now()));
        self.change(ChangeSettingsRequest { quiet_hours, ..ChangeSettingsRequest::default() }).await;
    }
}

#[tokio::test]
async fn what_comes_in_quiet_hours_is_told_in_one_summary_afterwards() {
    let studio = Studio::listening().await;
    studio.quieten().await;
    assert!(studio.hookbell.settings().read().await.unwrap().quiet_until.is_some());
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for number in 0..3 {
        let event_type = if number == 1 { REJECTED } else { PING };
        post(&url, "s3cret", sample(event_type, &number.to_string())).await;
    }
    assert_eq!(studio.unread().await, 3);
    studio.hookbell.stop().await;
    assert!(studio.shown().is_empty());

    let later = studio.again().await;
    later.wait_hours(2);
    later.start().await;
    let shown = later.notified(1).await;
    assert_eq!((shown[0].title.as_str(), shown[0].sound), ("3 events in quiet hours", Sound::Usual));
    assert!(shown[0].body.starts_with("Needs attention: "), "{}", shown[0].body);
    let url = later.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    post(&url, "s3cret", sample(PING, "after")).await;
    let shown = later.notified(2).await;
    assert_eq!((shown.len(), shown[1].route.as_str()), (2, "#/inbox/4"));
}

#[tokio::test]
async fn one_event_of_quiet_hours_is_told_as_itself() {
    let studio = Studio::listening().await;
    studio.quieten().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(REJECTED, "one")).await;
    studio.hookbell.stop().await;
    let later = studio.again().await;
    later.wait_hours(2);
    later.start().await;
    assert_eq!(later.notified(1).await[0].route, "#/inbox/1");
}

#[tokio::test]
async fn two_processes_tell_of_quiet_hours_once() {
    let one = Studio::listening().await;
    one.quieten().await;
    let url = one.webhook("s3cret").await.payload_url.unwrap();
    let other = one.again().await;
    other.hookbell.start();
    for number in 0..4 {
        post(&url, "s3cret", sample(PING, &number.to_string())).await;
    }
    assert_eq!(other.unread().await, 4);
    assert!(one.shown().is_empty() && other.shown().is_empty());
    one.wait_hours(2);
    other.wait_hours(2);
    post(&url, "s3cret", sample(PING, "after")).await;
    let summaries = || {
        let shown = [one.shown(), other.shown()].concat();
        shown.iter().filter(|shown| shown.title.ends_with(" events in quiet hours")).count()
    };
    eventually("the summary", || (summaries() > 0).then_some(())).await;
    one.hookbell.stop().await;
    other.hookbell.stop().await;
    assert_eq!(summaries(), 1);
}

#[tokio::test]
async fn ending_quiet_hours_gives_one_summary() {
    let studio = Studio::listening().await;
    studio.quieten().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    post(&url, "s3cret", sample(PING, "two")).await;
    assert_eq!(studio.unread().await, 2);
    assert!(studio.shown().is_empty());
    let quiet_hours = Some(QuietHours::default());
    studio.change(ChangeSettingsRequest { quiet_hours, ..ChangeSettingsRequest::default() }).await;
    assert_eq!(studio.notified(1).await[0].title, "2 events in quiet hours");
    post(&url, "s3cret", sample(PING, "after")).await;
    let shown = studio.notified(2).await;
    assert_eq!((shown.len(), shown[1].route.as_str()), (2, "#/inbox/3"));
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
    // Neither comes up again when more is announced, nor is it counted with others.
    studio.change(ChangeSettingsRequest { announce: Some(Announce::default()), ..Default::default() }).await;
    post(&url, "s3cret", sample(PING, "three")).await;
    let routes: Vec<_> = studio.notified(2).await.into_iter().map(|shown| shown.route).collect();
    assert_eq!(routes, ["#/inbox/2", "#/inbox/3"]);
}

#[tokio::test]
async fn a_few_that_are_wanted_among_many_are_still_told_one_by_one() {
    let studio = Studio::listening().await;
    let announce = Some(Announce { info: false, good: false, ..Announce::default() });
    studio.change(ChangeSettingsRequest { announce, ..ChangeSettingsRequest::default() }).await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    for number in 0..8 {
        let event_type = if number % 4 == 0 { REJECTED } else { PING };
        post(&url, "s3cret", sample(event_type, &number.to_string())).await;
    }
    studio.hookbell.overview().resume().await.unwrap();
    let routes: Vec<_> = studio.notified(2).await.into_iter().map(|shown| shown.route).collect();
    assert_eq!(routes, ["#/inbox/1", "#/inbox/5"]);
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
async fn a_flood_that_goes_on_grows_in_one_notification() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut sent = 0;
    for (told, (count, event_type)) in [(8, REJECTED), (7, PING), (6, REJECTED)].into_iter().enumerate() {
        studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
        for _ in 0..count {
            sent += 1;
            post(&url, "s3cret", sample(event_type, &sent.to_string())).await;
        }
        studio.hookbell.overview().resume().await.unwrap();
        studio.notified(told + 1).await;
    }
    let shown = studio.shown();
    let told: Vec<_> = shown.iter().map(|shown| (shown.title.as_str(), shown.sound)).collect();
    assert_eq!(
        told,
        [("8 new events", Sound::Usual), ("15 new events", Sound::Silent), ("21 new events", Sound::Usual)]
    );
    assert!(shown[0].tag.is_some());
    assert!(shown.iter().all(|one| one.tag == shown[0].tag), "{shown:#?}");
    studio.hookbell.stop().await;
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

/// A desktop whose notification service takes a message and never answers.
struct Stuck {
    began: mpsc::Sender<()>,
    release: Mutex<mpsc::Receiver<()>>,
}

impl Host for Stuck {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        self.began.send(()).unwrap();
        let _ = self.release.lock().unwrap().recv();
        Ok(())
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}

#[tokio::test]
async fn a_desktop_that_does_not_answer_keeps_nobody_from_quitting_and_nothing_is_lost() {
    let (folder, vault) = (Arc::new(TempDir::new().unwrap()), Vault::memory());
    let studio = Studio::open_in(Arc::clone(&folder), vault.clone()).await;
    studio.webhook("s3cret").await;
    studio.hookbell.stop().await;
    let (began, shows) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let host = Arc::new(Stuck { began, release: Mutex::new(released) });
    let options = Options { port: Some(0), vault: vault.clone(), ..Options::new(folder.path().to_owned()) };
    let hookbell = Hookbell::open(options, host).await.unwrap();
    hookbell.start();
    hookbell.listener().await;
    let url = hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    eventually("the notification to begin", || shows.try_recv().ok()).await;
    tokio::time::timeout(Duration::from_secs(20), hookbell.stop()).await.expect("quitting waits for the desktop");
    drop(release);

    let again = Studio::open_in(folder, vault).await;
    again.start().await;
    assert_eq!(again.notified(1).await[0].route, "#/inbox/1");
}
