//! The tray, which is usually all that is visible of the app: its five pictures and its menu.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use hookbell_tests::{Error, notifications::Notifications, post};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected},
    studio::{Studio, TITLE, secret, started},
};

/// A state's picture in the app's sources.
pub fn picture(state: &str) -> PathBuf {
    let panel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/icons/tray/panel");
    panel.join(format!("{state}.png"))
}

#[tokio::test]
async fn the_menu_tells_the_last_events_and_a_click_opens_one() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    app.tray.wait_for_picture(&picture("idle")).await?;
    studio.desktop.close_window(TITLE).await?;

    assert_eq!(post::signed(&url, &secret(), &rejected("event-one")).await?, StatusCode::OK);
    assert_eq!(post::signed(&url, &secret(), &in_review("event-two")).await?, StatusCode::OK);
    app.tray.wait_for_picture(&picture("unread")).await?;
    let older = app.tray.wait_for_entry("● Rejected: ").await?;
    app.tray.wait_for_entry("● In Review · ").await?;
    let labels = app.tray.labels().await?;
    assert!(labels[0].starts_with("Listening on port "), "{labels:?}");
    assert!(labels[1].starts_with("● Rejected"), "what needs attention first: {labels:?}");
    assert!(labels[2].starts_with("● In Review"), "{labels:?}");
    assert_eq!(labels[3..], ["Mark all as read", "Pause for an hour", "Open Hookbell", "Settings…", "Quit Hookbell"]);

    app.tray.click(&older.label).await?;
    app.session.follow_new_window().await?;
    app.session.wait_for_text("event-one").await?;
    // Opening an event marks it as read, so only the other one is left.
    app.tray.wait_for_entry("● In Review · ").await?;
    app.tray.wait_for_picture(&picture("unread")).await?;
    app.tray.click("Mark all as read").await?;
    app.tray.wait_for_picture(&picture("idle")).await?;
    assert!(!app.tray.wait_for_entry("Mark all as read").await?.enabled);
    assert!(!app.tray.labels().await?.iter().any(|label| label.contains('●')));
    app.quit().await
}

#[tokio::test]
async fn a_pause_holds_notifications_back_and_nothing_else() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    app.session.click("link", "Inbox").await?;

    app.tray.click("Pause for an hour").await?;
    app.tray.wait_for_picture(&picture("paused")).await?;
    app.tray.wait_for_entry("Paused until ").await?;
    app.session.find("button", "Resume").await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("event-one")).await?, StatusCode::OK);
    app.session.find("option", "Rejected").await?;
    assert!(studio.notifications.waiting().is_empty());

    app.tray.click("Resume notifications").await?;
    assert!(studio.notifications.next().await?.summary.starts_with("Rejected: "));
    app.tray.wait_for_picture(&picture("unread")).await?;
    app.session.find_none("button", "Resume").await?;
    app.quit().await
}

#[tokio::test]
async fn without_a_notification_service_the_tray_asks_for_attention_and_nothing_is_lost() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    drop(studio.notifications);
    studio.desktop.wait_for_no_owner("org.freedesktop.Notifications").await?;

    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);
    app.tray.wait_for_picture(&picture("attention")).await?;
    app.tray.wait_for_entry("Notifications can’t be shown").await?;
    app.session.wait_for_text("Events still appear in the inbox.").await?;

    studio.notifications = Notifications::start(&studio.desktop).await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("event-two")).await?, StatusCode::OK);
    assert_eq!(studio.notifications.next().await?.summary, "In Review");
    assert!(studio.notifications.next().await?.summary.starts_with("Rejected: "));
    app.tray.wait_for_picture(&picture("unread")).await?;
    app.quit().await
}

#[tokio::test]
async fn a_taken_port_shows_in_the_tray_and_is_mended_there() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut app = studio.launch.clone().var("HOOKBELL_PORT", port.to_string()).start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    item.wait_for_picture(&picture("offline")).await?;
    assert_eq!(item.labels().await?[0], format!("Port {port} is taken"));

    let other = item.wait_for_entry("Use port ").await?.label;
    item.click(&other).await?;
    let listening = other.replace("Use port", "Listening on port");
    item.wait_for_entry(&listening).await?;
    item.wait_for_picture(&picture("idle")).await?;
    item.click("Quit Hookbell").await?;
    let status = app.ended().await?;
    assert!(status.success(), "{status}");
    Ok(())
}
