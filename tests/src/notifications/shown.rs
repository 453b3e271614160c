//! One notification as the app asked for it.

use std::collections::HashMap;

use zbus::zvariant::OwnedValue;

/// The urgency that a notification specifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// May be shown without a sound.
    Low,
    /// The default.
    Normal,
    /// Stays until it is closed.
    Critical,
}

/// One notification as the app asked for it.
#[derive(Debug)]
pub struct Shown {
    /// The number the server gave it.
    pub id: u32,
    /// The number of the one it replaces, or 0.
    pub replaces: u32,
    /// The app's name.
    pub app: String,
    /// The icon's name or path, often empty.
    pub icon: String,
    /// The title.
    pub summary: String,
    /// The text below.
    pub body: String,
    /// Keys and labels of its actions; the key `default` is the notification itself.
    pub actions: Vec<(String, String)>,
    /// Everything without a separate field, under the specification's names.
    pub hints: HashMap<String, OwnedValue>,
    /// How long to show it in milliseconds, or -1 for the server's default.
    pub timeout: i32,
    pub(super) sender: String,
}

impl Shown {
    /// Its urgency; `None` if not specified.
    #[must_use]
    pub fn urgency(&self) -> Option<Urgency> {
        match self.hints.get("urgency")?.downcast_ref::<u8>() {
            Ok(0) => Some(Urgency::Low),
            Ok(1) => Some(Urgency::Normal),
            Ok(2) => Some(Urgency::Critical),
            _ => None,
        }
    }

    /// A string among the hints, for instance `sound-name`, `image-path` or `desktop-entry`.
    #[must_use]
    pub fn text_hint(&self, name: &str) -> Option<&str> {
        self.hints.get(name)?.downcast_ref().ok()
    }

    /// Whether it contains a picture, as pixels or as a file.
    #[must_use]
    pub fn has_picture(&self) -> bool {
        ["image-data", "image_data", "image-path", "image_path"].iter().any(|hint| self.hints.contains_key(*hint))
    }
}
