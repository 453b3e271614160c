//! Discord's webhooks: an embed in, 204 out.
//!
//! Limits and responses: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits> and
//! <https://discord.com/developers/docs/topics/rate-limits>. Pictures are files in a form, with the embed in its field
//! `payload_json`: <https://discord.com/developers/docs/reference#uploading-files>.

use hookbell_http::{FormPart, MultipartForm};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

use crate::{
    ActionFailure, ActionTarget, Answer, Message, MessagePicture, Next, http::Raw, message::cut, request::ChatRequest,
};

/// The maximum length of an embed's title and description, in characters.
pub(crate) const MAX_TITLE_CHARS: usize = 256;
pub(crate) const MAX_DESCRIPTION_CHARS: usize = 4_096;

/// The maximum number of files per message.
pub(crate) const MAX_PICTURES: usize = 10;

/// Discord's error code for a deleted webhook.
const UNKNOWN_WEBHOOK: u32 = 10_015;

/// The colours of an embed, as numbers.
const URGENT_COLOUR_RGB: u32 = 0xd1_3b_3b;
const USUAL_COLOUR_RGB: u32 = 0x6e_6e_73;

/// The message as JSON. Its embed shows the first picture; the others appear below it.
pub(crate) fn body(message: &Message, pictures: &[MessagePicture]) -> Value {
    let mut embed = json!({
        "title": cut(&escaped(&message.title), MAX_TITLE_CHARS),
        "description": cut(&escaped(&message.text), MAX_DESCRIPTION_CHARS),
        "color": if message.urgent { URGENT_COLOUR_RGB } else { USUAL_COLOUR_RGB },
    });
    if let Some(link) = &message.link {
        embed["url"] = json!(link);
    }
    if let Some(picture) = pictures.first() {
        embed["image"] = json!({ "url": format!("attachment://{}", picture.name) });
    }
    // Nobody is pinged, whatever the text says.
    json!({ "embeds": [embed], "allowed_mentions": { "parse": [] } })
}

pub(crate) fn with_pictures(target: &ActionTarget, message: &Message, pictures: &[MessagePicture]) -> ChatRequest {
    let json = body(message, pictures).to_string().into_bytes();
    let json = FormPart { name: "payload_json".to_owned(), bytes: &json, ..FormPart::default() };
    let files = pictures.iter().enumerate().map(|(at, picture)| FormPart {
        name: format!("files[{at}]"),
        file_name: Some(&picture.name),
        bytes: &picture.bytes,
        ..FormPart::default()
    });
    let parts: Vec<_> = std::iter::once(json).chain(files).collect();
    let MultipartForm { content_type, body } = MultipartForm::of(&parts);
    ChatRequest { target: target.clone(), headers: vec![("content-type".to_owned(), content_type)], body }
}

/// Escapes Discord's Markdown, so that the text is shown literally.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '#' | '[' | ']' | '(' | ')' | '<' | '@' | '-') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Said {
    code: u32,
    /// Seconds, with a fraction.
    retry_after: Option<f64>,
}

pub(crate) fn settle(raw: Raw) -> Result<Answer, ActionFailure> {
    let said: Said = serde_json::from_str(&raw.body).unwrap_or_default();
    if said.code == UNKNOWN_WEBHOOK {
        return Err(ActionFailure::switch_off(
            "This webhook no longer exists in Discord",
            "It was deleted. Create a new one in the channel’s settings and enter its address in the rule.",
        ));
    }
    let asked = said.retry_after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    raw.settle("Discord").map_err(|failure| match (failure.next, asked) {
        (Next::Retry, Some(wait)) => ActionFailure { next: Next::RetryAfter(wait), ..failure },
        _ => failure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_pinged_and_markdown_is_text() {
        let message = Message { text: "@everyone **[a](b)**".into(), ..Message::default() };
        let body = body(&message, &[]);
        assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
        assert_eq!(body["embeds"][0]["description"], r"\@everyone \*\*\[a\]\(b\)\*\*");
    }

    #[test]
    fn an_embed_keeps_to_discords_limits() {
        let message = Message { title: "*".repeat(1_000), text: "x".repeat(9_000), ..Message::default() };
        let chars =
            |field: &str| body(&message, &[])["embeds"][0][field].as_str().map_or(0, |text| text.chars().count());
        assert_eq!((chars("title"), chars("description")), (MAX_TITLE_CHARS, MAX_DESCRIPTION_CHARS));
    }
}
