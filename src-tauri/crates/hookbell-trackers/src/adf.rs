//! An issue's text as Atlassian Document Format, for Jira.
//!
//! In ADF, text is a separate node, so nothing in it is interpreted as markup, a mention or a link. Nodes and marks:
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>.

use hookbell_core::visible;
use serde_json::{Value, json};

use crate::BodyPart;

/// The whole document: the parts, and notes on what was left out.
pub(crate) fn document(parts: &[BodyPart], notes: &[String]) -> Value {
    let mut content: Vec<Value> = parts.iter().filter_map(part).collect();
    if !notes.is_empty() {
        content.push(list(notes.iter().map(|note| vec![text(note)])));
    }
    json!({ "type": "doc", "version": 1, "content": content })
}

fn part(part: &BodyPart) -> Option<Value> {
    let node = match part {
        BodyPart::Words(words) if visible::is_blank(words) => return None,
        BodyPart::Words(words) => json!({ "type": "blockquote", "content": [paragraph(lines(words))] }),
        BodyPart::Own(words) if words.trim().is_empty() => return None,
        BodyPart::Own(words) => paragraph(lines(words)),
        BodyPart::Facts(facts) if facts.is_empty() => return None,
        BodyPart::Facts(facts) => list(facts.iter().map(|(name, value)| {
            let name = json!({ "type": "text", "text": format!("{name}: "), "marks": [{ "type": "strong" }] });
            // An empty text node is invalid.
            if value.trim().is_empty() { vec![name] } else { vec![name, text(value)] }
        })),
        BodyPart::Code { text: code, .. } if code.trim().is_empty() => return None,
        BodyPart::Code { heading, text: code } => {
            let code = visible::plain(code.trim_end());
            let block = json!({
                "type": "codeBlock",
                "attrs": { "language": "text" },
                "content": [{ "type": "text", "text": code }],
            });
            json!({ "type": "expand", "attrs": { "title": heading }, "content": [block] })
        }
        BodyPart::Links(links) if links.is_empty() => return None,
        BodyPart::Links(links) => {
            let link = |(words, to): &(String, String)| {
                let mark = json!({ "type": "link", "attrs": { "href": to } });
                vec![json!({ "type": "text", "text": words, "marks": [mark] })]
            };
            list(links.iter().map(link))
        }
    };
    Some(node)
}

fn paragraph(content: Vec<Value>) -> Value {
    json!({ "type": "paragraph", "content": content })
}

fn list(items: impl Iterator<Item = Vec<Value>>) -> Value {
    let items: Vec<_> = items.map(|content| json!({ "type": "listItem", "content": [paragraph(content)] })).collect();
    json!({ "type": "bulletList", "content": items })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": visible::plain(text) })
}

/// Lines of text separated by hard breaks; an empty line has no text node.
fn lines(words: &str) -> Vec<Value> {
    let plain = visible::plain(words.trim());
    let mut content = Vec::new();
    for (at, line) in plain.split('\n').enumerate() {
        if at > 0 {
            content.push(json!({ "type": "hardBreak" }));
        }
        if !line.is_empty() {
            content.push(json!({ "type": "text", "text": line }));
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_text_and_never_markup() {
        let document = document(&[BodyPart::Words("@all *a*\n\n<b>".to_owned())], &[]);
        let content = &document["content"][0]["content"][0]["content"];
        assert_eq!(
            content,
            &json!([
                { "type": "text", "text": "@all *a*" },
                { "type": "hardBreak" },
                { "type": "hardBreak" },
                { "type": "text", "text": "<b>" },
            ])
        );
    }

    #[test]
    fn no_text_node_is_empty() {
        let parts = [
            BodyPart::Words(" \n".to_owned()),
            BodyPart::Own(String::new()),
            BodyPart::Facts(vec![("Build".to_owned(), String::new())]),
            BodyPart::Code { heading: "Thread".to_owned(), text: "\n".to_owned() },
        ];
        let document = document(&parts, &[]).to_string();
        assert!(!document.contains(r#""text":"""#), "{document}");
        assert!(document.contains("Build"), "{document}");
    }
}
