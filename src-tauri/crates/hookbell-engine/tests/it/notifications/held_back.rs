//! A pause and quiet hours hold notifications back, and a single summary follows.

use hookbell_engine::{
    Sound,
    api::{ChangeSettingsRequest, PauseRequest, QuietHours, TrayState},
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{PING, REJECTED};
use crate::studio::{Studio, eventually, post, sample};

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

/// Quiet hours that began an hour ago and last two, every day.
fn quiet_now(now: Timestamp) -> QuietHours {
    let clock =
        |hours: i64| now.saturating_add(hours.hours()).unwrap().to_zoned(TimeZone::UTC).strftime("%H:%M").to_string();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours =
        serde_json::json!({ "on": true, "from": clock(-1), "to": clock(1), "days": days, "timeZone": "Etc/UTC" });
    serde_json::from_value(hours).unwrap()
}

impl Studio {
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
