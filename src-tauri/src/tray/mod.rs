//! The tray icon and its menu: most of the time, all that is visible of Hookbell.
//!
//! A native menu is a list of plain lines, so each change creates a new one. Changes are drawn on the main thread, one
//! at a time; ages are updated once a minute.

mod icon;
mod menu;

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use hookbell_demo::{Engines, FrontMenu};
use hookbell_engine::{
    Hookbell,
    api::{ApiError, PauseRequest, PortRequest, UploadRequest},
};
use tauri::{AppHandle, Manager, menu::MenuEvent, tray::TrayIconBuilder};
use tokio::sync::Notify;

pub(crate) use self::menu::Item;
use crate::{logging::caught, window};

const ID: &str = "hookbell";

/// How often to update the ages in the menu.
const EVERY_MINUTE: Duration = Duration::from_secs(60);

const PAUSE_MINUTES: u32 = 60;

/// What to do if there is no tray, with package names.
#[cfg(target_os = "linux")]
const INSTALL: &str = "to have one, install libayatana-appindicator3-1 (Debian, Ubuntu, openSUSE), \
                       libayatana-appindicator-gtk3 (Fedora) or libayatana-appindicator (Arch), and start Hookbell again";
#[cfg(not(target_os = "linux"))]
const INSTALL: &str = "to have one, start Hookbell again";

/// Wakes the task that draws the tray.
#[derive(Default)]
struct Redraw {
    wanted: Notify,
    /// No tray could be created; there is nothing to draw.
    absent: AtomicBool,
}

/// Whether there is a tray icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tray {
    /// It exists and is kept up to date.
    Shown,
    /// It could not be created. The log and the terminal say what to install.
    Absent,
}

/// Creates the tray icon and keeps it up to date.
pub(crate) fn create(app: &AppHandle, engines: &Engines) -> tauri::Result<Tray> {
    // Receives the events of all the app's menus, so the macOS application menu can share items.
    app.on_menu_event(|app, event| chosen(app, &event));
    let redraw = Arc::new(Redraw::default());
    app.manage(Arc::clone(&redraw));
    let first = tauri::async_runtime::block_on(engines.tray_menu()).unwrap_or_default();
    let tray = TrayIconBuilder::with_id(ID)
        .icon(icon::of(first.menu.icon))
        .icon_as_template(true)
        .tooltip(tooltip(&first))
        .menu(&menu::native(app, &first)?);
    // On Linux this loads the tray library, whose binding panics if it isn't installed.
    let why = match caught(|| tray.build(app)) {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(panic) => Some(panic),
    };
    if let Some(error) = why {
        tracing::warn!(%error, "there is no tray, and the window still works: {INSTALL}");
        // If there is a terminal, that is where people look first for a missing icon.
        let _ = writeln!(std::io::stderr(), "hookbell-app: there is no tray, and the window still works: {INSTALL}");
        engines.own().overview().tray_is_absent(INSTALL);
        redraw.absent.store(true, Ordering::Relaxed);
        return Ok(Tray::Absent);
    }
    tauri::async_runtime::spawn(draw(app.clone(), engines.clone(), redraw, first));
    Ok(Tray::Shown)
}

/// Schedules a redraw of the tray.
pub(crate) fn refresh(app: &AppHandle) {
    if let Some(redraw) = app.try_state::<Arc<Redraw>>() {
        redraw.wanted.notify_one();
    }
}

async fn draw(app: AppHandle, engines: Engines, redraw: Arc<Redraw>, mut drawn: FrontMenu) {
    while !redraw.absent.load(Ordering::Relaxed) {
        let _ = tokio::time::timeout(EVERY_MINUTE, redraw.wanted.notified()).await;
        let Ok(wanted) = engines.tray_menu().await else { continue };
        if wanted == drawn {
            continue;
        }
        drawn = wanted.clone();
        let handle = app.clone();
        let asked = app.run_on_main_thread(move || {
            if let Err(error) = draw_now(&handle, &wanted) {
                tracing::warn!(%error, "the tray could not be drawn");
            }
        });
        if asked.is_err() {
            return;
        }
    }
}

fn draw_now(app: &AppHandle, wanted: &FrontMenu) -> tauri::Result<()> {
    let Some(tray) = app.tray_by_id(ID) else { return Ok(()) };
    tray.set_menu(Some(menu::native(app, wanted)?))?;
    tray.set_tooltip(Some(tooltip(wanted)))?;
    tray.set_icon_with_as_template(Some(icon::of(wanted.menu.icon)), true)
}

fn tooltip(front: &FrontMenu) -> &'static str {
    if front.demo { "Hookbell – Demo" } else { "Hookbell" }
}

fn chosen(app: &AppHandle, event: &MenuEvent) {
    match Item::from_id(event.id().as_ref()) {
        Some(Item::Event(seq)) => window::show(app, Some(&format!("#/inbox/{seq}"))),
        Some(Item::Upload(id)) => show_upload(app, id),
        Some(Item::State | Item::Tunnel) => window::show(app, Some("#/tunnel")),
        Some(Item::Open) => window::show(app, None),
        Some(Item::Settings) => window::show(app, Some("#/settings")),
        Some(Item::MarkAllRead) => ask(app, async |hookbell| hookbell.events().mark_all_read().await.map(drop)),
        Some(Item::Pause) => ask(app, async |hookbell| {
            hookbell.overview().pause(PauseRequest { minutes: PAUSE_MINUTES }).await.map(|_| ())
        }),
        Some(Item::Resume) => ask(app, async |hookbell| hookbell.overview().resume().await.map(|_| ())),
        Some(Item::Unlock) => ask(app, async |hookbell| hookbell.overview().unlock_keychain().await.map(drop)),
        Some(Item::UsePort(port)) => {
            ask(app, async move |hookbell| hookbell.settings().use_port(PortRequest { port }).await.map(|_| ()));
        }
        Some(Item::LeaveDemo) => window::show(app, Some("#/demo/leave")),
        Some(Item::Quit) => app.exit(0),
        None => {}
    }
}

/// Shows an upload among its app's builds.
fn show_upload(app: &AppHandle, id: i64) {
    let (app, hookbell) = (app.clone(), app.state::<Engines>().front());
    tauri::async_runtime::spawn(async move {
        match hookbell.uploads().one(UploadRequest { id }).await {
            Ok(upload) => window::show(&app, Some(&format!("#/builds/{}/upload-{id}", upload.app))),
            Err(error) => tracing::warn!(%error, "the upload in the menu could not be shown"),
        }
    });
}

/// Runs a menu item's action in the engine. Errors show in the state and in the log.
fn ask<F>(app: &AppHandle, work: impl FnOnce(Hookbell) -> F + Send + 'static)
where
    F: Future<Output = Result<(), ApiError>> + Send,
{
    let hookbell = app.state::<Engines>().front();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = work(hookbell).await {
            tracing::warn!(%error, "what the menu asked for was rejected");
        }
    });
}
