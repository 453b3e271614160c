//! ntfy: a message to a topic of ntfy.sh or of one's own server.
//!
//! Published as JSON to the server's root, because headers can't hold every character:
//! <https://docs.ntfy.sh/publish/#publish-as-json>. A message has at most 4,096 bytes.

use hookbell_core::Secret;
use reqwest::Url;
use serde_json::{Value, json};

use crate::{ActionFailure, ActionTarget, Message, message::cut};

/// The longest title, and a text that stays below 4,096 bytes in any script, in characters.
pub(crate) const MAX_TITLE_CHARS: usize = 200;
pub(crate) const MAX_TEXT_CHARS: usize = 1_000;

/// ntfy's priorities: 3 is usual, 4 makes a longer noise.
const USUAL_PRIORITY: u8 = 3;
const HIGH_PRIORITY: u8 = 4;

/// The server's root and the message that names the topic, from the topic's address.
pub(crate) fn request(target: &ActionTarget, message: &Message) -> Result<(ActionTarget, Value), ActionFailure> {
    let text = match target {
        ActionTarget::Url(url) => url.as_str(),
        ActionTarget::Secret(url) => url.expose(),
    };
    let wrong =
        || ActionFailure::give_up("the address has no topic", "Use an address such as https://ntfy.sh/my-topic.");
    let mut url = Url::parse(text.trim()).map_err(|_| wrong())?;
    let path = url.path().trim_end_matches('/').to_owned();
    let (root, topic) = path.rsplit_once('/').filter(|(_, topic)| !topic.is_empty()).ok_or_else(wrong)?;
    url.set_path(&format!("{root}/"));
    let mut body = json!({
        "topic": topic,
        "title": cut(&message.title, MAX_TITLE_CHARS),
        "message": cut(&message.text, MAX_TEXT_CHARS),
        "priority": if message.urgent { HIGH_PRIORITY } else { USUAL_PRIORITY },
    });
    if let Some(link) = &message.link {
        body["click"] = json!(link);
    }
    let root = match target {
        ActionTarget::Url(_) => ActionTarget::Url(url.into()),
        ActionTarget::Secret(_) => ActionTarget::Secret(Secret::new(String::from(url)).map_err(|_| wrong())?),
    };
    Ok((root, body))
}
