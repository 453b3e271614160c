//! The menu of a tray icon, over `com.canonical.dbusmenu`
//! (<https://github.com/AyatanaIndicators/libdbusmenu/blob/master/libdbusmenu-glib/dbus-menu.xml>).

use std::collections::HashMap;

use zbus::{
    Proxy,
    zvariant::{OwnedValue, Value},
};

use super::{MENU, TrayItem};
use crate::{
    Error,
    wait::{self, SOON},
};

/// The bus's error reply when a program left without answering.
const NO_REPLY: &str = "org.freedesktop.DBus.Error.NoReply";

/// One line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The text, without the underscore that marks its access key.
    pub label: String,
    /// Whether it is only a separator.
    pub separator: bool,
    /// Whether it can be clicked.
    pub enabled: bool,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it is checked; `None` if it isn't checkable.
    pub ticked: Option<bool>,
    /// The entries of its submenu.
    pub children: Vec<MenuEntry>,
    id: i32,
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl TrayItem {
    /// The whole current menu.
    ///
    /// # Errors
    /// [`Error::Bus`] if the app is gone.
    pub async fn menu(&self) -> Result<Vec<MenuEntry>, Error> {
        let menu = self.menu_proxy().await?;
        let _: bool = menu.call("AboutToShow", &(0_i32,)).await?;
        let (_, root): (u32, Layout) = menu.call("GetLayout", &(0_i32, -1_i32, Vec::<&str>::new())).await?;
        Ok(MenuEntry::read(root)?.children)
    }

    /// The labels of the current menu, from top to bottom.
    ///
    /// # Errors
    /// As [`TrayItem::menu`].
    pub async fn labels(&self) -> Result<Vec<String>, Error> {
        Ok(labels(&self.menu().await?))
    }

    /// Clicks the entry with exactly this label, in any submenu.
    ///
    /// The app rebuilds its menu whenever a line changes, so an entry may be gone between reading and clicking. A panel
    /// then draws the new menu, and the person clicks there; this does the same.
    ///
    /// # Errors
    /// [`Error::NoMenuEntry`], [`Error::DisabledMenuEntry`], or [`Error::Late`] if it can't be clicked.
    pub async fn click(&self, label: &str) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("a click on {label:?}"), async || {
            let menu = self.menu().await.map_err(|error| error.to_string())?;
            let Some(entry) = menu.iter().find_map(|entry| entry.find(label)) else {
                return Ok(Err(Error::NoMenuEntry { label: label.to_owned(), menu: labels(&menu) }));
            };
            if !entry.enabled {
                return Ok(Err(Error::DisabledMenuEntry(label.to_owned())));
            }
            let click = (entry.id, "clicked", Value::from(0_i32), 0_u32);
            let sent: zbus::Result<()> = match self.menu_proxy().await {
                Ok(proxy) => proxy.call("Event", &click).await,
                Err(error) => return Ok(Err(error)),
            };
            match sent {
                // An app that quits may be gone before it could answer.
                Err(zbus::Error::MethodError(name, ..)) if name.as_str() == NO_REPLY => Ok(Ok(())),
                sent => sent.map(Ok).map_err(|error| error.to_string()),
            }
        })
        .await?
    }

    /// Waits for an entry whose label contains this text, and returns it.
    ///
    /// # Errors
    /// [`Error::Late`] with the existing labels.
    pub async fn wait_for_entry(&self, text: &str) -> Result<MenuEntry, Error> {
        let what = format!("a tray menu entry with {text:?}");
        wait::eventually_or_say(SOON, what, async || {
            let menu = self.menu().await.map_err(|error| error.to_string())?;
            let found = menu.iter().find_map(|entry| entry.find_containing(text));
            found.cloned().ok_or_else(|| format!("the menu has {:?}", labels(&menu)))
        })
        .await
    }

    async fn menu_proxy(&self) -> Result<Proxy<'_>, Error> {
        Ok(Proxy::new(&self.connection, self.bus.as_str(), &self.menu, MENU).await?)
    }
}

impl MenuEntry {
    fn read((id, properties, children): Layout) -> Result<Self, Error> {
        let text = |name| properties.get(name).and_then(|value| value.downcast_ref::<&str>().ok()).unwrap_or_default();
        let flag = |name| properties.get(name).and_then(|value| value.downcast_ref::<bool>().ok()).unwrap_or(true);
        let state = properties.get("toggle-state").and_then(|value| value.downcast_ref::<i32>().ok());
        Ok(Self {
            label: without_key_mark(text("label")),
            separator: text("type") == "separator",
            enabled: flag("enabled"),
            visible: flag("visible"),
            ticked: (!text("toggle-type").is_empty()).then_some(state == Some(1)),
            id,
            children: children
                .into_iter()
                .map(|child| Self::read(Layout::try_from(child)?))
                .collect::<Result<_, Error>>()?,
        })
    }

    fn find(&self, label: &str) -> Option<&Self> {
        if self.label == label { Some(self) } else { self.children.iter().find_map(|child| child.find(label)) }
    }

    fn find_containing(&self, text: &str) -> Option<&Self> {
        if self.label.contains(text) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find_containing(text))
    }
}

fn labels(menu: &[MenuEntry]) -> Vec<String> {
    menu.iter()
        .flat_map(|entry| std::iter::once(entry.label.clone()).chain(labels(&entry.children)))
        .filter(|label| !label.is_empty())
        .collect()
}

/// A single underscore marks the following access key; a double one is a literal underscore.
fn without_key_mark(label: &str) -> String {
    label.split("__").map(|part| part.replace('_', "")).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_marks_go_and_underscores_stay() {
        assert_eq!(without_key_mark("_Open Hookbell"), "Open Hookbell");
        assert_eq!(without_key_mark("READY__FOR__SALE"), "READY_FOR_SALE");
    }
}
