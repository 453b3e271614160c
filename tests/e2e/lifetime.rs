//! How the app starts, keeps running, quits, and starts again with all its data.

use std::fs;

use futures_util::StreamExt;
use hookbell_tests::{
    Error, post,
    wait::{self, SOON},
    webdriver::Session,
};
use reqwest::StatusCode;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use zbus::MessageStream;

use crate::{
    events::{in_review, rejected},
    studio::{ONE_INSTANCE, Studio, TITLE, secret, started},
};

#[tokio::test]
async fn a_restart_keeps_everything() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    assert_eq!(post::signed(&url, &secret(), &in_review("event-kept")).await?, StatusCode::OK);
    let kept = studio.notifications.next().await?;
    app.quit().await?;

    let app = studio.open_app().await?;
    app.session.click("option", &kept.summary).await?;
    app.session.wait_for_text("event-kept").await?;
    app.session.click("link", "Webhooks").await?;
    let url = app.payload_url().await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("later")).await?, StatusCode::OK);
    // The old event isn't notified again: the next notification is about the new one.
    assert!(studio.notifications.next().await?.summary.starts_with("Rejected: "));

    app.session.kill();
    let app = studio.open_app().await?;
    app.session.find("option", "Rejected").await?;
    assert_eq!(app.session.names("option").await?.len(), 2);
    app.session.click("link", "Webhooks").await?;
    let url = app.payload_url().await?;
    assert_eq!(post::signed(&url, &secret(), &rejected("later")).await?, StatusCode::OK);
    assert!(studio.notifications.waiting().is_empty(), "what was told before the end is not told again");
    app.quit().await
}

#[tokio::test]
async fn a_hidden_app_has_no_window_until_it_is_asked_for_and_stays_when_it_is_closed() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let mut app = studio.launch.start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    assert_eq!(studio.desktop.windows(TITLE).await?, Vec::<String>::new());

    item.click("Open Hookbell").await?;
    studio.desktop.close_window(TITLE).await?;
    app.still_runs()?;
    item.wait_for_entry("Listening on port").await?;
    item.click("Open Hookbell").await?;
    studio.desktop.wait_for_windows(TITLE, 1).await?;

    // With the window open there are webview processes as well, and none may stay behind.
    assert!(studio.launch.processes().len() > 1);
    app.terminate();
    let status = app.ended().await?;
    assert!(status.success(), "{status}: {}", app.stderr());
    nothing_is_left(&studio).await
}

#[tokio::test]
async fn the_window_opens_where_it_was_closed_and_never_off_the_screen() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let mut app = studio.launch.start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    item.click("Open Hookbell").await?;
    let first = studio.desktop.wait_for_windows(TITLE, 1).await?.remove(0);
    studio.desktop.put(&first, [70, 50], [1_010, 640]).await?;
    let before = studio.desktop.place_of(&first).await?;
    studio.desktop.close_window(TITLE).await?;

    item.click("Open Hookbell").await?;
    let second = studio.desktop.wait_for_windows(TITLE, 1).await?.remove(0);
    is_at(&studio, &second, before).await?;
    app.terminate();
    app.ended().await?;

    // As if its screen had been disconnected.
    let file = studio.launch.data_dir().join("window.json");
    let kept = fs::read_to_string(&file).unwrap();
    let mut kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    kept["main"]["x"] = 40_000.into();
    fs::write(&file, kept.to_string()).unwrap();
    let mut app = studio.launch.start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    item.click("Open Hookbell").await?;
    let third = studio.desktop.wait_for_windows(TITLE, 1).await?.remove(0);
    let [left, _, width, _] = studio.desktop.place_of(&third).await?;
    assert!(left < 1_280 && width == before[2], "it is {width} wide, at {left}");
    app.terminate();
    app.ended().await.map(drop)
}

/// Waits until a window is at another's position, within the width of its frame.
async fn is_at(studio: &Studio, window: &str, wanted: [i32; 4]) -> Result<(), Error> {
    const FRAME_PX: i32 = 32;
    wait::eventually_or_say(SOON, format!("the window to be at {wanted:?}"), async || {
        let place = studio.desktop.place_of(window).await.map_err(|error| error.to_string())?;
        let near = (place[0] - wanted[0]).abs() <= FRAME_PX && (place[1] - wanted[1]).abs() <= FRAME_PX;
        if near && place[2..] == wanted[2..] { Ok(()) } else { Err(format!("it is at {place:?}")) }
    })
    .await
}

#[tokio::test]
async fn a_second_start_shows_the_first_ones_window_and_ends() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let mut first = studio.launch.start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    assert_eq!(studio.desktop.windows(TITLE).await?, Vec::<String>::new());
    for windows_before in [0, 1] {
        studio.desktop.wait_for_windows(TITLE, windows_before).await?;
        let mut second = studio.launch.start(&studio.desktop)?;
        let status = second.ended().await?;
        assert!(status.success(), "{status}: {}", second.stderr());
        studio.desktop.wait_for_windows(TITLE, 1).await?;
    }
    first.still_runs()?;

    item.click("Quit Hookbell").await?;
    let status = first.ended().await?;
    assert!(status.success(), "{status}");
    nothing_is_left(&studio).await
}

