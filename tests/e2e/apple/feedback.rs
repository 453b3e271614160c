//! A tester's feedback in the real app: from the notification straight to the picture or the crash.

use hookbell_core::EventType;
use hookbell_sim::{AddFeedback, Emit};
use hookbell_tests::{
    Error,
    wait::{self, SOON},
};

use super::{BIRDS, Desk};
use crate::{pictures::take_picture, studio::App};

/// Colours that fill large parts of the two screenshots of the simulator's first feedback, and that the window itself
/// never draws.
const KEYBOARD: [u8; 3] = [206, 211, 207];
const DARK_LIST: [u8; 3] = [28, 34, 27];

/// While a screenshot is shown, its colour covers at least this share of the window, in thousandths.
const SHOWN: u32 = 20;

#[tokio::test]
async fn a_click_on_the_notification_shows_the_testers_screenshot() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    app.session.wait_for_text("signature verified").await?;

    desk.emit(EventType::BetaFeedbackScreenshotSubmissionCreated, "Studio").await;
    let told = desk.told("Screenshot feedback").await?;

    desk.studio.notifications.click(&told, "default").await?;
    app.session.find("heading", "Save button is hidden").await?;
    shows(&app, KEYBOARD, "feedback-screenshot").await?;
    app.session.click("button", "Screenshot 2").await?;
    shows(&app, DARK_LIST, "feedback-second").await?;
    app.quit().await
}

/// Waits until the window shows a screenshot with this colour.
async fn shows(app: &App, colour: [u8; 3], name: &str) -> Result<(), Error> {
    wait::eventually_or_say(SOON, format!("the pixels of {name}"), async || {
        let picture = take_picture(&app.session, name).await.map_err(|error| error.to_string())?;
        match picture.thousandths_of(colour) {
            SHOWN.. => Ok(()),
            share => Err(format!("its colour is {share} thousandths of the window")),
        }
    })
    .await
}

#[tokio::test]
async fn a_click_on_the_notification_shows_the_crash() -> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    app.session.wait_for_text("signature verified").await?;

    desk.emit(EventType::BetaFeedbackCrashSubmissionCreated, "Studio").await;
    let told = desk.told("Crash").await?;
    desk.studio.notifications.click(&told, "default").await?;
    app.session.wait_for_text("EXC_").await?;
    take_picture(&app.session, "feedback-crash").await?;
    app.quit().await
}

#[tokio::test]
async fn a_testers_words_are_escaped_only_for_a_server_that_reads_markup() -> Result<(), Error> {
    const WORDS: &str = "Birds & <b>bees</b> don't fit";
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;
    app.session.wait_for_text("signature verified").await?;
    let (app_id, _) = desk.simulator.apps().into_iter().find(|(_, name)| name == BIRDS).unwrap();

    for (reads_markup, body) in [(false, WORDS), (true, "Birds &amp; &lt;b&gt;bees&lt;/b&gt; don't fit")] {
        desk.studio.notifications.read_markup(reads_markup);
        let add = AddFeedback { app_id: app_id.clone(), comment: Some(WORDS.to_owned()), ..AddFeedback::default() };
        let feedback = desk.simulator.add_feedback(&add).unwrap().remove(0);
        let event = Emit::of(EventType::BetaFeedbackScreenshotSubmissionCreated).through(desk.id_of("Studio"));
        desk.simulator.emit(event.with("/data/relationships/instance/data/id", feedback)).await.unwrap();
        let told = desk.told("Screenshot feedback").await?;
        assert!(told.body.contains(body), "{}", told.body);
    }
    app.quit().await
}
