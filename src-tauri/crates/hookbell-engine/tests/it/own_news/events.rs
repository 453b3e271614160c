//! Own news are events like others, and nobody else can forge them.

use hookbell_core::{EventKind, EventType};
use hookbell_engine::{
    EventLine,
    api::{ErrorCode, EventFilter, EventRequest, EventsRequest, Original, ResendRequest},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{choose, fence, ids, own, studio, until};
use crate::{
    insights::{BUILD, event, told},
    studio::{Studio, post},
};

async fn with_expiring_build(studio: &Studio) {
    let at = (Timestamp::now() + SignedDuration::from_hours(24 * 5)).to_string();
    let details = json!({ "app": { "id": "6448000001", "name": "Backyard Birds" }, "version": "3.3", "build": "418",
        "platform": "iOS", "expiry": { "build": "b1", "at": at } });
    told(studio, event(BUILD, "b", "IN_BETA_REVIEW>IN_BETA_TESTING", 1), Some(details)).await;
}

#[tokio::test]
async fn own_news_are_listed_filtered_searched_and_notified_and_have_no_delivery_and_no_payload() {
    let studio = studio().await;
    with_expiring_build(&studio).await;
    until(&studio, 1).await;
    let news = own(&studio).await.remove(0);
    let filter = EventFilter { event_type: vec![EventType::HookbellBuildExpiresSoon], ..EventFilter::default() };
    for filter in [filter, EventFilter { search: "newer build".to_owned(), ..EventFilter::default() }] {
        let page = studio.hookbell.events().page(EventsRequest { filter, limit: 10, ..EventsRequest::default() });
        let rows = page.await.unwrap().events;
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [news.seq]);
        assert_eq!((rows[0].kind, rows[0].subtitle.as_str()), (EventKind::Reminder, "3.3 (418)"));
    }
    let shown = studio.notified(2).await;
    assert!(shown.iter().any(|shown| shown.title.starts_with("Build 418 expires in")), "{shown:?}");

    let detail = studio.hookbell.events().detail(EventRequest { seq: news.seq }).await.unwrap();
    assert_eq!((detail.kind_label.as_str(), detail.webhook.as_str()), ("Hookbell reminder", "Hookbell"));
    assert_eq!((detail.payload, detail.arrivals.len(), detail.enriching), (None, 0, false));
    assert_eq!(detail.details.unwrap().facts[0].label, "Expires");
    assert!(detail.page.unwrap().ends_with("/apps/6448000001"));
    let line = EventLine::from(&news);
    assert_eq!(line.event_type, Some("HOOKBELL_BUILD_EXPIRES_SOON"));

    let copied = studio.hookbell.events().copy_payload(EventRequest { seq: news.seq }).await.unwrap_err();
    let original = Original::Event { seq: news.seq };
    let request = ResendRequest { original, to: "http://127.0.0.1:9/".to_owned(), sign_anew: false };
    let resent = studio.hookbell.resending().send(request).await.unwrap_err();
    assert_eq!((copied.code, resent.code), (ErrorCode::NotFound, ErrorCode::NotFound));
    assert!(copied.message.contains("has no payload") && resent.message.contains("has no payload"));
}

#[tokio::test]
async fn a_signed_body_that_claims_to_be_own_news_is_an_unknown_event_and_hinders_none() {
    let studio = studio().await;
    let url = studio.webhook("secret").await.payload_url.unwrap();
    let body = json!({ "data": { "type": "hookbellBuildExpiresSoon", "id": "hookbell-build-expires-b1-7" } });
    assert_eq!(post(&url, "secret", body.to_string().into_bytes()).await, 200);
    let forged = studio.hookbell.store().after(0, 10).await.unwrap().remove(0);
    assert_eq!((forged.kind, forged.type_name.as_deref()), (EventKind::Unknown, None));
    let detail = studio.hookbell.events().detail(EventRequest { seq: forged.seq }).await.unwrap();
    assert_eq!(detail.payload.unwrap().raw, body.to_string());
    with_expiring_build(&studio).await;
    assert_eq!(until(&studio, 1).await, ["hookbell-build-expires-b1-7"]);
}

#[tokio::test]
async fn what_somebody_switches_off_is_not_told() {
    let studio = studio().await;
    choose(&studio, |choice| choice.expiry = false).await;
    with_expiring_build(&studio).await;
    fence(&studio, "off").await;
    assert_eq!(ids(&studio).await, [""; 0]);
    choose(&studio, |choice| choice.expiry = true).await;
    assert_eq!(until(&studio, 1).await, ["hookbell-build-expires-b1-7"]);
}

#[tokio::test]
async fn what_was_deleted_is_not_told_again() {
    let studio = studio().await;
    with_expiring_build(&studio).await;
    until(&studio, 1).await;
    let seq = own(&studio).await[0].seq;
    let request = hookbell_engine::api::DeletionRequest { events: vec![seq], ..Default::default() };
    studio.hookbell.cleanup().delete(request).await.unwrap();
    fence(&studio, "deleted").await;
    assert_eq!(ids(&studio).await, [""; 0]);
}
