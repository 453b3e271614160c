//! A message for a chat, before any service's form.

/// What a chat is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// One line.
    pub title: String,
    /// Some lines; plain text, in which nothing of a service's markup works.
    pub text: String,
    /// An https address that opens what it is about.
    pub link: Option<String>,
    /// Whether it deserves attention, for services that have priorities or colours.
    pub urgent: bool,
}

/// The first so many characters, with an ellipsis where some are missing.
pub(crate) fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
