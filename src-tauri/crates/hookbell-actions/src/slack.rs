//! Slack's incoming webhooks: Block Kit blocks in, `ok` or an error word out.
//!
//! Limits and responses: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks> and
//! <https://docs.slack.dev/reference/block-kit/blocks>. The rate limit is one message per second; beyond it the
//! response is 429.

use serde_json::{Value, json};

use crate::{ActionFailure, Answer, Message, http::Raw, message::cut};

/// The maximum length of a header block's and a section block's text, in characters.
pub(crate) const MAX_HEADER_CHARS: usize = 150;
pub(crate) const MAX_SECTION_CHARS: usize = 3_000;

pub(crate) fn body(message: &Message) -> Value {
    let mut blocks = vec![json!({
        "type": "header",
        "text": { "type": "plain_text", "text": cut(&message.title, MAX_HEADER_CHARS), "emoji": false },
    })];
    if !message.text.is_empty() {
        // Plain text: neither markup nor mentions are interpreted in it.
        let text = json!({ "type": "plain_text", "text": cut(&message.text, MAX_SECTION_CHARS), "emoji": false });
        blocks.push(json!({ "type": "section", "text": text }));
    }
    if let Some(link) = &message.link {
        let button = json!({
            "type": "button",
            "text": { "type": "plain_text", "text": "Open in App Store Connect" },
            "url": link,
        });
        blocks.push(json!({ "type": "actions", "elements": [button] }));
    }
    // The text for notifications. It escapes the three characters of Slack's markup.
    json!({ "text": escaped(&cut(&message.title, MAX_HEADER_CHARS)), "blocks": blocks, "unfurl_links": false })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(crate) fn settle(raw: Raw) -> Result<Answer, ActionFailure> {
    let word = raw.body.trim();
    let said = format!("Slack returned {}: “{word}”", raw.status.as_u16());
    let replace = "Create a new incoming webhook in Slack and enter its address in the rule.";
    match word {
        "no_service" | "no_service_id" | "no_team" | "team_disabled" | "invalid_token" | "no_active_hooks" => {
            Err(ActionFailure::switch_off(said, replace))
        }
        "channel_not_found" | "channel_is_archived" => Err(ActionFailure::switch_off(
            said,
            "The channel was archived or removed. Create an incoming webhook for another one.",
        )),
        "action_prohibited" | "posting_to_general_channel_denied" => Err(ActionFailure::give_up(
            said,
            "An administrator of the workspace doesn’t allow it. Ask them, or choose another channel.",
        )),
        _ => raw.settle("Slack"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_tester_writes_is_markup_or_a_mention() {
        let message = Message {
            title: "<!channel> & <https://x|y>".into(),
            text: "<!here> *bold* <@U123>".into(),
            ..Message::default()
        };
        let body = body(&message);
        assert_eq!(body["text"], "&lt;!channel&gt; &amp; &lt;https://x|y&gt;");
        for block in body["blocks"].as_array().into_iter().flatten() {
            assert_eq!(block["text"]["type"], "plain_text");
        }
    }

    #[test]
    fn a_message_keeps_to_slacks_limits() {
        let message = Message { title: "t".repeat(1_000), text: "x".repeat(10_000), ..Message::default() };
        let body = body(&message);
        let chars = |block: &Value| block["text"]["text"].as_str().map_or(0, |text| text.chars().count());
        assert_eq!((chars(&body["blocks"][0]), chars(&body["blocks"][1])), (MAX_HEADER_CHARS, MAX_SECTION_CHARS));
    }
}
