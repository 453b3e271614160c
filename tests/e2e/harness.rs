//! The harness tested against real programs, so that a failure of an end-to-end test is the app's.

use std::{sync::Arc, time::Duration};

use hookbell_tests::{
    Error,
    desktop::Desktop,
    keyring::{Keyring, Lock, SECRET_SERVICE},
    leaks,
    notifications::{Closed, Notifications, Shown, Urgency},
    procfs,
    program::{IMPORT, SECRET_TOOL, XDOTOOL},
    skip,
    tray::Picture,
    wait::{self, SOON},
};
use tokio::task::JoinHandle;
use zbus::{Connection, zvariant::Value};

const STORE: [&str; 4] = ["store", "--label=a test", "service", "hookbell-tests"];
const LOOKUP: [&str; 3] = ["lookup", "service", "hookbell-tests"];

#[tokio::test]
async fn a_keyring_keeps_a_secret_over_a_restart() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(()) };
    let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(()) };
    if skip::if_missing(SECRET_TOOL.find())?.is_none() {
        return Ok(());
    }
    desktop.run(SECRET_TOOL, &STORE, b"opensesame").await?;
    assert_eq!(desktop.run(SECRET_TOOL, &LOOKUP, b"").await?, b"opensesame");

    let keyring = keyring.restart(&desktop, Lock::Unlocked).await?;
    assert_eq!(desktop.run(SECRET_TOOL, &LOOKUP, b"").await?, b"opensesame");
    // The keyring's file is encrypted; the input that this harness gave to the tool is not.
    let leaks = leaks::in_files(desktop.root(), "opensesame")?;
    assert_eq!(leaks, Vec::<String>::new());

    keyring.stop(&desktop).await?;
    let gone = desktop.run(SECRET_TOOL, &LOOKUP, b"").await.unwrap_err().to_string();
    assert!(gone.contains(SECRET_SERVICE), "{gone}");
    Ok(())
}

#[tokio::test]
async fn a_locked_keyring_gives_nothing_until_it_is_unlocked() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(()) };
    let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Locked).await)? else { return Ok(()) };
    if skip::if_missing(SECRET_TOOL.find())?.is_none() {
        return Ok(());
    }
    let locked = desktop.run(SECRET_TOOL, &STORE, b"opensesame").await.unwrap_err().to_string();
    assert!(locked.contains("locked collection"), "{locked}");

    let _keyring = keyring.restart(&desktop, Lock::Unlocked).await?;
    desktop.run(SECRET_TOOL, &STORE, b"opensesame").await?;
    assert_eq!(desktop.run(SECRET_TOOL, &LOOKUP, b"").await?, b"opensesame");
    Ok(())
}

#[tokio::test]
async fn two_desktops_are_strangers_and_leave_nothing_behind() -> Result<(), Error> {
    let Some(one) = skip::if_missing(Desktop::start().await)? else { return Ok(()) };
    let other = Desktop::start().await?;
    let display = |desktop: &Desktop| desktop.env().into_iter().find(|(name, _)| *name == "DISPLAY").unwrap().1;
    assert_ne!(display(&one), display(&other));

    let _server = Notifications::start(&one).await?;
    one.wait_for_owner("org.freedesktop.Notifications").await?;
    other.wait_for_no_owner("org.freedesktop.Notifications").await?;

    let root = other.root().to_owned();
    // Dropping the desktop kills whatever a test left running.
    let mut forgotten = other.command("/bin/sleep".as_ref()).arg("600").spawn().unwrap();
    drop(other);
    let ended = wait::eventually(SOON, "the end of what was forgotten", async || forgotten.try_wait().unwrap()).await?;
    assert!(!ended.success());
    assert!(!root.exists());
    let root = root.display().to_string();
    let left: Vec<_> = procfs::all().into_iter().filter(|pid| procfs::environment(*pid).contains(&root)).collect();
    assert_eq!(left, Vec::<u32>::new());
    Ok(())
}

