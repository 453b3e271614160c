//! Managing a local webhook in the window, and the effect on senders.

use hookbell_core::Secret;
use hookbell_tests::{Error, post};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected, version},
    studio::{Studio, secret},
};

#[tokio::test]
async fn after_a_rotation_both_secrets_are_good() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    let new = Secret::new("four-other-common-words").unwrap();
    assert_eq!(post::signed(&url, &new, &rejected("early")).await?, StatusCode::UNAUTHORIZED);

    app.rotate(&new).await?;
    app.session.wait_for_text("The old secret stays valid until").await?;
    assert_eq!(app.payload_url().await?, url);
    assert_eq!(post::signed(&url, &secret(), &in_review("by-the-old")).await?, StatusCode::OK);
    assert_eq!(post::signed(&url, &new, &rejected("by-the-new")).await?, StatusCode::OK);
    let other = Secret::new("neither of them").unwrap();
    assert_eq!(post::signed(&url, &other, &version("forged", "ACCEPTED")).await?, StatusCode::UNAUTHORIZED);
    app.quit().await
}

#[tokio::test]
async fn a_removed_webhook_answers_no_more_and_its_events_stay() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);

    app.session.wait_for_text("1 event").await?;
    app.session.click("button", "More for Studio").await?;
    app.session.click("menuitem", "Remove…").await?;
    app.session.wait_for_text("Its one stored event stays.").await?;
    app.session.click("button", "Remove webhook").await?;
    app.session.wait_for_text("No webhooks yet").await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("event-two")).await?, StatusCode::NOT_FOUND);
    app.session.click("link", "Inbox").await?;
    app.session.click("option", "In Review").await?;
    app.session.wait_for_text("event-one").await?;
    app.quit().await
}
