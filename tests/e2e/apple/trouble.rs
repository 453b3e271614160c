//! Failures between App Store Connect and this computer are explained, and fixed in the window.

use hookbell_core::EventType;
use hookbell_sim::{ChangeKey, Fault, Role};
use hookbell_tests::Error;

use super::{BIRDS, Desk};

#[tokio::test]
async fn a_wrong_secret_is_named_and_mended_and_what_failed_is_sent_again() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    app.session.wait_for_text("signature verified").await?;

    desk.change_secret_behind_our_back("Studio").await;
    app.test("Studio", "Secret mismatch: App Store Connect uses a different secret from this computer’s.").await?;
    app.session.wait_for_text("Rotate the secret to give both sides the same new one.").await?;
    let refused = desk.emit(EventType::BuildUploadStateUpdated, "Studio").await;
    assert_eq!(refused.http_status_code, Some(401));

    app.choose("Studio", "Rotate secret…").await?;
    app.session.click("button", "Rotate secret").await?;
    app.session.find_none("dialog", "Rotate secret").await?;
    app.test("Studio", "signature verified").await?;
    desk.emit_into_the_void(EventType::BetaFeedbackCrashSubmissionCreated, "Studio").await;

    // Three deliveries failed: the ping, the upload, and the crash that nothing received.
    app.session.click("link", "Deliveries").await?;
    app.session.find("button", "Redeliver 3 failed").await?;
    app.row(&["Failed", "Upload", "401"]).await?;
    app.row(&["Failed", "Crash", "No response"]).await?;
    app.session.click("button", "Details of Upload complete").await?;
    app.session.wait_for_text("the signature doesn’t match").await?;
    app.session.click("button", "Redeliver").await?;
    app.row(&["Delivered again", "Upload", "200"]).await?;
    app.row(&["Recovered", "Upload"]).await?;
    desk.told("Upload complete").await?;

    app.session.click("button", "Redeliver 2 failed").await?;
    app.session.wait_for_text("2 of 2 deliveries arrived.").await?;
    app.row(&["Delivered again", "Crash", "200"]).await?;
    app.session.find_none("button", "Redeliver 1 failed").await?;
    desk.told("rash").await?;
    app.quit().await
}

#[tokio::test]
async fn a_key_that_is_no_good_is_explained_and_kept_only_once_it_is() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.studio.open_app().await?;
    let ready = desk.simulator.ready();
    let key = |revoked, role| ChangeKey { key_id: ready.key_id.clone(), role: Some(role), revoked: Some(revoked) };
    desk.simulator.change_key(&key(true, Role::Admin)).unwrap();
    app.fill_account("Halden", &ready).await?;
    app.session.click("button", "Add account").await?;
    app.session.wait_for_text(&format!("App Store Connect doesn’t accept the key {}", ready.key_id)).await?;
    desk.simulator.change_key(&key(false, Role::Developer)).unwrap();
    app.session.click("button", "Add account").await?;
    app.session.wait_for_text(&format!("The key {} doesn’t have enough access.", ready.key_id)).await?;
    assert!(app.session.text().await?.contains("No accounts."), "nothing was kept");

    desk.simulator.change_key(&key(false, Role::AppManager)).unwrap();
    app.session.click("button", "Add account").await?;
    app.session.find_none("dialog", "Add account").await?;
    app.open_webhooks_of(BIRDS).await?;
    app.quit().await
}

#[tokio::test]
async fn a_create_that_apple_breaks_leaves_nothing_half_done() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    let operation = Some("webhooksCreateInstance".to_owned());
    desk.simulator.add_fault(Fault { operation, status: Some(409), ..Fault::default() }).unwrap();
    app.session.click("button", "New webhook").await?;
    app.session.fill("textbox", "Name", "Studio").await?;
    app.session.click("button", "Create webhook").await?;
    app.session.wait_for_text("App Store Connect rejected this").await?;
    assert_eq!(desk.there("Studio"), None);
    // Sending the same form again creates a single webhook.
    app.session.click("button", "Create webhook").await?;
    app.session.find_none("dialog", "New webhook").await?;
    app.session.wait_for_text("signature verified").await?;
    app.session.wait_for_text("1 of 10 used").await?;
    app.quit().await
}
