//! Pictures of accounts, webhooks and deliveries in the real window, light and dark. They stay in `results/` for a
//! person to look at.

use hookbell_core::EventType;
use hookbell_sim::{AddApps, Backdate, Fault};
use hookbell_tests::{Error, tray::Picture};

use super::{BIRDS, Desk};
use crate::pictures::take_picture;

#[tokio::test]
async fn what_stands_at_apple_is_shown_in_light() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let pictures = take_pictures(&mut desk, "light").await?;
    assert!(pictures.iter().all(|picture| picture.brightness() > 150), "{pictures:?} are not light");
    Ok(())
}

#[tokio::test]
async fn what_stands_at_apple_is_shown_in_dark() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    desk.studio.desktop.prefer_dark()?;
    let pictures = take_pictures(&mut desk, "dark").await?;
    assert!(pictures.iter().all(|picture| picture.brightness() < 60), "{pictures:?} are not dark");
    Ok(())
}

/// The rooms of a developer with several apps: a webhook that works, one that is disabled, one that fails.
async fn take_pictures(desk: &mut Desk, theme: &str) -> Result<Vec<Picture>, Error> {
    let apps = AddApps { count: 6, webhooks_per_app: 2, url: None, secret: None };
    desk.simulator.add_apps(&apps).unwrap();
    let app = desk.studio.open_app().await?;
    let mut pictures = Vec::new();
    app.fill_account("Halden", &desk.simulator.ready()).await?;
    pictures.push(take_picture(&app.session, &format!("apple-account-sheet-{theme}")).await?);
    app.session.click("button", "Add account").await?;
    app.session.find_none("dialog", "Add account").await?;
    app.session.wait_for_text("API requests left").await?;
    pictures.push(take_picture(&app.session, &format!("apple-accounts-{theme}")).await?);

    app.open_webhooks_of(BIRDS).await?;
    app.session.click("button", "New webhook").await?;
    app.session.fill("textbox", "Name", "Studio Mac").await?;
    app.session.click("radio", "Custom").await?;
    pictures.push(take_picture(&app.session, &format!("apple-webhook-sheet-{theme}")).await?);
    app.session.click("radio", "Generated").await?;
    app.session.click("button", "Create webhook").await?;
    app.session.find_none("dialog", "New webhook").await?;
    app.session.wait_for_text("signature verified").await?;
    app.create_app_webhook("Build server", None).await?;
    app.test("Build server", "signature verified").await?;
    app.session.click("switch", "Build server enabled").await?;
    app.session.wait_for_text("Disabled").await?;
    app.create_app_webhook("Night shift", None).await?;
    desk.change_secret_behind_our_back("Night shift").await;
    app.test("Night shift", "Secret mismatch").await?;
    pictures.push(take_picture(&app.session, &format!("apple-webhooks-{theme}")).await?);

    let types =
        [EventType::BuildUploadStateUpdated, EventType::BetaFeedbackScreenshotSubmissionCreated].into_iter().cycle();
    for event_type in types.take(6) {
        desk.emit(event_type, "Studio Mac").await;
    }
    let (webhook_id, days) = (Some(desk.id_of("Studio Mac")), 86_400);
    desk.simulator.backdate(&Backdate { webhook_id, seconds: days, ..Backdate::default() }).unwrap();
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, "Studio Mac").await;
    desk.emit_into_the_void(EventType::BetaFeedbackCrashSubmissionCreated, "Studio Mac").await;
    let operation = Some("webhookDeliveriesCreateInstance".to_owned());
    desk.simulator.add_fault(Fault { operation, ..Fault::default() }).unwrap();
    app.session.click("link", "Deliveries").await?;
    app.session.find("button", "Details of Crash").await?;
    pictures.push(take_picture(&app.session, &format!("apple-deliveries-{theme}")).await?);
    app.session.click("button", "Details of Crash").await?;
    app.session.click("button", "Redeliver").await?;
    app.session.wait_for_text("the delivery stays in the log").await?;
    pictures.push(take_picture(&app.session, &format!("apple-delivery-{theme}")).await?);
    app.quit().await?;
    Ok(pictures)
}
