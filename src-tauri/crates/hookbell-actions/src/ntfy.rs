//! ntfy: a message to a topic on ntfy.sh or a self-hosted server.
//!
//! Published as JSON to the server's root, because headers can't contain every character:
//! <https://docs.ntfy.sh/publish/#publish-as-json>. A message has at most 4,096 bytes. A picture is sent as the body,
//! with the message in headers, according to <https://docs.ntfy.sh/publish/#attach-local-file>.

use hookbell_core::Secret;
use reqwest::Url;
use serde_json::json;

use crate::{ActionFailure, ActionTarget, Message, MessagePicture, message::cut, request::ChatRequest};

/// The maximum lengths of the title and of a text that stays below 4,096 bytes in any script, in characters.
pub(crate) const MAX_TITLE_CHARS: usize = 200;
pub(crate) const MAX_TEXT_CHARS: usize = 1_000;

/// The maximum number of pictures per message.
pub(crate) const MAX_PICTURES: usize = 1;

/// ntfy's priorities: 3 is the default, 4 makes a longer sound.
const USUAL_PRIORITY: u8 = 3;
const HIGH_PRIORITY: u8 = 4;

/// The message with its topic, for the server's root.
pub(crate) fn request(target: &ActionTarget, message: &Message) -> Result<ChatRequest, ActionFailure> {
    let (root, topic) = split(target)?;
    let mut body = json!({
        "topic": topic,
        "title": cut(&message.title, MAX_TITLE_CHARS),
        "message": cut(&message.text, MAX_TEXT_CHARS),
        "priority": priority(message),
    });
    if let Some(link) = &message.link {
        body["click"] = json!(link);
    }
    Ok(ChatRequest::json(&beside(target, root)?, &body))
}

/// The picture for the topic itself, with the message in headers.
pub(crate) fn with_picture(
    target: &ActionTarget,
    message: &Message,
    picture: &MessagePicture,
) -> Result<ChatRequest, ActionFailure> {
    let (mut url, topic) = split(target)?;
    url.set_path(&format!("{}{topic}", url.path()));
    let said = [
        ("title", header(&cut(&message.title, MAX_TITLE_CHARS))),
        ("message", header(&cut(&message.text, MAX_TEXT_CHARS))),
        ("priority", priority(message).to_string()),
        ("filename", picture.name.clone()),
    ];
    let link = message.link.iter().map(|link| ("click", link.clone()));
    let headers = said.into_iter().chain(link).filter(|(_, value)| !value.is_empty());
    let headers = headers.map(|(name, value)| (format!("x-{name}"), value)).collect();
    Ok(ChatRequest { target: beside(target, url)?, headers, body: picture.bytes.clone() })
}

/// Encodes text for a header: ntfy reads UTF-8 there, and `\n` as a line break.
fn header(text: &str) -> String {
    let one = |c: char| match c {
        '\n' => "\\n".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    text.trim().chars().map(one).collect()
}

fn priority(message: &Message) -> u8 {
    if message.urgent { HIGH_PRIORITY } else { USUAL_PRIORITY }
}

/// Splits the topic's address into the server's root and the topic.
fn split(target: &ActionTarget) -> Result<(Url, String), ActionFailure> {
    let text = match target {
        ActionTarget::Url(url) => url.as_str(),
        ActionTarget::Secret(url) => url.expose(),
    };
    let mut url = Url::parse(text.trim()).map_err(|_| wrong())?;
    let path = url.path().trim_end_matches('/').to_owned();
    let (root, topic) = path.rsplit_once('/').filter(|(_, topic)| !topic.is_empty()).ok_or_else(wrong)?;
    url.set_path(&format!("{root}/"));
    Ok((url, topic.to_owned()))
}

/// An address on the same server, secret if the topic's is.
fn beside(target: &ActionTarget, url: Url) -> Result<ActionTarget, ActionFailure> {
    Ok(match target {
        ActionTarget::Url(_) => ActionTarget::Url(url.into()),
        ActionTarget::Secret(_) => ActionTarget::Secret(Secret::new(String::from(url)).map_err(|_| wrong())?),
    })
}

fn wrong() -> ActionFailure {
    ActionFailure::give_up("the address has no topic", "Use an address such as https://ntfy.sh/my-topic.")
}
