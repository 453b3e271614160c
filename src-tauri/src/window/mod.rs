//! The only window: created on demand, destroyed when closed.
//!
//! A hidden webview keeps all its memory (266 MiB measured on Linux against 57 without one), so closing destroys it.
//! Creating it again takes about half a second.

mod guard;
#[cfg(target_os = "macos")]
mod macos;
pub(crate) mod place;
#[cfg(target_os = "linux")]
mod webkit;

#[cfg(target_os = "macos")]
pub(crate) use self::macos::focused;
#[cfg(target_os = "linux")]
pub(crate) use self::webkit::prepare;

use hookbell_demo::{DemoPlace, Engines};
use hookbell_engine::api::Push;
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, webview::NewWindowResponse};

/// The window's label, which the capabilities refer to.
pub(crate) const LABEL: &str = "main";

/// Shows the window, at a route such as `#/inbox/42` if given.
pub(crate) fn show(app: &AppHandle, route: Option<&str>) {
    let (handle, route) = (app.clone(), route.map(str::to_owned));
    let shown = app.run_on_main_thread(move || {
        if let Err(error) = show_now(&handle, route) {
            tracing::error!(%error, "the window could not be shown");
        }
    });
    if let Err(error) = shown {
        tracing::error!(%error, "the window could not be asked for");
    }
}

fn show_now(app: &AppHandle, route: Option<String>) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        if let Some(route) = route {
            window.emit("push", Push::Open { route })?;
        }
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    let engines = app.try_state::<Engines>();
    let demo = engines.as_ref().is_some_and(|engines| engines.place() == DemoPlace::Shown);
    let route = match (route, &engines) {
        (Some(route), _) => route,
        (None, Some(engines)) => tauri::async_runtime::block_on(engines.opening_route()).to_owned(),
        (None, None) => "#/inbox".to_owned(),
    };
    let page = format!("index.html{}{route}", if demo { "?demo" } else { "" });
    #[cfg(target_os = "linux")]
    webkit::advise();
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page.into()))
        .title(title(demo))
        .on_navigation(guard::is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .inner_size(1180.0, 760.0)
        .min_inner_size(900.0, 600.0)
        // Stays hidden until it is in place, so that it doesn't visibly jump.
        .visible(false);
    #[cfg(target_os = "macos")]
    let window = macos::dress(window);
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    webkit::spare(&window);
    if let Some(engines) = engines {
        zoom(&window, engines.own().settings().follow().borrow().text_size);
    }
    window.show()?;
    window.set_focus()
}

/// Closes the window; Hookbell stays in the tray.
#[tauri::command]
pub(crate) fn close_window(window: WebviewWindow) {
    if let Err(error) = window.close() {
        tracing::warn!(%error, "the window could not be closed");
    }
}

/// Sets the window's text size in percent.
pub(crate) fn scale(app: &AppHandle, percent: u16) {
    if let Some(window) = app.get_webview_window(LABEL) {
        zoom(&window, percent);
    }
}

/// The web view's own zoom, which keeps all proportions.
fn zoom(window: &WebviewWindow, percent: u16) {
    if let Err(error) = window.set_zoom(f64::from(percent) / 100.0) {
        tracing::warn!(%error, "the text keeps its size");
    }
}

/// Updates the window title to show whether this is the demo.
pub(crate) fn set_title(app: &AppHandle, demo: bool) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if let Err(error) = window.set_title(title(demo)) {
        tracing::warn!(%error, "the window could not be given its title");
    }
}

fn title(demo: bool) -> &'static str {
    if demo { "Hookbell – Demo" } else { "Hookbell" }
}
