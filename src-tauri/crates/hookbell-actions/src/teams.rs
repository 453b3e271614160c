//! Microsoft Teams: an adaptive card for a workflow that starts "when a Teams webhook request is received".
//!
//! Limits and responses:
//! <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using> (28 KB per
//! message) and <https://adaptivecards.io/explorer>. A workflow responds with 202 before it has posted.

use serde_json::{Value, json};

use crate::{ActionFailure, Answer, Message, http::Raw, message::cut};

/// The maximum length of a card's title and text, in characters: together well below 28 KB in any script.
pub(crate) const MAX_TITLE_CHARS: usize = 200;
pub(crate) const MAX_TEXT_CHARS: usize = 5_000;

pub(crate) fn body(message: &Message) -> Value {
    let colour = if message.urgent { "Attention" } else { "Default" };
    let mut card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            plain(&cut(&message.title, MAX_TITLE_CHARS), json!({ "weight": "Bolder", "color": colour })),
            plain(&cut(&message.text, MAX_TEXT_CHARS), json!({})),
        ],
    });
    if let Some(link) = &message.link {
        card["actions"] = json!([{ "type": "Action.OpenUrl", "title": "Open in App Store Connect", "url": link }]);
    }
    let attachment = json!({ "contentType": "application/vnd.microsoft.card.adaptive", "content": card });
    json!({ "type": "message", "attachments": [attachment] })
}

/// A rich text block: unlike a text block, it shows Markdown literally.
fn plain(text: &str, style: Value) -> Value {
    let mut run = json!({ "type": "TextRun", "text": text });
    if let (Some(run), Value::Object(style)) = (run.as_object_mut(), style) {
        run.extend(style);
    }
    json!({ "type": "RichTextBlock", "inlines": [run] })
}

pub(crate) fn settle(raw: Raw) -> Result<Answer, ActionFailure> {
    match raw.status.as_u16() {
        404 | 410 => Err(ActionFailure::switch_off(
            format!("Teams returned {}", raw.status.as_u16()),
            "The workflow was removed or disabled. Create a new one in Teams and enter its address in the rule.",
        )),
        _ => raw.settle("Teams"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_shows_text_as_it_is_and_stays_below_the_limit() {
        let message = Message { title: "界".repeat(9_000), text: "*界*[a](b)".repeat(9_000), ..Message::default() };
        let body = body(&message);
        assert!(body.to_string().len() < 28_000, "{}", body.to_string().len());
        assert_eq!(body["attachments"][0]["content"]["body"][1]["type"], "RichTextBlock");
    }
}
