//! A message for a chat, before any service's form.

use hookbell_core::rules::ForwardFormat;

use crate::{Answer, Failure, Sender, Target, discord, http::Post, ntfy, slack, teams};

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

/// A service for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chat {
    /// A Slack incoming webhook.
    Slack,
    /// A Microsoft Teams workflow.
    Teams,
    /// A Discord webhook.
    Discord,
    /// An ntfy topic.
    Ntfy,
}

impl Chat {
    /// The chat that a rule names, if it names one.
    #[must_use]
    pub fn of(format: ForwardFormat) -> Option<Self> {
        match format {
            ForwardFormat::Slack => Some(Self::Slack),
            ForwardFormat::Teams => Some(Self::Teams),
            ForwardFormat::Discord => Some(Self::Discord),
            ForwardFormat::Ntfy => Some(Self::Ntfy),
            ForwardFormat::Raw | ForwardFormat::Signed | ForwardFormat::Template => None,
        }
    }
}

impl Sender {
    /// Tells a chat.
    ///
    /// # Errors
    /// [`Failure`] with what the service's answer means.
    pub async fn tell(&self, chat: Chat, target: &Target, message: &Message) -> Result<Answer, Failure> {
        let (target, body) = match chat {
            Chat::Slack => (target.clone(), slack::body(message)),
            Chat::Teams => (target.clone(), teams::body(message)),
            Chat::Discord => (target.clone(), discord::body(message)),
            Chat::Ntfy => ntfy::request(target, message)?,
        };
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let raw = self.post(&target, false, Post { headers, body: body.to_string().into_bytes() }).await?;
        match chat {
            Chat::Slack => slack::settle(raw),
            Chat::Teams => teams::settle(raw),
            Chat::Discord => discord::settle(raw),
            Chat::Ntfy => raw.settle("ntfy"),
        }
    }
}

/// The first so many characters, with an ellipsis where some are missing.
pub(crate) fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
