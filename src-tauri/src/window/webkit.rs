//! What WebKitGTK is told beyond Tauri's settings, so that the window takes less memory: it is made for a browser; and
//! what is told of WebKitGTK where it may not draw.

use std::{env, path::Path, sync::Once};

use tauri::WebviewWindow;
use webkit2gtk::{CacheModel, WebContextExt, WebViewExt, glib};

/// Turns off the way of drawing that does not get along with some of NVIDIA's drivers.
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Set where a test drives the window, whose screenshots need that way of drawing.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Turns off what newer drivers of NVIDIA end the app over, with "Error 71 (Protocol error)".
const NO_EXPLICIT_SYNC: &str = "__NV_DISABLE_EXPLICIT_SYNC";

/// Has the log say what helps, before a window is made that may stay blank. Nothing tells whether it does, and both
/// variables cost speed where it does not, so they are the person's to set.
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

/// Whether it is NVIDIA's driver on Wayland, and nobody has done anything about it.
fn may_stay_blank(card: bool, is_set: impl Fn(&str) -> bool) -> bool {
    card && is_set("WAYLAND_DISPLAY") && !is_set(NO_DMABUF) && !is_set(NO_EXPLICIT_SYNC)
}

/// Has WebKit draw in a way that redraws what another window has covered: the quicker one leaves a grey hole there on
/// X11. Programs that Hookbell starts do not inherit the variable, as they get listed ones only.
pub(crate) fn prepare() {
    if leaves_holes(|name| env::var_os(name).is_some())
        && let Err(error) = glib::setenv(NO_DMABUF, "1", true)
    {
        tracing::warn!(%error, "the window may show holes where others lay");
    }
}

/// Whether it is X11, and neither the person nor a test has said how to draw.
fn leaves_holes(is_set: impl Fn(&str) -> bool) -> bool {
    !is_set("WAYLAND_DISPLAY") && !is_set(NO_DMABUF) && !is_set(DRIVEN)
}

pub(super) fn spare(window: &WebviewWindow) {
    let told = window.with_webview(|webview| {
        let view = webview.inner();
        // WebKit would hold the picture of every row that was ever drawn, in case its page is visited again. Here
        // there is one page, and its pictures come from the disk.
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
