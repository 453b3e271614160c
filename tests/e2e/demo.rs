//! "Try the demo" in the real app: marked wherever it shows, notified like real events, and removed without a trace.

use std::time::Duration;

use hookbell_tests::{
    Error, leaks,
    program::SECRET_TOOL,
    wait::{self, SOON},
    webdriver::Session,
};

use crate::{
    pictures::take_picture,
    studio::{App, Studio, TITLE},
};

/// The window's title while it shows the demo.
const DEMO: &str = "Hookbell – Demo";

/// An app that only the demo has.
const BIRDS: &str = "Backyard Birds";

/// How long the demo may take to simulate the weeks before it, on a busy machine.
const WEEKS: Duration = Duration::from_secs(240);

#[tokio::test]
async fn the_demo_is_marked_everywhere_told_like_the_real_thing_and_leaves_nothing() -> Result<(), Error> {
    let Some(mut studio) = Studio::fresh().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    begin(&app.session).await?;
    studio.desktop.wait_for_windows(DEMO, 1).await?;
    app.tray.wait_for_entry("Demo · ").await?;
    assert!(
        !leaks::in_files(studio.launch.data_dir(), BIRDS)?.is_empty(),
        "a search that finds nothing proves nothing"
    );
    for room in ["Feedback", "Webhooks", "Deliveries", "Rules", "Tunnel", "Inbox"] {
        app.session.click("link", room).await?;
        app.session.find("heading", room).await?;
        app.session.wait_for_text("a simulated App Store Connect").await?;
        take_picture(&app.session, &format!("demo-{}", room.to_lowercase())).await?;
    }
    assert!(studio.notifications.waiting().is_empty(), "nobody is told of the past");

    app.session.click("button", "Send an event").await?;
    app.session.click("button", "Send event").await?;
    app.session.wait_for_text("answered 200").await?;
    take_picture(&app.session, "demo-happened").await?;
    let told = studio.notifications.next().await?;
    let headline = told.summary.strip_prefix("Demo: Approved").map(|_| "Version 3.3 is approved and ready to release");
    let headline = headline.unwrap_or_else(|| panic!("{}", told.summary));
    app.session.click("link", "Tunnel").await?;
    app.session.find("heading", "Tunnel").await?;
    studio.notifications.click(&told, "default").await?;
    app.session.find("heading", headline).await?;

    app.session.click("button", "Leave the demo…").await?;
    app.session.click("button", "Leave and delete").await?;
    app.session.find("heading", "Connect to App Store Connect").await?;
    studio.desktop.wait_for_windows(TITLE, 1).await?;
    is_gone(&studio).await?;
    // Its event is deleted with it: a click only shows the window.
    app.quit().await?;
    nothing_is_left(&studio).await
}

#[tokio::test]
async fn a_demo_that_was_killed_is_gone_at_the_next_start() -> Result<(), Error> {
    let Some(mut studio) = Studio::fresh().await? else { return Ok(()) };
    let App { session, .. } = studio.open_app().await?;
    begin(&session).await?;
    session.kill();
    assert!(studio.launch.data_dir().join("demo").exists());

    let app = studio.open_app().await?;
    app.session.find("heading", "Connect to App Store Connect").await?;
    is_gone(&studio).await?;
    app.quit().await?;
    nothing_is_left(&studio).await
}

/// Starts the demo from the welcome, and waits until the window shows it.
pub async fn begin(session: &Session) -> Result<(), Error> {
    session.click("button", "Try the demo").await?;
    wait::eventually_or_say(WEEKS, "the demo in the window", async || {
        let text = session.text().await.map_err(|error| error.to_string())?;
        if text.contains("a simulated App Store Connect") { Ok(()) } else { Err(format!("the page shows: {text}")) }
    })
    .await?;
    session.find("heading", "Inbox").await.map(drop)
}

/// Waits until the demo's folder is removed.
async fn is_gone(studio: &Studio) -> Result<(), Error> {
    let folder = studio.launch.data_dir().join("demo");
    wait::eventually(SOON, "the end of the demo's folder", async || (!folder.exists()).then_some(())).await
}

/// Whether nothing in the data directory or the keychain mentions the demo any more.
async fn nothing_is_left(studio: &Studio) -> Result<(), Error> {
    assert_eq!(leaks::in_files(studio.launch.data_dir(), BIRDS)?, Vec::<String>::new());
    let found = studio.desktop.run(SECRET_TOOL, &["search", "--all", "service", "Hookbell"], b"").await;
    let found = found.map(|said| String::from_utf8_lossy(&said).into_owned()).unwrap_or_default();
    assert_eq!(found, "");
    Ok(())
}
