//! From a key to a notification and back to an empty state, as on a user's first day.

use hookbell_core::{EventType, Secret};
use hookbell_tests::{Error, post};
use reqwest::StatusCode;
use serde_json::json;

use super::{BIRDS, Desk};
use crate::{
    events::{in_review, rejected, version},
    pictures::take_picture,
    studio::secret,
};

const ARRIVED: &str = "signature verified";

#[tokio::test]
async fn a_webhook_is_made_tested_told_of_edited_and_deleted() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    // The form itself sends the first ping.
    app.session.wait_for_text(ARRIVED).await?;
    app.test("Studio", ARRIVED).await?;
    app.session.wait_for_text("Delivered").await?;
    app.session.wait_for_text("1 of 10 used").await?;
    let there = desk.there("Studio").unwrap();
    assert_eq!(there["enabled"], true);
    assert!(there["eventTypes"].as_array().unwrap().len() > 5, "{there}");

    let sent = desk.emit(EventType::BuildUploadStateUpdated, "Studio").await;
    assert_eq!(sent.http_status_code, Some(200));
    desk.told("Upload complete").await?;

    app.session.click("button", "Edit Studio").await?;
    app.session.fill("textbox", "Name", "Desk").await?;
    app.session.click("button", "Feedback").await?;
    app.session.wait_for_text("Screenshot feedback, Crash feedback").await?;
    app.session.click("button", "Save").await?;
    app.session.find("listitem", "Desk").await?;
    let there = desk.there("Desk").unwrap();
    assert_eq!(
        there["eventTypes"],
        json!(["BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"])
    );
    app.session.click("switch", "Desk enabled").await?;
    app.session.wait_for_text("Disabled").await?;
    assert_eq!(desk.there("Desk").unwrap()["enabled"], false);

    app.choose("Desk", "Delete…").await?;
    app.session.wait_for_text("Its secret is removed from your keychain").await?;
    app.session.click("button", "Delete webhook").await?;
    app.session.wait_for_text("No webhooks yet").await?;
    assert_eq!(desk.there("Desk"), None);
    let url = there["url"].as_str().unwrap();
    assert_eq!(post::signed(url, &secret(), &rejected("late")).await?, StatusCode::NOT_FOUND);
    app.session.click("link", "Inbox").await?;
    app.session.find("option", "Upload complete").await?;
    app.quit().await
}

#[tokio::test]
async fn after_a_rotation_both_secrets_are_good_here_and_apple_signs_with_the_new_one() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", Some(&secret())).await?;
    app.session.wait_for_text(ARRIVED).await?;
    let url = desk.there("Studio").unwrap()["url"].as_str().unwrap().to_owned();
    let new = Secret::new("four-other-common-words").unwrap();
    assert_eq!(post::signed(&url, &new, &rejected("early")).await?, StatusCode::UNAUTHORIZED);

    app.choose("Studio", "Rotate secret…").await?;
    app.choose_secret(&new).await?;
    app.session.click("button", "Rotate secret").await?;
    app.session.find_none("dialog", "Rotate secret").await?;
    app.session.wait_for_text("The old secret stays valid until").await?;
    assert_eq!(desk.there("Studio").unwrap()["url"], *url);
    assert_eq!(post::signed(&url, &secret(), &in_review("by-the-old")).await?, StatusCode::OK);
    assert_eq!(post::signed(&url, &new, &rejected("by-the-new")).await?, StatusCode::OK);
    let other = Secret::new("neither of them").unwrap();
    assert_eq!(post::signed(&url, &other, &version("forged", "ACCEPTED")).await?, StatusCode::UNAUTHORIZED);
    app.test("Studio", ARRIVED).await?;
    app.quit().await
}

#[tokio::test]
async fn what_was_read_is_there_at_the_next_start_with_nobody_to_ask() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    app.session.wait_for_text(ARRIVED).await?;
    app.session.wait_for_text("Delivered just now").await?;
    app.quit().await?;
    let Desk { mut studio, simulator } = desk;
    simulator.stop().await.unwrap();

    let app = studio.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.session.find("listitem", "Studio").await?;
    app.session.wait_for_text("Read just now").await?;
    // After the retries have ended, the known state stays, with the reason.
    app.session.find("option", "App Store Connect can’t be reached").await?;
    app.session.wait_for_text("Showing what was read").await?;
    app.session.find("listitem", "Studio").await?;
    take_picture(&app.session, "apple-offline").await?;
    app.quit().await
}
