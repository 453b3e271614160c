//! A secret is only in the keychain, whether it was typed or generated.

use hookbell_core::Secret;
use hookbell_tests::{Error, leaks, post, procfs};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected},
    studio::Studio,
};

#[tokio::test]
async fn no_secret_shows_in_log_files_window_notifications_or_processes() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let typed = Secret::new("tell-tale-8f2b91c7d4").unwrap();
    let typed_url = app.add_webhook("Typed", &typed).await?;
    app.rotate(&Secret::new("tell-tale-again-55e0a1").unwrap()).await?;
    assert_eq!(post::signed(&typed_url, &typed, &in_review("first")).await?, StatusCode::OK);
    assert_eq!(post::with_headers(&typed_url, &[], &in_review("bare")).await?, StatusCode::UNAUTHORIZED);
    let mut told = format!("{:?}", studio.notifications.next().await?);
    let mut window = app.session.everything().await?;

    let url = app.add_webhook_with_generated_secret("Generated").await?;
    app.session.click("button", "Copy secret").await?;
    app.session.wait_for_text("Copied. The clipboard is cleared after a minute.").await?;
    window += &app.session.everything().await?;
    // Like a person, the test can learn a generated secret only by pasting it somewhere.
    app.session.click("button", "New webhook").await?;
    app.session.click("radio", "Custom").await?;
    let generated = Secret::new(app.session.paste("textbox", "Custom secret").await?).unwrap();
    app.session.click("button", "Cancel").await?;
    app.session.find_none("dialog", "New webhook").await?;
    window += &app.session.everything().await?;
    assert_eq!(post::signed(&url, &generated, &rejected("second")).await?, StatusCode::OK);
    told += &format!("{:?}", studio.notifications.next().await?);

    let family = procfs::family(app.session.app_pid().unwrap());
    assert!(family.len() > 1, "the webview has processes of its own");
    let secrets = [typed.expose(), "tell-tale-again-55e0a1", generated.expose()];
    for secret in secrets {
        assert!(secret.len() >= 20 && !window.contains(secret), "in the window");
        assert!(!told.contains(secret), "in a notification");
        assert!(!app.session.output().contains(secret), "in what the app prints");
        assert_eq!(leaks::in_processes(secret), Vec::<String>::new());
    }
    assert!(!studio.launch.log()?.is_empty(), "an empty log would prove nothing");
    app.quit().await?;

    // Shows that the search works: a webhook's name is in the store.
    assert!(!leaks::in_files(studio.launch.data_dir(), "Generated")?.is_empty());
    for secret in secrets {
        assert_eq!(leaks::in_files(studio.desktop.root(), secret)?, Vec::<String>::new());
    }
    Ok(())
}
