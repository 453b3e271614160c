//! The first start in the real app: three steps from nothing to a webhook that a ping has verified.

use hookbell_sim::{Config, Simulator};
use hookbell_tests::{Error, program::XDOTOOL};

use crate::{
    pictures::take_picture,
    studio::{Studio, TITLE},
};

#[tokio::test]
async fn the_first_start_leads_from_a_key_to_a_webhook_that_works_and_is_not_asked_again() -> Result<(), Error> {
    let Some(mut studio) = Studio::fresh().await? else { return Ok(()) };
    let simulator = Simulator::start(Config::default()).await.unwrap();
    let ready = simulator.ready();
    let app = studio.open_app().await?;
    app.session.find("heading", "Connect to App Store Connect").await?;
    take_picture(&app.session, "welcome-key").await?;

    app.session.fill("textbox", "Key file", &ready.private_key_file.display().to_string()).await?;
    app.session.fill("textbox", "Issuer ID", ready.issuer_id.as_deref().unwrap()).await?;
    app.session.fill("textbox", "Name", "Halden").await?;
    app.session.click("checkbox", "Use a simulator instead of App Store Connect").await?;
    app.session.fill("textbox", "Simulator address", &ready.url).await?;
    press(&studio, "Return").await?;

    app.session.find("heading", "Let Apple reach this computer").await?;
    app.session.wait_for_text("Halden, 2 apps").await?;
    app.session.click("radio", "No tunnel").await?;
    take_picture(&app.session, "welcome-tunnel").await?;
    app.session.click("button", "Continue").await?;

    app.session.find("heading", "Create your first webhook").await?;
    app.session.fill("textbox", "Name", "Studio").await?;
    press(&studio, "Return").await?;
    app.session.wait_for_text("signature verified").await?;
    take_picture(&app.session, "welcome-done").await?;
    assert_eq!(simulator.state()["webhooks"][0]["name"], "Studio");
    app.session.click("button", "Open Hookbell").await?;
    app.session.find("heading", "Inbox").await?;
    app.session.find("option", "Ping").await?;
    app.quit().await?;

    let app = studio.open_app().await?;
    app.session.find("heading", "Inbox").await?;
    app.quit().await
}

#[tokio::test]
async fn a_welcome_that_was_skipped_is_found_again_in_the_settings() -> Result<(), Error> {
    let Some(mut studio) = Studio::fresh().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    app.session.find("heading", "Connect to App Store Connect").await?;
    app.session.click("button", "Skip").await?;
    app.session.find("heading", "Let Apple reach this computer").await?;
    app.session.click("button", "Skip").await?;
    app.session.click("button", "Skip and open Hookbell").await?;
    app.session.find("heading", "Inbox").await?;
    app.quit().await?;

    let app = studio.open_app().await?;
    app.session.find("heading", "Inbox").await?;
    app.session.click("link", "Settings").await?;
    app.session.click("link", "Open Setup Assistant…").await?;
    app.session.find("heading", "Connect to App Store Connect").await?;
    press(&studio, "Escape").await?;
    app.session.find("heading", "Inbox").await?;
    app.quit().await
}

/// Presses a key.
async fn press(studio: &Studio, key: &str) -> Result<(), Error> {
    let windows = studio.desktop.wait_for_windows(TITLE, 1).await?;
    studio.desktop.run(XDOTOOL, &["windowactivate", "--sync", &windows[0], "key", key], b"").await.map(drop)
}
