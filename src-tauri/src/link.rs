//! Follows links (`hookbell://event/ID`) from any source: the command line of a first or second start, or macOS, which
//! passes links to the running program.

use hookbell_demo::Engines;
use hookbell_engine::Link;
use tauri::{AppHandle, Manager};

use crate::window;

/// Opens the window at a link's target.
pub(crate) fn follow(app: &AppHandle, link: Link) {
    let Some(engines) = app.try_state::<Engines>().map(|state| state.inner().clone()) else { return };
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let route = engines.own().events().route_of(&link).await;
        // Links refer to the user's own events, and the demo might be in front.
        engines.bring(false, &route).await;
        window::show(&app, Some(&route));
    });
}

/// Follows links from macOS.
///
/// The link that starts the app arrives before there is anything to show, so it is kept for [`first`].
#[cfg(target_os = "macos")]
pub(crate) fn opened(app: &AppHandle, urls: &[tauri::Url]) {
    for url in urls {
        match url.as_str().parse::<Link>() {
            Ok(link) if app.try_state::<Engines>().is_some() => follow(app, link),
            Ok(link) => {
                app.manage(Early(link));
            }
            Err(error) => tracing::warn!(%error, "a link was ignored"),
        }
    }
}

/// A link that arrived before the engine existed.
#[cfg(target_os = "macos")]
struct Early(Link);

/// The link that the app was started with: from the command line or from macOS.
#[cfg_attr(not(target_os = "macos"), allow(unused_variables, reason = "elsewhere only the command line has links"))]
pub(crate) fn first(app: &AppHandle, given: Option<Link>) -> Option<Link> {
    #[cfg(target_os = "macos")]
    let given = given.or_else(|| Some(app.try_state::<Early>()?.0.clone()));
    given
}
