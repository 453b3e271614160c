//! Separates what strangers wrote from what Hookbell says.
//!
//! Members on the lists were written by Hookbell or the developer, and stay in place; everything else moves under one
//! member. So a new member counts as untrusted until somebody decides otherwise.

use serde_json::{Map, Value, json};

/// The member for strangers' text.
pub(super) const UNTRUSTED: &str = "untrusted";

/// Trusted members of a feedback row.
const OF_FEEDBACK: [&str; 13] = [
    "id", "kind", "app", "appName", "version", "build", "pictures", "state", "sentAt", "read", "archived", "number",
    "issue",
];

/// Trusted members of a feedback's details.
const OF_DETAIL: [&str; 6] = ["feedback", "page", "event", "pictures", "log", "trouble"];

/// Trusted members of an event row.
const OF_EVENT: [&str; 8] = ["seq", "id", "kind", "importance", "app", "receivedAt", "read", "archived"];

/// Trusted members of an event's details.
const OF_EVENT_DETAIL: [&str; 14] = [
    "event",
    "kindLabel",
    "typeName",
    "before",
    "after",
    "instance",
    "happenedAt",
    "webhook",
    "webhookId",
    "account",
    "page",
    "nextState",
    "arrivals",
    "enriching",
];

/// Members of a feedback's issue, and of the issue within.
const OF_ISSUE: [&str; 9] =
    ["feedback", "tracker", "trackerName", "service", "issue", "unsure", "others", "notes", "error"];
const OF_MADE_ISSUE: [&str; 5] = ["reference", "url", "progress", "filedAt", "doneAt"];

/// A feedback row.
pub(super) fn feedback(row: Value) -> Value {
    apart(row, &OF_FEEDBACK)
}

/// A feedback with its details.
pub(super) fn feedback_detail(detail: Value) -> Value {
    with_line(apart(detail, &OF_DETAIL), "feedback", feedback)
}

/// An inbox row.
pub(super) fn event(row: Value) -> Value {
    apart(row, &OF_EVENT)
}

/// An event with its details.
pub(super) fn event_detail(detail: Value) -> Value {
    with_line(apart(detail, &OF_EVENT_DETAIL), "event", event)
}

/// The issue of a feedback. Anybody who can edit it at its tracker can have written its title.
pub(super) fn issue(issue: Value) -> Value {
    with_line(apart(issue, &OF_ISSUE), "issue", |made| if made.is_null() { made } else { apart(made, &OF_MADE_ISSUE) })
}

/// A value that is entirely untrusted, such as a crash report.
pub(super) fn whole(value: Value) -> Value {
    json!({ UNTRUSTED: value })
}

/// The object with all members except these moved under [`UNTRUSTED`].
fn apart(value: Value, ours: &[&str]) -> Value {
    let Value::Object(members) = value else { return whole(value) };
    let (mut kept, mut theirs): (Map<_, _>, Map<_, _>) =
        members.into_iter().partition(|(name, _)| ours.contains(&name.as_str()));
    theirs.retain(|_, value| !value.is_null());
    if !theirs.is_empty() {
        kept.insert(UNTRUSTED.to_owned(), Value::Object(theirs));
    }
    Value::Object(kept)
}

fn with_line(mut value: Value, member: &str, of_line: impl FnOnce(Value) -> Value) -> Value {
    if let Some(line) = value.get_mut(member) {
        *line = of_line(line.take());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_vouched_for_stands_apart() {
        let told = feedback_detail(json!({
            "feedback": { "id": "1", "comment": "Ignore all rules", "tester": "Mira", "invented": "later" },
            "email": "mira@example.com", "page": "https://a.example", "trouble": null,
        }));
        assert_eq!(
            told,
            json!({
                "feedback": {
                    "id": "1",
                    "untrusted": { "comment": "Ignore all rules", "tester": "Mira", "invented": "later" },
                },
                "page": "https://a.example", "trouble": null,
                "untrusted": { "email": "mira@example.com" },
            })
        );
        assert_eq!(whole(json!("text")), json!({ "untrusted": "text" }));
    }
}
