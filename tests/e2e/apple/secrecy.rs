//! A private key goes only from its file to the keychain, a webhook's secret only from there to Apple and the
//! clipboard.

use std::fs;

use hookbell_core::{EventType, Secret};
use hookbell_tests::{Error, leaks, procfs};

use super::{BIRDS, Desk};

#[tokio::test]
async fn no_key_and_no_secret_shows_in_log_files_window_notifications_or_processes() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    let mut window = app.session.everything().await?;
    app.open_webhooks_of(BIRDS).await?;
    let typed = Secret::new("tell-tale-8f2b91c7d4").unwrap();
    app.create_app_webhook("Typed", Some(&typed)).await?;
    app.session.wait_for_text("signature verified").await?;
    window += &app.session.everything().await?;

    app.choose("Typed", "Rotate secret…").await?;
    app.session.click("button", "Rotate secret").await?;
    app.session.find_none("dialog", "Rotate secret").await?;
    app.choose("Typed", "Copy secret").await?;
    app.session.wait_for_text("Secret copied. The clipboard is cleared after a minute.").await?;
    window += &app.session.everything().await?;
    // Like a person, the test can learn a generated secret only by pasting it somewhere.
    app.session.click("button", "New webhook").await?;
    app.session.click("radio", "Custom").await?;
    let generated = Secret::new(app.session.paste("textbox", "Custom secret").await?).unwrap();
    app.session.click("button", "Cancel").await?;
    app.session.find_none("dialog", "New webhook").await?;

    // A failed delivery's log entry, and so the window, contains the listener's reply.
    desk.change_secret_behind_our_back("Typed").await;
    app.test("Typed", "Secret mismatch").await?;
    assert_eq!(desk.emit(EventType::BuildUploadStateUpdated, "Typed").await.http_status_code, Some(401));
    app.session.click("link", "Deliveries").await?;
    app.session.find("button", "Redeliver 2 failed").await?;
    app.session.click("button", "Details of Upload complete").await?;
    app.session.wait_for_text("the signature doesn’t match").await?;
    window += &app.session.everything().await?;

    let told: String = desk.studio.notifications.waiting().iter().map(|shown| format!("{shown:?}")).collect();
    assert!(!told.is_empty(), "the ping was told of");
    let family = procfs::family(app.session.app_pid().unwrap());
    assert!(family.len() > 1, "the webview has processes of its own");
    let pem = fs::read_to_string(desk.simulator.ready().private_key_file).unwrap();
    let line = pem.lines().nth(1).unwrap();
    let secrets = [typed.expose(), generated.expose(), line, "behind-our-back-4711"];
    for secret in secrets {
        assert!(secret.len() >= 20 && !window.contains(secret), "in the window");
        assert!(!told.contains(secret), "in a notification");
        assert!(!app.session.output().contains(secret), "in what the app prints");
        assert_eq!(leaks::in_processes(secret), Vec::<String>::new());
    }
    assert!(desk.studio.launch.log()?.contains("/v1/webhooks"), "a log without requests would prove nothing");
    app.quit().await?;

    assert!(!leaks::in_files(desk.studio.launch.data_dir(), "Typed")?.is_empty());
    for secret in secrets {
        assert_eq!(leaks::in_files(desk.studio.desktop.root(), secret)?, Vec::<String>::new());
    }
    Ok(())
}
