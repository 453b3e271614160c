//! The tray's menu of the engine that is in front.

use hookbell_engine::{TrayMenu, api::ApiError};

use crate::{Engines, api::DemoPlace};

/// What the tray's menu says, and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMenu {
    /// The menu, with a headline that names the demo where it is the demo's.
    pub menu: TrayMenu,
    /// Whether it is the demo's.
    pub demo: bool,
}

impl Engines {
    /// What the tray's menu says now.
    ///
    /// # Errors
    /// [`hookbell_engine::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn tray_menu(&self) -> Result<FrontMenu, ApiError> {
        let demo = self.place() == DemoPlace::Shown;
        let mut menu = self.front().menu().read().await?;
        if demo {
            menu.headline = format!("Demo · {}", menu.headline);
        }
        Ok(FrontMenu { menu, demo })
    }
}
