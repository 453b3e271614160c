//! The tray menu of the engine in front.

use hookbell_engine::{TrayMenu, api::ApiError};

use crate::{Engines, api::DemoPlace};

/// The tray menu, and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMenu {
    /// The menu. The demo's has a headline that says so.
    pub menu: TrayMenu,
    /// Whether it is the demo's.
    pub demo: bool,
}

impl Engines {
    /// The current tray menu.
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
