//! The window stays on the app's own pages, whatever a page in it tries.

use std::net::TcpListener;

use hookbell_tests::Error;

use crate::studio::Studio;

#[tokio::test]
async fn the_window_leads_nowhere_but_to_its_own_pages() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    app.session.click("link", "Webhooks").await?;
    let elsewhere = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", elsewhere.local_addr().unwrap());

    let opened = app.session.run(&format!("return window.open('{address}') === null")).await?;
    assert_eq!(opened, true, "a second window");
    app.session.run(&format!("location.assign('{address}')")).await?;
    let submit = format!(
        "const form = document.createElement('form'); form.action = '{address}'; document.body.append(form); form.submit()"
    );
    app.session.run(&submit).await?;
    // The window's next action shows that it is still on its page.
    app.session.click("button", "New webhook").await?;
    app.session.find("textbox", "Name").await?;
    let here = app.session.run("return location.origin").await?;
    assert_eq!(here, "tauri://localhost");
    assert!(elsewhere.accept().is_err(), "nobody may be asked");
    app.quit().await
}
