//! The names of a rule's facts with their meanings, as shown in `docs/rules.md`, the window's suggestions and `hookbell
//! rules names`.

/// A name for use in expressions and templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// How to write it: `build.number`.
    pub path: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// An example value.
    pub example: &'static str,
}

/// Every name, in display order.
pub const NAMES: &[Name] = &[
    name("event.id", "App Store Connect’s ID of the event", "f3b1c9a2-…"),
    name("event.type", "the type as delivered", "buildUploadStateUpdated"),
    name("event.eventType", "the type as webhooks subscribe to it", "BUILD_UPLOAD_STATE_UPDATED"),
    name("event.kind", "version, build, upload, screenshot, crash, asset, distribution, ping or unknown", "upload"),
    name("event.importance", "good, needsYou, bad or info", "bad"),
    name("event.title", "what happened, in a few words", "Upload failed"),
    name("event.body", "what happened, in a sentence", "Apple rejected build 418; see App Store Connect."),
    name("event.from", "the state before, in App Store Connect’s spelling", "PROCESSING"),
    name("event.to", "the state after", "FAILED"),
    name("event.timestamp", "when it happened, RFC 3339 in UTC", "2026-11-30T08:15:00Z"),
    name("event.receivedAt", "when it arrived here, RFC 3339 in UTC", "2026-11-30T08:15:02Z"),
    name("event.late", "whether it was fetched more than an hour after it happened", "false"),
    name("app.id", "the app’s ID in App Store Connect", "6479283016"),
    name("app.name", "the app’s name", "Backyard Birds"),
    name("version.string", "the version as people see it", "3.3"),
    name("version.platform", "the platform", "iOS"),
    name("build.number", "the build number, as text: compare it with `build.number | int`", "418"),
    name("build.errors", "App Store Connect’s reasons why it failed, a list", "[\"Missing icon\"]"),
    name("build.warnings", "what App Store Connect wants fixed next time, a list", "[]"),
    name("feedback.id", "the feedback’s ID", "AJq2…"),
    name("feedback.tester", "the tester’s name", "Ana Silva"),
    name("feedback.comment", "the tester’s words", "The list jumps back to the top."),
    name("feedback.device", "the tester’s device", "iPhone 17 Pro"),
    name("webhook.id", "the webhook’s ID in Hookbell", "k2v7…"),
    name("webhook.name", "the webhook’s name", "Releases"),
    name("links.hookbell", "opens the event in Hookbell", "hookbell://event/f3b1c9a2-…"),
    name(
        "links.appStoreConnect",
        "opens what it is about in App Store Connect",
        "https://appstoreconnect.apple.com/apps/6479283016",
    ),
    name("now", "the time now, RFC 3339 in UTC", "2026-11-30T08:15:02Z"),
];

const fn name(path: &'static str, meaning: &'static str, example: &'static str) -> Name {
    Name { path, meaning, example }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::rules::Facts;

    #[test]
    fn every_fact_has_its_line_in_the_list_and_every_line_is_a_fact() {
        let Value::Object(facts) = serde_json::to_value(Facts::default()).unwrap() else { unreachable!() };
        let paths = facts.into_iter().flat_map(|(name, value)| match value {
            Value::Object(fields) => fields.into_iter().map(|(field, _)| format!("{name}.{field}")).collect(),
            _ => vec![name],
        });
        let listed: BTreeSet<_> = NAMES.iter().map(|name| name.path.to_owned()).collect();
        assert_eq!(paths.collect::<BTreeSet<_>>(), listed);
    }
}
