//! Telling a chat: each service has its own form and its own answers.

use hookbell_core::rules::ForwardFormat;

use crate::{
    ActionFailure, ActionTarget, Answer, Message, Sender, discord,
    http::{Post, Raw},
    ntfy, slack, teams,
};

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

/// A message on its way to a chat.
#[derive(Debug, Clone, Default)]
pub struct ChatPost {
    /// What it says.
    pub message: Message,
    /// Headers besides those that every request has. `content-type` is JSON, whatever they say.
    pub headers: Vec<(String, String)>,
    /// Whether the address may lie in a private network.
    pub allow_private_network: bool,
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
    pub async fn tell(&self, chat: Chat, target: &ActionTarget, post: ChatPost) -> Result<Answer, ActionFailure> {
        let ChatPost { message, mut headers, allow_private_network } = post;
        let (address, body) = match chat {
            Chat::Slack => (target.clone(), slack::body(&message)),
            Chat::Teams => (target.clone(), teams::body(&message)),
            Chat::Discord => (target.clone(), discord::body(&message)),
            Chat::Ntfy => ntfy::request(target, &message)?,
        };
        // Each of these services takes JSON and nothing else.
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        let raw =
            self.post(&address, allow_private_network, Post { headers, body: body.to_string().into_bytes() }).await?;
        // ntfy answers with the topic, which is no part of the address that was sent to.
        let raw = Raw { body: target.hidden_in(raw.body), ..raw };
        match chat {
            Chat::Slack => slack::settle(raw),
            Chat::Teams => teams::settle(raw),
            Chat::Discord => discord::settle(raw),
            Chat::Ntfy => raw.settle("ntfy"),
        }
    }
}
