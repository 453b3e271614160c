//! The window's macOS extras: the system's material behind the sidebar, and the user's accent colour from System
//! Settings.
//!
//! The page can't read either: WebKit gives every page the same accent colour to prevent fingerprinting.

use objc2_app_kit::{NSColor, NSColorSpace};
use tauri::{
    Manager, WebviewWindowBuilder, Window, WindowEvent, Wry,
    window::{Effect, EffectState, EffectsBuilder},
};

/// Tells the page to make its sidebar translucent.
const MATERIAL: &str = r#"document.documentElement.dataset.material = "sidebar";"#;

/// Gives a window its macOS appearance.
pub(super) fn dress<'a>(
    window: WebviewWindowBuilder<'a, Wry, tauri::AppHandle>,
) -> WebviewWindowBuilder<'a, Wry, tauri::AppHandle> {
    let material = EffectsBuilder::new().effect(Effect::Sidebar).state(EffectState::FollowsWindowActiveState).build();
    window
        .title_bar_style(tauri::TitleBarStyle::Overlay)
        .hidden_title(true)
        .transparent(true)
        .effects(material)
        .initialization_script(format!("{MATERIAL}{}", accent().unwrap_or_default()))
}

/// Tells the page about a new accent colour when the window regains focus: the user changes it in another one.
pub(crate) fn focused(window: &Window, event: &WindowEvent) {
    let WindowEvent::Focused(true) = event else { return };
    let (Some(page), Some(accent)) = (window.get_webview_window(window.label()), accent()) else { return };
    if let Err(error) = page.eval(accent) {
        tracing::warn!(%error, "the window keeps its accent colour");
    }
}

/// The script that gives the page the system's accent colour, in sRGB. `None` if macOS can't convert it.
fn accent() -> Option<String> {
    let colour = NSColor::controlAccentColor().colorUsingColorSpace(&NSColorSpace::sRGBColorSpace())?;
    let [red, green, blue] = [colour.redComponent(), colour.greenComponent(), colour.blueComponent()]
        .map(|part| (part.clamp(0.0, 1.0) * 255.0).round());
    Some(format!(
        "{{ const {{ dataset, style }} = document.documentElement; dataset.accent = \"system\"; \
         style.setProperty(\"--system-accent\", \"rgb({red} {green} {blue})\"); }}"
    ))
}
