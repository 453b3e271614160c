//! Missed events: fetched once, marked as fetched, announced once.

use std::{sync::Arc, time::Duration};

use hookbell_engine::api::{
    CatchUpRequest, ChangeSettingsRequest, EventRequest, HealthCount, OwnNewsChoice, Source, WebhookHealthRequest,
};
use hookbell_sim::{Backdate, Fault, FaultKind};
use jiff::SignedDuration;

use super::{Reach, way::Way};
use crate::studio::Studio;

#[tokio::test]
async fn what_was_missed_is_fetched_once_and_marked() {
    let reach = Reach::new().await;
    let webhooks = reach.webhooks(2).await;
    reach.happens(&webhooks[0], true).await;
    reach.until_stored(1).await;
    for webhook in [&webhooks[0], &webhooks[1], &webhooks[1]] {
        reach.happens(webhook, false).await;
    }
    let caught_up = reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    assert_eq!((caught_up.fetched, caught_up.webhooks.len()), (3, 2));
    assert!(caught_up.webhooks.iter().all(|one| one.trouble.is_none() && one.read_at.is_some()));
    assert_eq!(reach.stored().await, 4);
    let sources: Vec<_> = reach.studio.hookbell.store().after(0, 10).await.unwrap().iter().map(|one| one.seq).collect();
    let mut fetched = 0;
    for seq in sources {
        let arrivals = reach.studio.hookbell.events().detail(EventRequest { seq }).await.unwrap().arrivals;
        fetched += usize::from(arrivals.iter().any(|arrival| arrival.source == Source::Fetched));
    }
    assert_eq!(fetched, 3);
    reach.studio.notified(4).await;

    let again = reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    assert_eq!((again.fetched, reach.stored().await), (0, 4));
    assert_eq!(reach.studio.shown().len(), 4);
}

#[tokio::test]
async fn what_the_log_says_failed_is_known_to_the_health_of_its_webhook() {
    let reach = Reach::new().await;
    let webhooks = reach.webhooks(2).await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    reach.all_under(&way.url).await;
    way.cut();
    reach.happens(&webhooks[0], true).await;
    way.mend();
    reach.until_up(&way.url).await;
    reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    reach.until_stored(1).await;
    let request = WebhookHealthRequest { days: 1, time_zone: "UTC".to_owned() };
    let health = reach.studio.hookbell.insights().webhook_health(request).await.unwrap();
    assert_eq!(health.total, HealthCount { delivered: 0, fetched: 1, failed: 0 }, "one thing happened, and it came");
    let [hit, spared] = &health.webhooks[..] else { panic!("{health:?}") };
    assert_eq!((hit.name.as_str(), spared.name.as_str()), ("Webhook 0", "Webhook 1"));
    assert!(hit.failures_since.is_some() && spared.failures_since.is_some());
    let failure = hit.last_failure.as_ref().expect("the failure");
    assert!(failure.reason.starts_with("No response from this computer"), "{failure:?}");
    assert_eq!(spared.last_failure, None);
}

#[tokio::test]
async fn many_that_were_missed_together_are_told_together() {
    let reach = Reach::new().await;
    // Failing deliveries are reported as own news, which may be among them.
    let own_news = OwnNewsChoice { failing: false, ..OwnNewsChoice::default() };
    let change = ChangeSettingsRequest { own_news: Some(own_news), ..ChangeSettingsRequest::default() };
    reach.studio.hookbell.settings().change(change).await.unwrap();
    let webhooks = reach.webhooks(4).await;
    for webhook in webhooks.iter().cycle().take(12) {
        reach.happens(webhook, false).await;
    }
    reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    let shown = reach.studio.notified(1).await;
    assert_eq!((shown.len(), shown[0].title.as_str(), shown[0].route.as_str()), (1, "12 new events", "#/inbox"));
}

