//! What WebKitGTK is told beyond Tauri's settings, so that the window takes less memory: it is made for a browser.

use tauri::WebviewWindow;
use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

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
