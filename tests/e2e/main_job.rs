//! From the socket to the click, in the real app: a signed event reaches the developer, an unsigned
//! one does not, nothing is lost, and no secret shows.

use hookbell_core::Secret;
use hookbell_tests::{Error, leaks, post, procfs};
use reqwest::StatusCode;

use crate::studio::{Studio, TITLE};

/// An event that says that a version is ready for review; each call gives one with another id.
fn event(id: &str) -> Vec<u8> {
    const EVENT: &str = include_str!(
        "../../src-tauri/crates/hookbell-core/fixtures/events/APP_STORE_VERSION_APP_VERSION_STATE_UPDATED.json"
    );
    const ID: &str = "7c813492-9516-4c79-903e-224effdd57ac";
    assert!(EVENT.contains(ID));
    EVENT.replace(ID, id).into_bytes()
}

/// An event about a state of the same version, which has other words in its title.
fn event_in_state(id: &str, state: &str) -> Vec<u8> {
    String::from_utf8(event(id)).unwrap().replace("READY_FOR_REVIEW", state).into_bytes()
}

fn secret() -> Secret {
    Secret::new("correct-horse-battery-staple").unwrap()
}

#[tokio::test]
async fn a_click_on_a_notification_opens_the_very_event() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    studio.desktop.close_window(TITLE).await?;

    assert_eq!(post::signed(&url, &secret(), &event_in_state("event-one", "REJECTED")).await?, StatusCode::OK);
    let first = studio.notifications.next().await?;
    assert_eq!(post::signed(&url, &secret(), &event_in_state("event-two", "IN_REVIEW")).await?, StatusCode::OK);
    let second = studio.notifications.next().await?;
    assert_ne!(first.summary, second.summary);

    // The older one: a click must open the event it was about, not the newest.
    studio.notifications.click(&first, "default").await?;
    app.session.follow_new_window().await?;
    app.session.find("heading", &first.summary).await?;
    app.session.wait_for_text("event-one").await?;
    // With the window open, a click takes it there.
    studio.notifications.click(&second, "default").await?;
    app.session.find("heading", &second.summary).await?;
    assert_eq!(studio.desktop.windows(TITLE).await?.len(), 1);
    app.quit().await
}

#[tokio::test]
async fn the_same_event_again_is_counted_and_not_told_twice() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    for _ in 0..2 {
        assert_eq!(post::signed(&url, &secret(), &event("event-one")).await?, StatusCode::OK);
    }
    assert_eq!(post::signed(&url, &secret(), &event_in_state("event-two", "REJECTED")).await?, StatusCode::OK);
    let first = studio.notifications.next().await?;
    let second = studio.notifications.next().await?;
    assert_ne!(first.summary, second.summary);
    assert!(studio.notifications.waiting().is_empty());

    studio.notifications.click(&first, "default").await?;
    app.session.wait_for_text("Two deliveries, one event").await?;
    app.quit().await
}

#[tokio::test]
async fn a_wrong_signature_shows_nothing_and_is_counted() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;

    let wrong = Secret::new("another secret").unwrap();
    assert_eq!(post::signed(&url, &wrong, &event("forged")).await?, StatusCode::UNAUTHORIZED);
    assert_eq!(post::with_headers(&url, &[], &event("bare")).await?, StatusCode::UNAUTHORIZED);
    app.session.wait_for_text("2 refused").await?;

    // Notifications come in order, so a first one about the good event means none about the others.
    assert_eq!(post::signed(&url, &secret(), &event_in_state("good", "REJECTED")).await?, StatusCode::OK);
    let shown = studio.notifications.next().await?;
    assert!(shown.summary.contains("Rejected"), "{}", shown.summary);
    assert!(studio.notifications.waiting().is_empty());
    app.session.click("link", "Inbox").await?;
    app.session.find("option", &shown.summary).await?;
    assert_eq!(app.session.names("option").await?.len(), 1);
    app.quit().await
}

#[tokio::test]
async fn a_restart_keeps_everything() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &event("event-kept")).await?, StatusCode::OK);
    let kept = studio.notifications.next().await?;
    app.quit().await?;

    let app = studio.open_app().await?;
    app.session.click("option", &kept.summary).await?;
    app.session.wait_for_text("event-kept").await?;
    app.session.click("link", "Webhooks").await?;
    app.session.wait_for_text("Studio").await?;
    let url = app.payload_url().await?;
    assert_eq!(post::signed(&url, &secret(), &event_in_state("later", "REJECTED")).await?, StatusCode::OK);
    // The old event is not told again: the next notification is about the new one.
    assert_ne!(studio.notifications.next().await?.summary, kept.summary);

    app.session.kill();
    let app = studio.open_app().await?;
    app.session.find("option", "Rejected").await?;
    assert_eq!(app.session.names("option").await?.len(), 2);
    app.quit().await
}

#[tokio::test]
async fn no_secret_shows_in_log_files_window_or_processes() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let secret = Secret::new("tell-tale-8f2b91c7d4").unwrap();
    let url = app.add_webhook("Studio", &secret).await?;
    assert_eq!(post::signed(&url, &secret, &event("good")).await?, StatusCode::OK);
    assert_eq!(post::with_headers(&url, &[], &event("bare")).await?, StatusCode::UNAUTHORIZED);
    studio.notifications.next().await?;

    assert!(!app.session.everything().await?.contains(secret.expose()));
    assert_eq!(leaks::in_processes(secret.expose()), Vec::<String>::new());
    let family = procfs::family(app.session.app_pid().unwrap());
    assert!(family.len() > 1, "the webview has processes of its own");
    assert!(!app.session.output().contains(secret.expose()));
    assert!(!studio.launch.log()?.is_empty(), "an empty log would prove nothing");
    app.quit().await?;

    // What the search finds when there is something: the webhook's name is in the store.
    assert!(!leaks::in_files(studio.launch.data_dir(), "Studio")?.is_empty());
    assert_eq!(leaks::in_files(studio.desktop.root(), secret.expose())?, Vec::<String>::new());
    Ok(())
}
