//! Pictures of the window in its own browser engine, light and dark. They stay in `results/` for a person to look at.

use std::{fs, path::Path};

use hookbell_core::EventType;
use hookbell_tests::{Error, post, tray::Picture, webdriver::Session};
use reqwest::StatusCode;

use crate::{
    events::{changed, in_review, rejected, version},
    studio::{Studio, secret},
};

#[tokio::test]
async fn the_window_follows_the_desktop_into_light() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let pictures = take_pictures(&mut studio, "light").await?;
    assert!(pictures.iter().all(|picture| picture.brightness() > 150), "{pictures:?} are not light");
    Ok(())
}

#[tokio::test]
async fn the_window_follows_the_desktop_into_dark() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    studio.desktop.prefer_dark()?;
    let pictures = take_pictures(&mut studio, "dark").await?;
    assert!(pictures.iter().all(|picture| picture.brightness() < 60), "{pictures:?} are not dark");
    Ok(())
}

/// A window with a day's work in it: the inbox, an event, the webhooks.
async fn take_pictures(studio: &mut Studio, theme: &str) -> Result<Vec<Picture>, Error> {
    let app = studio.open_app().await?;
    let mut pictures = vec![take_picture(&app.session, &format!("welcome-{theme}")).await?];
    app.session.click("button", "New webhook").await?;
    app.session.click("radio", "Custom").await?;
    pictures.push(take_picture(&app.session, &format!("webhook-sheet-{theme}")).await?);
    app.session.click("button", "Cancel").await?;
    app.session.find_none("dialog", "New webhook").await?;
    let url = app.add_webhook("Backyard Birds", &secret()).await?;
    app.add_webhook_with_generated_secret("Mountain Climber").await?;
    pictures.push(take_picture(&app.session, &format!("webhook-new-{theme}")).await?);
    let events = [
        changed(EventType::BuildUploadStateUpdated, "upload", &[]),
        changed(EventType::BuildBetaDetailExternalBuildStateUpdated, "beta", &[]),
        changed(EventType::BetaFeedbackScreenshotSubmissionCreated, "screenshot", &[]),
        changed(EventType::BetaFeedbackCrashSubmissionCreated, "crash", &[]),
        changed(EventType::BackgroundAssetVersionStateUpdated, "asset", &[]),
        in_review("in-review"),
        version("accepted", "ACCEPTED"),
        rejected("rejected"),
        in_review("in-review"),
    ];
    for event in &events {
        assert_eq!(post::signed(&url, &secret(), event).await?, StatusCode::OK);
    }
    assert_eq!(post::with_headers(&url, &[], b"{}").await?, StatusCode::UNAUTHORIZED);
    // The banner moves the page below it, so a click could miss.
    app.session.wait_for_text("App Store Connect counts these deliveries as failed").await?;
    app.session.click("option", "Backyard Birds").await?;
    app.session.wait_for_text("1 rejected").await?;
    pictures.push(take_picture(&app.session, &format!("webhooks-{theme}")).await?);
    app.session.click("link", "Inbox").await?;
    app.session.find("option", "Rejected").await?;
    pictures.push(take_picture(&app.session, &format!("inbox-{theme}")).await?);
    app.session.click("option", "Rejected").await?;
    app.session.wait_for_text("Deliveries").await?;
    pictures.push(take_picture(&app.session, &format!("event-{theme}")).await?);
    app.quit().await?;
    Ok(pictures)
}

/// Takes a picture of the page, keeps it in the results, and checks that it isn't blank.
pub async fn take_picture(session: &Session, name: &str) -> Result<Picture, Error> {
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/results");
    fs::create_dir_all(&results).unwrap();
    let file = results.join(format!("{name}.png"));
    fs::write(&file, session.screenshot().await?).unwrap();
    let picture = Picture::read(&file)?;
    assert!(!picture.is_blank());
    Ok(picture)
}
