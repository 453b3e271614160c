//! What WebKitGTK is told beyond Tauri's settings, so that the window takes less memory: it is made for a browser.

use std::fs;

use tauri::WebviewWindow;
use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt, WebContextExt, WebViewExt};

/// Where Linux shows its graphics cards; one that can draw has a render node.
const CARDS: &str = "/dev/dri";

pub(super) fn spare(window: &WebviewWindow) {
    let told = window.with_webview(|webview| {
        let view = webview.inner();
        // WebKit would hold the picture of every row that was ever drawn, in case its page is visited again. Here
        // there is one page, and its pictures come from the disk.
        if let Some(context) = view.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        // GL without a card is one more way to draw with the processor: some 100 MiB and a sixth of the start dearer
        // than to do without.
        if !has_card()
            && let Some(settings) = WebViewExt::settings(&view)
        {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "the window takes more memory than it has to");
    }
}

fn has_card() -> bool {
    let names = fs::read_dir(CARDS).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.into_iter().any(|name| name.as_encoded_bytes().starts_with(b"renderD"))
}
