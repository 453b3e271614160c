//! WebKitGTK settings that Tauri doesn't expose: the defaults suit a browser and waste memory here. Also logs advice if
//! WebKitGTK might not draw.

use std::{env, path::Path, sync::Once};

use tauri::WebviewWindow;
use webkit2gtk::{CacheModel, WebContextExt, WebViewExt, glib};

/// Disables the renderer that breaks with some NVIDIA drivers.
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Set when a test drives the window; its screenshots need that renderer.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Disables what makes newer NVIDIA drivers kill the app with "Error 71 (Protocol error)".
const NO_EXPLICIT_SYNC: &str = "__NV_DISABLE_EXPLICIT_SYNC";

/// Logs the remedy before creating a window that might stay blank. We can't detect whether it does, and both variables
/// cost speed if it doesn't, so we leave them to the user.
pub(super) fn advise() {
    static ADVISED: Once = Once::new();
    let is_set = |name: &str| env::var_os(name).is_some();
    let card = Path::new("/proc/driver/nvidia/version").exists();
    if may_stay_blank(card, is_set) {
        ADVISED.call_once(|| {
            tracing::warn!(
                "NVIDIA's driver on Wayland: if the window stays blank or the app ends with \"Error 71\", start it with \
                 {NO_DMABUF}=1, or with {NO_EXPLICIT_SYNC}=1"
            );
        });
    }
}

/// Whether this is NVIDIA's driver on Wayland without a workaround.
fn may_stay_blank(card: bool, is_set: impl Fn(&str) -> bool) -> bool {
    card && is_set("WAYLAND_DISPLAY") && !is_set(NO_DMABUF) && !is_set(NO_EXPLICIT_SYNC)
}

/// Makes WebKit use a renderer that redraws what another window has covered: the faster one leaves a grey hole there on
/// X11. Hookbell's child processes don't inherit the variable, because they get only listed ones.
pub(crate) fn prepare() {
    if leaves_holes(|name| env::var_os(name).is_some())
        && let Err(error) = glib::setenv(NO_DMABUF, "1", true)
    {
        tracing::warn!(%error, "the window may show holes where others lay");
    }
}

/// Whether this is X11, and neither the user nor a test has chosen a renderer.
fn leaves_holes(is_set: impl Fn(&str) -> bool) -> bool {
    !is_set("WAYLAND_DISPLAY") && !is_set(NO_DMABUF) && !is_set(DRIVEN)
}

pub(super) fn spare(window: &WebviewWindow) {
    let told = window.with_webview(|webview| {
        let view = webview.inner();
        // WebKit would keep the picture of every row ever drawn, in case its page is visited again. Here there is only
        // one page, and its pictures come from the disk.
        if let Some(context) = view.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "the window takes more memory than it has to");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_on_x11_get_no_grey_holes_and_tests_their_screenshots() {
        let holes = |set: &[&str]| leaves_holes(|name| set.contains(&name));
        assert!(holes(&["DISPLAY"]));
        assert!(!holes(&["DISPLAY", "WAYLAND_DISPLAY"]), "Wayland redraws");
        assert!(!holes(&["DISPLAY", DRIVEN]), "a test");
        assert!(!holes(&["DISPLAY", NO_DMABUF]), "somebody has chosen");
    }

    #[test]
    fn advice_is_given_on_nvidia_and_wayland_to_who_has_not_followed_it() {
        let blank = |card, set: &[&str]| may_stay_blank(card, |name| set.contains(&name));
        assert!(blank(true, &["WAYLAND_DISPLAY", "DISPLAY"]));
        assert!(!blank(false, &["WAYLAND_DISPLAY"]), "another card");
        assert!(!blank(true, &["DISPLAY"]), "X11");
        assert!(!blank(true, &["WAYLAND_DISPLAY", NO_DMABUF]), "followed");
        assert!(!blank(true, &["WAYLAND_DISPLAY", NO_EXPLICIT_SYNC]), "followed");
    }
}
