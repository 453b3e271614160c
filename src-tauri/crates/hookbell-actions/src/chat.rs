//! Telling a chat: each service has its own form and its own answers.

use hookbell_core::rules::ForwardFormat;

use crate::{ActionFailure, ActionTarget, Answer, Message, Sender, discord, http::Post, ntfy, slack, teams};

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

    /// How much of a message it shows, by what the service documents.
    #[must_use]
    pub fn limits(self) -> MessageLimits {
        let (title_chars, text_chars) = match self {
            Self::Slack => (slack::MAX_HEADER_CHARS, slack::MAX_SECTION_CHARS),
            Self::Teams => (teams::MAX_TITLE_CHARS, teams::MAX_TEXT_CHARS),
            Self::Discord => (discord::MAX_TITLE_CHARS, discord::MAX_DESCRIPTION_CHARS),
            Self::Ntfy => (ntfy::MAX_TITLE_CHARS, ntfy::MAX_TEXT_CHARS),
        };
        MessageLimits { title_chars, text_chars }
    }
}

/// How much of a message a chat shows. The rest is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageLimits {
    /// The longest title, in characters.
    pub title_chars: usize,
    /// The longest text, in characters.
    pub text_chars: usize,
}

impl Sender {
    /// Tells a chat.
    ///
    /// # Errors
    /// [`ActionFailure`] with what the service's answer means.
    pub async fn tell(&self, chat: Chat, target: &ActionTarget, message: &Message) -> Result<Answer, ActionFailure> {
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