#[tokio::test]
async fn a_start_while_the_app_is_ending_is_one_of_its_own() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    let (address, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    // Quitting waits for a delivery that never completes.
    let mut delivery = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nhost: {address}\r\nx-apple-signature: hmacsha256={}\r\ncontent-length: 9\r\n\r\n",
        "0".repeat(64)
    );
    delivery.write_all(head.as_bytes()).await.unwrap();
    app.tray.click("Quit Hookbell").await?;
    studio.desktop.wait_for_no_owner(ONE_INSTANCE).await?;

    let mut next = studio.launch.start(&studio.desktop)?;
    let item = started(&mut studio.tray).await?;
    drop(delivery);
    app.session.app_ended().await?;
    item.wait_for_entry("Listening on port").await?;
    item.click("Quit Hookbell").await?;
    let status = next.ended().await?;
    assert!(status.success(), "{status}: {}", next.stderr());
    Ok(())
}

#[tokio::test]
async fn a_start_that_a_killed_app_leaves_without_an_answer_is_one_of_its_own() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    // As an app that was killed and is not gone yet: it owns the name and answers nothing.
    let dying = studio.desktop.bus_builder()?.name(ONE_INSTANCE)?.build().await?;
    let mut calls = MessageStream::from(&dying);
    let mut next = studio.launch.start(&studio.desktop)?;
    wait::eventually(SOON, "the start to call the app that is dying", async || {
        let call = calls.next().await?.ok()?;
        (call.header().member()?.as_str() == "ExecuteCallback").then_some(())
    })
    .await?;
    drop(calls);
    dying.close().await?;

    let item = started(&mut studio.tray).await?;
    item.click("Quit Hookbell").await?;
    let status = next.ended().await?;
    assert!(status.success(), "{status}: {}", next.stderr());
    Ok(())
}

async fn nothing_is_left(studio: &Studio) -> Result<(), Error> {
    wait::eventually_or_say(SOON, "the end of all the app's processes", async || match studio.launch.processes() {
        left if left.is_empty() => Ok(()),
        left => Err(format!("{left:?} are left")),
    })
    .await
}

#[tokio::test]
async fn a_click_on_quit_counts_while_the_menu_is_changing() -> Result<(), Error> {
    let Some(mut studio) = Studio::start().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    let url = app.add_webhook("Studio", &secret()).await?;
    let arriving = tokio::spawn(async move {
        for number in 0.. {
            // The listener stops with the app, which ends this loop.
            if post::signed(&url, &secret(), &in_review(&format!("event-{number}"))).await.is_err() {
                return;
            }
        }
    });
    studio.notifications.next().await?;
    app.quit().await?;
    arriving.await.unwrap();
    Ok(())
}

#[tokio::test]
async fn without_the_trays_library_there_is_a_window_and_the_name_of_the_package() -> Result<(), Error> {
    let Some(studio) = Studio::start().await? else { return Ok(()) };
    // The loader takes the first file with this name, and this one isn't a library.
    let libraries = studio.desktop.root().join("libraries");
    fs::create_dir(&libraries).unwrap();
    for name in ["libayatana-appindicator3.so", "libappindicator3.so"] {
        fs::write(libraries.join(name), "").unwrap();
        fs::write(libraries.join(format!("{name}.1")), "").unwrap();
    }
    // Hidden, as at login: without a tray and a window, the app couldn't be used.
    let launch = studio.launch.clone().var("LD_LIBRARY_PATH", libraries);
    let mut app = launch.start(&studio.desktop)?;
    studio.desktop.wait_for_windows(TITLE, 1).await?;
    app.still_runs()?;
    let said = app.stderr();
    assert!(said.contains("there is no tray"), "{said}");
    assert!(said.contains("install libayatana-appindicator3-1 (Debian, Ubuntu"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    app.terminate();
    let status = app.ended().await?;
    assert!(status.success(), "{status}: {}", app.stderr());
    let log = launch.log()?;
    assert!(log.contains("install libayatana-appindicator3-1"), "{log}");

    let session = Session::open(&studio.desktop, &launch).await?;
    session.find("status", "No tray icon").await?;
    session.wait_for_text("install libayatana-appindicator3-1 (Debian").await?;
    session.click("button", "Dismiss").await?;
    session.find_none("status", "No tray icon").await?;
    session.kill();
    Ok(())
}

#[tokio::test]
async fn the_app_starts_without_a_session_bus() -> Result<(), Error> {
    let Some(studio) = Studio::start().await? else { return Ok(()) };
    for bus in ["disabled:", "unix:path=/nonexistent/bus", "autolaunch:", ""] {
        let launch = studio.launch.clone().var("DBUS_SESSION_BUS_ADDRESS", bus);
        let mut app = launch.start(&studio.desktop)?;
        wait::eventually_or_say(SOON, format!("the app to listen with the bus {bus:?}"), async || {
            let log = launch.log().map_err(|error| error.to_string())?;
            app.still_runs().map_err(|error| error.to_string())?;
            if log.contains("listening") { Ok(()) } else { Err(log) }
        })
        .await?;
        app.terminate();
        let status = app.ended().await?;
        assert!(status.success(), "bus {bus:?}: {status}: {}", app.stderr());
        fs::remove_dir_all(studio.launch.data_dir().join("logs")).unwrap();
    }
    Ok(())
}
