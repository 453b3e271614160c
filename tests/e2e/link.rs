//! Links to events: the desktop starts the app with a link, which opens exactly that event.

use hookbell_tests::{Error, post};
use reqwest::StatusCode;

use crate::{
    events::{in_review, rejected},
    studio::{Studio, TITLE, secret},
};

#[tokio::test]
async fn a_link_opens_its_event_in_the_running_app_and_a_bad_one_is_ignored_with_words() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("event/one ä")).await?, StatusCode::OK);
    assert_eq!(post::signed(&url, &secret(), &in_review("event-two")).await?, StatusCode::OK);
    studio.notifications.next().await?;
    studio.notifications.next().await?;
    let follow = async |link: &str| {
        let mut second = studio.launch.clone().arg(link).start(&studio.desktop)?;
        let status = second.ended().await?;
        Ok::<_, Error>((status.code(), second.stderr()))
    };

    assert_eq!(follow("hookbell://event/event-two").await?.0, Some(0));
    app.session.wait_for_text("event-two").await?;
    assert_eq!(follow("hookbell://event/event%2Fone%20%C3%A4").await?.0, Some(0));
    app.session.wait_for_text("event/one ä").await?;

    let bad = "hookbell://event/event-two/delete";
    let (code, said) = follow(bad).await?;
    assert_eq!(code, Some(2));
    assert!(said.contains(bad) && said.contains("a link looks like hookbell://event/ID"), "{said}");
    assert!(app.session.text().await?.contains("event/one ä"), "the window stays where it was");

    assert_eq!(follow("hookbell://event/never-seen").await?.0, Some(0));
    app.session.wait_for_text("The link’s event isn’t on this computer").await?;
    assert_eq!(studio.desktop.windows(TITLE).await?.len(), 1);
    app.quit().await
}

#[tokio::test]
async fn a_link_starts_the_app_and_shows_its_event() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &in_review("event-one")).await?, StatusCode::OK);
    studio.notifications.next().await?;
    app.quit().await?;

    // A link shows the window even with --hidden.
    let launch = studio.launch.clone().arg("hookbell://event/event-one");
    let session = hookbell_tests::webdriver::Session::open(&studio.desktop, &launch).await?;
    session.wait_for_text("event-one").await?;
    session.kill();
    Ok(())
}
