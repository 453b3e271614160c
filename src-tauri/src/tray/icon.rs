//! The five icons, distinguished by shape. `make icons` draws them from `icons/tray/*.svg`.
//!
//! macOS takes black and alpha and colours them itself; other panels show the image as it is, mostly on a dark
//! background, so there the icons are light with a dark rim.

use hookbell_engine::api::TrayState;
use tauri::{image::Image, include_image};

/// The icon of a state.
pub(super) fn of(state: TrayState) -> Image<'static> {
    #[cfg(target_os = "macos")]
    return match state {
        TrayState::Idle => include_image!("icons/tray/template/idle.png"),
        TrayState::Unread => include_image!("icons/tray/template/unread.png"),
        TrayState::Paused => include_image!("icons/tray/template/paused.png"),
        TrayState::Attention => include_image!("icons/tray/template/attention.png"),
        TrayState::Offline => include_image!("icons/tray/template/offline.png"),
    };
    #[cfg(not(target_os = "macos"))]
    match state {
        TrayState::Idle => include_image!("icons/tray/panel/idle.png"),
        TrayState::Unread => include_image!("icons/tray/panel/unread.png"),
        TrayState::Paused => include_image!("icons/tray/panel/paused.png"),
        TrayState::Attention => include_image!("icons/tray/panel/attention.png"),
        TrayState::Offline => include_image!("icons/tray/panel/offline.png"),
    }
}
