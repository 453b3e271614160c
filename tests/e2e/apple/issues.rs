//! A tester's feedback as an issue at a fake GitHub, in the real window: filed once, and fixed once it is closed there.

use hookbell_tests::{
    Error, leaks,
    trackers::{FakeTrackers, TOKEN},
};

use super::Desk;
use crate::{pictures::take_picture, studio::App};

const FEEDBACK: &str = "Save button is hidden";

impl App {
    /// Adds the repository of a GitHub Enterprise server as a tracker.
    async fn add_github(&self, api: &str) -> Result<(), Error> {
        self.session.click("link", "Settings").await?;
        self.session.click("button", "Add tracker").await?;
        self.session.click("checkbox", "Use GitHub Enterprise Server").await?;
        self.session.fill("textbox", "API address", api).await?;
        self.session.fill("textbox", "Personal access token", TOKEN).await?;
        self.session.click("button", "Check token").await?;
        self.session.wait_for_text("The token works. It belongs to mira-halden.").await?;
        self.session.click("button", "Add tracker").await?;
        self.session.find_none("dialog", "Add tracker").await?;
        self.session.wait_for_text("No issues filed yet").await
    }

    async fn open_feedback(&self) -> Result<(), Error> {
        self.session.click("link", "Feedback").await?;
        self.session.click("option", FEEDBACK).await?;
        self.session.find("heading", FEEDBACK).await.map(drop)
    }
}

#[tokio::test]
async fn feedback_becomes_one_issue_even_if_the_answer_is_lost_and_is_fixed_once_the_issue_is_closed()
-> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let services = FakeTrackers::start().await.unwrap();
    let app = desk.open_app().await?;
    app.add_github(&services.github()).await?;
    let mut window = app.session.everything().await?;

    app.open_feedback().await?;
    app.session.click("button", "File issue…").await?;
    app.session.find("region", "Preview").await?;
    take_picture(&app.session, "issue-sheet").await?;
    services.lose_next_answer();
    app.session.click("button", "File issue").await?;
    app.session.wait_for_text("The issue may already exist.").await?;
    take_picture(&app.session, "issue-unsure").await?;
    app.session.click("button", "Try again").await?;
    app.session.find_none("dialog", "File issue").await?;
    app.session.find("button", "halden/birds #214 · Open").await?;
    take_picture(&app.session, "issue-filed").await?;
    window += &app.session.everything().await?;
    assert_eq!(services.issues().len(), 1, "{:#?}", services.issues());
    assert_eq!(services.files().len(), 2, "both screenshots: {:?}", services.files());
    app.quit().await?;

    services.close_all();
    let app = desk.studio.open_app().await?;
    app.open_feedback().await?;
    app.session.find("button", "halden/birds #214 · Fixed").await?;
    app.session.wait_for_text("Fixed: ").await?;
    take_picture(&app.session, "issue-fixed").await?;
    assert!(!window.contains(TOKEN), "the token is in the window");
    app.quit().await?;
    assert_eq!(leaks::in_files(desk.studio.launch.data_dir(), TOKEN)?, Vec::<String>::new());
    assert!(services.issues()[0]["body"].as_str().unwrap().contains("hookbell"), "{}", services.issues()[0]);
    Ok(())
}
