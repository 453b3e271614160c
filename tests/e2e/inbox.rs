//! The main job, from the socket to the click: a signed event is notified once, wherever the window is, and an unsigned
//! one isn't.

use hookbell_core::Secret;
use hookbell_tests::{Error, notifications::Urgency, post};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected, version},
    studio::{Studio, TITLE, secret},
};

#[tokio::test]
async fn a_click_on_a_notification_opens_the_very_event() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    studio.desktop.close_window(TITLE).await?;

    assert_eq!(post::signed(&url, &secret(), &rejected("event-one")).await?, StatusCode::OK);
    let first = studio.notifications.next().await?;
    assert_eq!(post::signed(&url, &secret(), &in_review("event-two")).await?, StatusCode::OK);
    let second = studio.notifications.next().await?;
    assert_ne!(first.summary, second.summary);

    // The older one: a click must open its own event, not the newest.
    studio.notifications.click(&first, "default").await?;
    app.session.follow_new_window().await?;
    app.session.find("heading", "The version was rejected").await?;
    app.session.wait_for_text("event-one").await?;
    // If the window shows something else, a click navigates to the event.
    app.session.click("link", "Webhooks").await?;
    app.session.find("heading", "Studio").await?;
    studio.notifications.click(&second, "default").await?;
    app.session.find("heading", "The version is in review").await?;
    app.session.wait_for_text("event-two").await?;
    assert_eq!(studio.desktop.windows(TITLE).await?.len(), 1);
    app.quit().await
}

#[tokio::test]
async fn a_new_event_is_told_and_stands_in_an_open_window_at_once() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    app.session.click("link", "Inbox").await?;
    app.session.find("heading", "Inbox").await?;

    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);
    app.session.find("option", "In Review").await?;
    let quiet = studio.notifications.next().await?;
    assert_eq!((quiet.app.as_str(), quiet.summary.as_str()), ("Hookbell", "In Review"));
    assert_eq!(quiet.body, "App Review is reviewing the version.");
    assert_eq!(quiet.urgency(), Some(Urgency::Low));

    assert_eq!(post::signed(&url, &secret(), &rejected("event-two")).await?, StatusCode::OK);
    app.session.find("option", "Rejected").await?;
    let pressing = studio.notifications.next().await?;
    assert!(pressing.summary.starts_with("Rejected: "), "{}", pressing.summary);
    assert_eq!(pressing.urgency(), Some(Urgency::Normal));
    assert!(!pressing.body.is_empty());
    // Newest first, and being listed doesn't mark either as read.
    let options = app.session.names("option").await?;
    assert_eq!(options.len(), 2);
    assert!(options[0].contains("Rejected") && options[1].contains("In Review"), "{options:?}");
    app.session.wait_for_text("2 unread").await?;
    app.quit().await
}

#[tokio::test]
async fn the_same_event_again_is_counted_and_not_told_twice() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    for _ in 0..2 {
        assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);
    }
    assert_eq!(post::signed(&url, &secret(), &rejected("event-two")).await?, StatusCode::OK);
    let first = studio.notifications.next().await?;
    let second = studio.notifications.next().await?;
    assert_ne!(first.summary, second.summary);
    assert!(studio.notifications.waiting().is_empty());

    studio.notifications.click(&first, "default").await?;
    app.session.wait_for_text("2 deliveries").await?;
    app.quit().await
}

#[tokio::test]
async fn a_wrong_signature_shows_no_event_is_counted_and_told_once() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;

    let wrong = Secret::new("another secret").unwrap();
    assert_eq!(post::signed(&url, &wrong, &version("forged", "ACCEPTED")).await?, StatusCode::UNAUTHORIZED);
    assert_eq!(post::with_headers(&url, &[], &version("bare", "ACCEPTED")).await?, StatusCode::UNAUTHORIZED);
    app.session.wait_for_text("2 rejected: the x-apple-signature header is missing").await?;

    let refused = studio.notifications.next().await?;
    assert_eq!(refused.summary, "Deliveries rejected");
    assert!(refused.body.starts_with("Studio: "), "{}", refused.body);

    // Notifications come in order, so if the next one is about the good event, there was none about the others.
    assert_eq!(post::signed(&url, &secret(), &rejected("good")).await?, StatusCode::OK);
    let shown = studio.notifications.next().await?;
    assert!(shown.summary.starts_with("Rejected: "), "{}", shown.summary);
    assert!(studio.notifications.waiting().is_empty());
    app.session.click("link", "Inbox").await?;
    app.session.find("option", &shown.summary).await?;
    assert_eq!(app.session.names("option").await?.len(), 1);
    app.quit().await
}
