//! Posts to chats: each service has its own format and responses.
//!
//! Pictures are sent as files, to services that accept files. A picture is never put on a server for others to fetch:
//! anyone who knew the address could see a tester's screen.

use hookbell_core::rules::ForwardFormat;

use crate::{
    ActionFailure, ActionTarget, Answer, Message, MessagePicture, Sender, discord,
    http::{Post, Raw},
    ntfy,
    request::ChatRequest,
    slack, teams,
};

/// A chat service.
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
    /// The chat for a rule's format, if it is one.
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

    /// How much of a message it shows, according to the service's documentation.
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

    /// The maximum number of pictures per message.
    #[must_use]
    pub fn max_pictures(self) -> usize {
        match self {
            Self::Slack | Self::Teams => 0,
            Self::Discord => discord::MAX_PICTURES,
            Self::Ntfy => ntfy::MAX_PICTURES,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Slack => "Slack",
            Self::Teams => "Teams",
            Self::Discord => "Discord",
            Self::Ntfy => "ntfy",
        }
    }

    fn settle(self, raw: Raw) -> Result<Answer, ActionFailure> {
        match self {
            Self::Slack => slack::settle(raw),
            Self::Teams => teams::settle(raw),
            Self::Discord => discord::settle(raw),
            Self::Ntfy => raw.settle(self.name()),
        }
    }
}

/// A message to post to a chat.
#[derive(Debug, Clone, Default)]
pub struct ChatPost {
    /// The content.
    pub message: Message,
    /// Headers in addition to the service's own, which take precedence.
    pub headers: Vec<(String, String)>,
    /// Whether the address may be in a private network.
    pub allow_private_network: bool,
    /// The attached pictures. Slack and Teams accept no files and get none.
    pub pictures: Vec<MessagePicture>,
}

/// A message that a chat accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The response.
    pub answer: Answer,
    /// Why pictures were left out, if any were: "2 screenshots: Discord answered 413".
    pub left_out: Option<String>,
}

/// How much of a message a chat shows. The rest is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageLimits {
    /// The maximum length of the title, in characters.
    pub title_chars: usize,
    /// The maximum length of the text, in characters.
    pub text_chars: usize,
}

impl Sender {
    /// Posts to a chat. If the chat rejects a message's pictures, it is sent once more without them.
    ///
    /// # Errors
    /// [`ActionFailure`] with the meaning of the service's response.
    pub async fn tell(&self, chat: Chat, target: &ActionTarget, post: ChatPost) -> Result<Told, ActionFailure> {
        let pictures = &post.pictures[..post.pictures.len().min(chat.max_pictures())];
        let left_out = |count: usize, why: &str| {
            let screenshots = if count == 1 { "screenshot" } else { "screenshots" };
            (count > 0).then(|| format!("{count} {screenshots}: {why}"))
        };
        let raw = self.say(chat, target, &post, pictures).await?;
        if pictures.is_empty() || !raw.refuses_the_body() {
            let more = post.pictures.len() - pictures.len();
            let left_out = left_out(more, &format!("{} takes {} with a message", chat.name(), chat.max_pictures()));
            return Ok(Told { answer: chat.settle(raw)?, left_out });
        }
        let why = format!("{} returned {}", chat.name(), raw.status.as_u16());
        let answer = chat.settle(self.say(chat, target, &post, &[]).await?)?;
        Ok(Told { answer, left_out: left_out(post.pictures.len(), &why) })
    }

    async fn say(
        &self,
        chat: Chat,
        target: &ActionTarget,
        post: &ChatPost,
        pictures: &[MessagePicture],
    ) -> Result<Raw, ActionFailure> {
        let message = &post.message;
        let ChatRequest { target: address, headers, body } = match (chat, pictures) {
            (Chat::Slack, _) => ChatRequest::json(target, &slack::body(message)),
            (Chat::Teams, _) => ChatRequest::json(target, &teams::body(message)),
            (Chat::Discord, []) => ChatRequest::json(target, &discord::body(message, &[])),
            (Chat::Discord, pictures) => discord::with_pictures(target, message, pictures),
            (Chat::Ntfy, []) => ntfy::request(target, message)?,
            (Chat::Ntfy, [picture, ..]) => ntfy::with_picture(target, message, picture)?,
        };
        // The headers that a service needs can't be overridden by the rule.
        let is_free = |(name, _): &&(String, String)| !headers.iter().any(|(ours, _)| ours.eq_ignore_ascii_case(name));
        let more: Vec<_> = post.headers.iter().filter(is_free).cloned().collect();
        let headers = [headers, more].concat();
        let raw = self.post(&address, post.allow_private_network, Post { headers, body }).await?;
        // ntfy responds with the topic, which isn't part of the request's address.
        Ok(Raw { body: target.hidden_in(raw.body), ..raw })
    }
}
