//! Whatever keeps the app from working is a visible state, with a way to fix it.

use std::net::TcpListener;

use hookbell_tests::{
    Error,
    keyring::Lock,
    post,
    wait::{self, SOON},
};
use reqwest::StatusCode;

use crate::{
    events::in_review,
    pictures::take_picture,
    studio::{Studio, secret},
    tray::picture,
};

#[tokio::test]
async fn a_locked_keychain_is_told_and_works_once_it_is_unlocked() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    app.add_webhook("Studio", &secret()).await?;
    app.quit().await?;
    studio.keyring = studio.keyring.restart(&studio.desktop, Lock::Locked).await?;

    let app = studio.open_app().await?;
    app.session.find("status", "The keychain is locked").await?;
    app.tray.wait_for_entry("The keychain is locked").await?;
    app.tray.wait_for_entry("Unlock…").await?;
    app.tray.wait_for_picture(&picture("attention")).await?;
    take_picture(&app.session, "keychain-locked").await?;
    app.session.click("link", "Webhooks").await?;
    let url = app.payload_url().await?;
    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::SERVICE_UNAVAILABLE);
    assert!(studio.notifications.waiting().is_empty());

    studio.keyring = studio.keyring.restart(&studio.desktop, Lock::Unlocked).await?;
    // Apple redelivers what was answered 503. The app retries the keychain every ten seconds.
    wait::eventually_or_say(2 * SOON, "the event to be taken", async || {
        match post::signed(&url, &secret(), &in_review("event-one")).await {
            Ok(StatusCode::OK) => Ok(()),
            Ok(status) => Err(format!("it is answered {status}")),
            Err(error) => Err(error.to_string()),
        }
    })
    .await?;
    assert_eq!(studio.notifications.next().await?.summary, "In Review");
    app.session.find_none("status", "The keychain is locked").await?;
    app.quit().await
}

#[tokio::test]
async fn a_taken_port_shows_in_the_window_and_is_mended_there() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    studio.launch = studio.launch.var("HOOKBELL_PORT", port.to_string());

    let app = studio.open_app().await?;
    app.session.find("alert", &format!("Port {port} is taken")).await?;
    take_picture(&app.session, "port-taken").await?;
    let names = wait::eventually(SOON, "a button that offers another port", async || {
        let names = app.session.names("button").await.ok()?;
        names.into_iter().find(|name| name.starts_with("Use port "))
    });
    let button = names.await?;
    app.session.click("button", &button).await?;
    app.session.find_none("button", &button).await?;

    let free = button.trim_start_matches("Use port ");
    let url = app.add_webhook("Studio", &secret()).await?;
    assert!(url.starts_with(&format!("http://127.0.0.1:{free}/")), "{url} is not on {free}");
    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);
    app.quit().await
}
