//! Managing the tunnel in the window, with the real engine behind it.

use hookbell_tests::Error;

use crate::studio::{Studio, secret};

#[tokio::test]
async fn a_public_address_is_entered_proved_and_stopped() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    let (base, _) = url.split_once("/hooks/").unwrap();

    app.session.click("link", "Tunnel").await?;
    app.session.wait_for_text("Apple can’t send events").await?;
    app.session.click("button", "Show all 12").await?;
    app.session.click("radio", "Existing public address").await?;
    app.session.fill("textbox", "Public address", "http://hooks.example.com").await?;
    app.session.click("button", "Use this address").await?;
    app.session.wait_for_text("App Store Connect sends only to https addresses").await?;
    // For an address on this computer, plain http is allowed.
    app.session.fill("textbox", "Public address", base).await?;
    app.session.click("button", "Use this address").await?;
    app.session.wait_for_text("Apple can reach this computer").await?;
    app.session.wait_for_text("round trip").await?;

    app.session.click("button", "Run again").await?;
    app.session.wait_for_text("5 checks passed").await?;
    app.session.click("button", "Stop").await?;
    app.session.wait_for_text("Start the tunnel, or add an account").await?;
    app.tray.click("Settings…").await?;
    app.session.wait_for_text("Tunnel stopped").await?;
    let state = app.tray.wait_for_entry("Listening on port ").await?;
    app.tray.click(&state.label).await?;
    app.session.find("button", "Start").await?;
    app.quit().await
}