#[tokio::test]
async fn the_display_can_be_seen_and_windows_counted() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(()) };
    if skip::if_missing(IMPORT.find())?.is_none() {
        return Ok(());
    }
    let geometry = desktop.run(XDOTOOL, &["getdisplaygeometry"], b"").await?;
    assert_eq!(String::from_utf8_lossy(&geometry).trim(), "1280 800");
    assert_eq!(desktop.windows("Hookbell").await?, Vec::<String>::new());

    let file = desktop.root().join("screen.png");
    std::fs::write(&file, desktop.screenshot().await?).unwrap();
    assert_eq!(Picture::read(&file)?.size(), (1280, 800));
    Ok(())
}

#[tokio::test]
async fn a_click_reaches_an_app_that_subscribes_late() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(()) };
    let mut server = Notifications::start(&desktop).await?;
    for pause in [0, 1, 5, 50, 300].map(Duration::from_millis) {
        let app = notify(desktop.connect().await?, pause);
        let shown = server.next().await?;
        server.click(&shown, "default").await?;
        assert_eq!(app.await.unwrap()?, ("ActionInvoked".to_owned(), shown.id));
    }
    assert!(server.waiting().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_notification_is_kept_as_the_app_asked_for_it() -> Result<(), Error> {
    let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(()) };
    let mut server = Notifications::start(&desktop).await?;
    let app = notify(desktop.connect().await?, Duration::ZERO);
    let shown: Arc<Shown> = server.next().await?;
    assert_eq!((shown.app.as_str(), shown.summary.as_str(), shown.body.as_str()), ("an app", "In review", "3.2"));
    assert_eq!(shown.actions, [("default".to_owned(), "Open".to_owned())]);
    assert_eq!(shown.urgency(), Some(Urgency::Critical));
    assert_eq!(shown.text_hint("sound-name"), Some("bell"));
    assert!(!shown.has_picture());
    server.close(&shown, Closed::Dismissed).await?;
    assert_eq!(app.await.unwrap()?, ("NotificationClosed".to_owned(), shown.id));

    server.refuse(true);
    let refused = notify(desktop.connect().await?, Duration::ZERO).await.unwrap().unwrap_err();
    assert!(refused.to_string().contains("LimitsExceeded"), "{refused}");
    assert!(server.waiting().is_empty());
    Ok(())
}

/// An app that behaves like desktop notification libraries: it shows first, subscribes after a while, and leaves the
/// bus once it knows what happened to its notification.
fn notify(bus: Connection, pause: Duration) -> JoinHandle<zbus::Result<(String, u32)>> {
    tokio::spawn(async move {
        let server = zbus::Proxy::new(
            &bus,
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            "org.freedesktop.Notifications",
        )
        .await?;
        let hints = std::collections::HashMap::from([("urgency", Value::U8(2)), ("sound-name", Value::from("bell"))]);
        let actions = ["default", "Open"];
        let id: u32 =
            server.call("Notify", &("an app", 0_u32, "", "In review", "3.2", &actions[..], hints, -1_i32)).await?;
        tokio::time::sleep(pause).await;
        let daemon = zbus::fdo::DBusProxy::new(&bus).await?;
        for member in ["ActionInvoked", "NotificationClosed"] {
            let rule = zbus::MatchRule::builder().msg_type(zbus::message::Type::Signal).member(member)?.build();
            daemon.add_match_rule(rule).await?;
        }
        let mut signals = zbus::MessageStream::from(&bus);
        loop {
            let message = std::future::poll_fn(|context| {
                zbus::export::futures_core::Stream::poll_next(std::pin::Pin::new(&mut signals), context)
            })
            .await
            .ok_or(zbus::Error::InvalidReply)??;
            let member = message.header().member().map(ToString::to_string).unwrap_or_default();
            if member == "ActionInvoked" || member == "NotificationClosed" {
                return Ok((member, id));
            }
        }
    })
}
