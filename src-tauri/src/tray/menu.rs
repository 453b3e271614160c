//! The native menu, and the names of its items.

use hookbell_demo::FrontMenu;
use tauri::{
    AppHandle, Wry,
    menu::{Menu, MenuBuilder, MenuItemBuilder},
};

/// A menu item, identified by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    State,
    Tunnel,
    Event(i64),
    Upload(i64),
    UsePort(u16),
    Unlock,
    MarkAllRead,
    Pause,
    Resume,
    LeaveDemo,
    Open,
    Settings,
    Quit,
}

impl Item {
    /// The id that the system reports when it is chosen.
    pub(crate) fn id(self) -> String {
        match self {
            Self::State => "state".to_owned(),
            Self::Tunnel => "tunnel".to_owned(),
            Self::Event(seq) => format!("event:{seq}"),
            Self::Upload(id) => format!("upload:{id}"),
            Self::UsePort(port) => format!("port:{port}"),
            Self::Unlock => "unlock".to_owned(),
            Self::MarkAllRead => "read".to_owned(),
            Self::Pause => "pause".to_owned(),
            Self::Resume => "resume".to_owned(),
            Self::LeaveDemo => "leave-demo".to_owned(),
            Self::Open => "open".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Quit => "quit".to_owned(),
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        let plain = [
            Self::State,
            Self::Tunnel,
            Self::Unlock,
            Self::MarkAllRead,
            Self::Pause,
            Self::Resume,
            Self::LeaveDemo,
            Self::Open,
            Self::Settings,
            Self::Quit,
        ];
        plain.into_iter().find(|item| item.id() == id).or_else(|| match id.split_once(':')? {
            ("event", seq) => seq.parse().ok().map(Self::Event),
            ("upload", id) => id.parse().ok().map(Self::Upload),
            ("port", port) => port.parse().ok().map(Self::UsePort),
            _ => None,
        })
    }
}

/// Titles use title case on macOS, as its guidelines ask, and sentence case elsewhere.
fn words(macos: &'static str, elsewhere: &'static str) -> &'static str {
    if cfg!(target_os = "macos") { macos } else { elsewhere }
}

/// Builds the menu.
pub(super) fn native(app: &AppHandle, front: &FrontMenu) -> tauri::Result<Menu<Wry>> {
    let FrontMenu { menu: wanted, demo } = front;
    let line = |item: Item, text: &str| MenuItemBuilder::with_id(item.id(), plain(text));
    let mut menu = MenuBuilder::new(app).item(&line(Item::State, &wanted.headline).build(app)?);
    if *demo {
        menu = menu.item(&line(Item::LeaveDemo, words("Leave the Demo…", "Leave the demo…")).build(app)?);
    }
    if let Some(port) = wanted.free_port {
        menu = menu.item(&line(Item::UsePort(port), &format!("{} {port}", words("Use Port", "Use port"))).build(app)?);
    }
    if wanted.locked {
        menu = menu.item(&line(Item::Unlock, "Unlock…").build(app)?);
    }
    if wanted.paused {
        menu = menu.item(&line(Item::Resume, words("Resume Notifications", "Resume notifications")).build(app)?);
    }
    if let Some(tunnel) = &wanted.tunnel {
        menu = menu.item(&line(Item::Tunnel, tunnel).build(app)?);
    }
    menu = menu.separator();
    for upload in &wanted.uploads {
        menu = menu.item(&line(Item::Upload(upload.id), &upload.line).build(app)?);
    }
    if !wanted.uploads.is_empty() {
        menu = menu.separator();
    }
    for event in &wanted.events {
        menu = menu.item(&line(Item::Event(event.seq), &event.line).build(app)?);
    }
    if !wanted.events.is_empty() {
        menu = menu.separator();
    }
    let read =
        line(Item::MarkAllRead, words("Mark All as Read", "Mark all as read")).enabled(wanted.unread).build(app)?;
    menu = menu.item(&read);
    if !wanted.paused {
        menu = menu.item(&line(Item::Pause, words("Pause for an Hour", "Pause for an hour")).build(app)?);
    }
    let open = line(Item::Open, "Open Hookbell").accelerator("CmdOrCtrl+O").build(app)?;
    let settings = line(Item::Settings, "Settings…").accelerator("CmdOrCtrl+,").build(app)?;
    let quit = line(Item::Quit, "Quit Hookbell").accelerator("CmdOrCtrl+Q").build(app)?;
    menu.separator().item(&open).item(&settings).item(&quit).build()
}

/// An ampersand in a menu marks the next letter as a shortcut; two show one.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_known_by_its_id() {
        let items = [
            Item::State,
            Item::Tunnel,
            Item::Event(7),
            Item::Upload(3),
            Item::UsePort(8378),
            Item::Unlock,
            Item::MarkAllRead,
            Item::Pause,
            Item::Resume,
            Item::LeaveDemo,
            Item::Open,
            Item::Settings,
            Item::Quit,
        ];
        for item in items {
            assert_eq!(Item::from_id(&item.id()), Some(item));
        }
        assert_eq!(Item::from_id("event:x"), None);
    }
}
