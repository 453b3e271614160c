//! A chat message, independent of any service's format.

/// The content of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// One line.
    pub title: String,
    /// A few lines of plain text; no service's markup is interpreted in it.
    pub text: String,
    /// An https address that opens its subject.
    pub link: Option<String>,
    /// Whether it deserves attention, for services that have priorities or colours.
    pub urgent: bool,
}

/// A picture attached to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePicture {
    /// The file's name: letters, digits, dots and dashes, with a matching extension.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The first `max_chars` characters, with an ellipsis if any are cut.
pub(crate) fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
