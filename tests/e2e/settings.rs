//! Settings in the real app, and their effect on the system, the webview and the log.

use std::fs;

use hookbell_tests::{
    Error,
    wait::{self, SOON},
};

use crate::studio::{App, Studio, TITLE};

impl App {
    /// Waits until the page's width in CSS pixels is as wanted.
    async fn wait_for_width(&self, wanted: impl Fn(f64) -> bool) -> Result<(), Error> {
        wait::eventually_or_say(SOON, "a page of another width", async || {
            let width = self.session.run("return innerWidth").await.map_err(|error| error.to_string())?;
            match width.as_f64().is_some_and(&wanted) {
                true => Ok(()),
                false => Err(format!("it is {width}")),
            }
        })
        .await
    }
}

#[tokio::test]
async fn starting_at_login_is_an_entry_among_what_the_desktop_starts() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    app.session.click("link", "Settings").await?;
    let entry = studio.desktop.root().join("config/autostart/hookbell.desktop");
    for is_there in [true, false] {
        app.session.click("switch", "Start at login").await?;
        wait::eventually_or_say(SOON, "the entry to follow the switch", async || {
            let text = fs::read_to_string(&entry).unwrap_or_default();
            match text.contains("hookbell-app\" --hidden\n") == is_there {
                true => Ok(()),
                false => Err(format!("the entry is {text:?}")),
            }
        })
        .await?;
    }
    app.quit().await
}

#[tokio::test]
async fn larger_text_is_there_at_once_and_in_the_next_window() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    app.session.click("link", "Settings").await?;
    let usual = app.session.run("return innerWidth").await?.as_f64().unwrap();
    let is_larger = |width: f64| (usual / width - 1.25).abs() < 0.02;
    app.session.click("button", "125%").await?;
    app.wait_for_width(is_larger).await?;
    studio.desktop.close_window(TITLE).await?;
    app.tray.click("Open Hookbell").await?;
    app.session.follow_new_window().await?;
    app.wait_for_width(is_larger).await?;
    app.quit().await
}
