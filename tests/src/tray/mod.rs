//! The private desktop's panel: shows the app's tray icon, reads its menu and clicks in it.
//!
//! Real panels use the same two interfaces, StatusNotifierItem and dbusmenu. Start it before the app, so that the icon
//! appears at once.

mod menu;
mod picture;
mod watcher;

use std::{path::PathBuf, time::Instant};

use tokio::sync::mpsc::UnboundedReceiver;
use zbus::{Connection, Proxy, zvariant::OwnedObjectPath};

use self::watcher::{Registration, Watcher};
pub use self::{menu::MenuEntry, picture::Picture};
use crate::{
    Error,
    desktop::Desktop,
    wait::{self, SOON},
};

const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// The panel.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    registrations: UnboundedReceiver<(Registration, Instant)>,
    given: Vec<Registration>,
}

impl Tray {
    /// Opens a panel on the desktop's bus.
    ///
    /// # Errors
    /// [`Error::Bus`] if there is one already.
    pub async fn start(desktop: &Desktop) -> Result<Self, Error> {
        let (watcher, registrations) = Watcher::new();
        let connection = desktop
            .bus_builder()?
            .serve_at("/StatusNotifierWatcher", watcher)?
            .name("org.kde.StatusNotifierWatcher")?
            .build()
            .await?;
        Ok(Self { connection, registrations, given: Vec::new() })
    }

    /// The next icon that an app adds to the panel, starting with the first.
    ///
    /// An app's tray library may announce the same icon twice, once when it finds the panel and once when the panel
    /// announces itself; each icon is returned once.
    ///
    /// # Errors
    /// [`Error::Late`] if none comes.
    pub async fn next_item(&mut self) -> Result<TrayItem, Error> {
        let (registered, registered_at) = wait::eventually(SOON, "a tray icon", async || {
            let (registered, at) = self.registrations.recv().await?;
            let known = self.given.contains(&registered);
            (!known).then_some((registered, at))
        })
        .await?;
        self.given.push(registered.clone());
        let item = Proxy::new(&self.connection, registered.bus.clone(), registered.path.clone(), ITEM).await?;
        let menu: OwnedObjectPath = item.get_property("Menu").await?;
        // The icon is announced before its menu is on the bus.
        let shows = Proxy::new(&self.connection, registered.bus.clone(), menu.clone(), MENU).await?;
        let ready =
            async || shows.call::<_, _, bool>("AboutToShow", &(0_i32,)).await.map_err(|error| error.to_string());
        wait::eventually_or_say(SOON, "the tray icon's menu", ready).await?;
        let connection = self.connection.clone();
        Ok(TrayItem { connection, bus: registered.bus, path: registered.path, menu, registered_at })
    }
}

/// One icon in the panel.
#[derive(Debug, Clone)]
pub struct TrayItem {
    connection: Connection,
    bus: String,
    path: String,
    menu: OwnedObjectPath,
    registered_at: Instant,
}

impl TrayItem {
    /// When the app announced it.
    #[must_use]
    pub fn registered_at(&self) -> Instant {
        self.registered_at
    }

    /// The current picture.
    ///
    /// The app's tray library writes each picture to a new file, sets its path as the icon's name, then removes the
    /// previous file; so if a picture is just being replaced, it is read again.
    ///
    /// # Errors
    /// [`Error::Late`] with the reason why the last file could not be read.
    pub async fn picture(&self) -> Result<Picture, Error> {
        wait::eventually_or_say(SOON, "the tray picture", async || {
            let name = self.property("IconName").await.map_err(|error| error.to_string())?;
            Picture::read(&PathBuf::from(name)).map_err(|error| error.to_string())
        })
        .await
    }

    /// Waits until the picture equals this PNG file.
    ///
    /// # Errors
    /// [`Error::Late`] if it doesn't.
    pub async fn wait_for_picture(&self, file: &std::path::Path) -> Result<(), Error> {
        let wanted = Picture::read(file)?;
        let what = format!("the tray picture {}", file.display());
        wait::eventually_or_say(SOON, what, async || match self.picture().await {
            Ok(shown) if shown == wanted => Ok(()),
            Ok(shown) => Err(format!("it is another one: {shown:?}")),
            Err(error) => Err(error.to_string()),
        })
        .await
    }

    /// The text next to the icon, empty if there is none.
    ///
    /// # Errors
    /// [`Error::Bus`] if the app is gone.
    pub async fn label(&self) -> Result<String, Error> {
        self.property("XAyatanaLabel").await
    }

    async fn property(&self, name: &str) -> Result<String, Error> {
        let item: Proxy<'_> = zbus::proxy::Builder::new(&self.connection)
            .destination(self.bus.as_str())?
            .path(self.path.as_str())?
            .interface(ITEM)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await?;
        Ok(item.get_property(name).await?)
    }
}