#[tokio::test]
async fn after_sleep_and_after_a_cut_what_was_missed_comes_by_itself() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let webhook = reach.webhooks(1).await.remove(0);
    way.cut();
    reach.happens(&webhook, true).await;
    reach.until(|tunnel| !matches!(tunnel.tunnel, hookbell_engine::api::TunnelState::Up { .. })).await;
    way.mend();
    reach.until_stored(1).await;

    reach.happens(&webhook, false).await;
    reach.studio.wait_hours(8);
    reach.until_stored(2).await;
    let told = reach.until(|tunnel| tunnel.news.iter().any(|news| news.text.starts_with("Back after sleep"))).await;
    assert!(told.news.iter().any(|news| news.text == "Back after sleep, 1 missed event fetched"), "{:?}", told.news);
}

#[tokio::test]
async fn a_log_that_broke_off_is_read_again_from_where_it_was_known() {
    let reach = Reach::new().await;
    let webhook = reach.webhooks(1).await.remove(0);
    for _ in 0..3 {
        reach.happens(&webhook, false).await;
    }
    let operation = Some("webhooksDeliveriesGetToManyRelated".to_owned());
    let down = Fault { operation, kind: FaultKind::Status, status: Some(500), count: Some(3), ..Fault::default() };
    reach.simulator.add_fault(down).unwrap();
    let failed = reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    assert!(failed.webhooks[0].trouble.is_some() && failed.webhooks[0].read_at.is_none(), "{failed:?}");
    reach.simulator.clear_faults();
    assert_eq!(reach.studio.hookbell.missed_events().fetch_now().await.unwrap().fetched, 3);
}

#[tokio::test]
async fn a_gap_of_more_than_ten_days_is_said_with_its_dates() {
    let reach = Reach::new().await;
    let webhook = reach.webhooks(1).await.remove(0);
    reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    reach.happens(&webhook, false).await;
    let backdate = serde_json::from_value::<Backdate>(serde_json::json!({ "seconds": 60 })).unwrap();
    reach.simulator.backdate(&backdate).unwrap();
    reach.studio.wait_hours(24 * 14);
    reach.happens(&webhook, false).await;
    let read = async || reach.studio.hookbell.missed_events().fetch_now().await.unwrap();
    let caught_up = read().await;
    let gap = caught_up.webhooks[0].gap.clone().expect("a gap");
    let (from, to): (jiff::Timestamp, jiff::Timestamp) = (gap.from.parse().unwrap(), gap.to.parse().unwrap());
    let lost = to.duration_since(from);
    assert!((lost - SignedDuration::from_hours(4 * 24)).abs() < SignedDuration::from_mins(5), "{lost:?}");
    // The newer one can be read, the older one is out of reach.
    reach.until_stored(1).await;
    let news = reach.studio.hookbell.tunnels().status().await.unwrap().news;
    assert!(news.iter().any(|news| news.text.starts_with("Events from ")), "{news:?}");
    assert_eq!(read().await.webhooks[0].gap, Some(gap), "it stays said");
}

#[tokio::test]
async fn the_interval_is_kept_and_has_bounds() {
    let reach = Reach::new().await;
    assert_eq!(reach.studio.hookbell.missed_events().status().await.unwrap().minutes, 2);
    assert_eq!(
        reach.studio.hookbell.missed_events().set_minutes(CatchUpRequest { minutes: 5 }).await.unwrap().minutes,
        5
    );
    for minutes in [0, 61] {
        let error = reach.studio.hookbell.missed_events().set_minutes(CatchUpRequest { minutes }).await.unwrap_err();
        assert_eq!(error.field.as_deref(), Some("minutes"));
    }
}

#[tokio::test]
async fn a_look_that_takes_long_keeps_nobody_from_quitting() {
    let reach = Reach::new().await;
    reach.webhooks(1).await;
    reach.studio.hookbell.stop().await;
    let operation = Some("webhooksDeliveriesGetToManyRelated".to_owned());
    let slow = Fault { operation, kind: FaultKind::Slow, delay_ms: 600_000, count: None, ..Fault::default() };
    reach.simulator.add_fault(slow).unwrap();
    let again = Studio::paced(Arc::clone(&reach.studio.folder), reach.studio.vault.clone(), super::quick()).await;
    again.start().await;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while !again.hookbell.missed_events().status().await.unwrap().running {
        assert!(tokio::time::Instant::now() < deadline, "no look began");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Notifications would wait 15 seconds.
    tokio::time::timeout(Duration::from_secs(10), again.hookbell.stop()).await.expect("quitting waits for the look");
}
