//! What a rule knows about an event: the names available to its expressions and templates.
//!
//! Every field always exists; an unknown value is none. So a condition about feedback is false for an event about a
//! build, while a misspelt name is always an error.

use serde::Serialize;

/// Everything a rule knows. [`super::NAMES`] explains each name.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "NAMES has the meaning of each, as docs/rules.md shows it")]
pub struct Facts {
    pub event: EventFacts,
    pub app: AppFacts,
    pub version: VersionFacts,
    pub build: BuildFacts,
    pub feedback: FeedbackFacts,
    pub webhook: WebhookFacts,
    pub links: LinkFacts,
    pub now: String,
}

impl Facts {
    /// Facts in which every name has a value, for trying out rules.
    #[must_use]
    pub fn sample() -> Self {
        let some = |text: &str| Some(text.to_owned());
        Self {
            event: EventFacts {
                id: "f3b1c9a2-6f0e-4c1b-9a55-0d6f2b8f6f10".to_owned(),
                wire_type: some("betaFeedbackCrashSubmissionCreated"),
                event_type: some("BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"),
                kind: "crash".to_owned(),
                importance: "bad".to_owned(),
                title: "Crash in 3.3".to_owned(),
                body: "Backyard Birds 3.3 crashed on an iPhone 17 Pro.".to_owned(),
                from: some("PROCESSING"),
                to: some("FAILED"),
                timestamp: some("2026-11-30T08:15:00Z"),
                received_at: "2026-11-30T08:15:02Z".to_owned(),
                late: false,
            },
            app: AppFacts { id: some("6479283016"), name: some("Backyard Birds") },
            version: VersionFacts { string: some("3.3"), platform: some("iOS") },
            build: BuildFacts {
                number: some("418"),
                errors: vec!["The icon is missing.".to_owned()],
                warnings: vec!["The launch screen is missing.".to_owned()],
            },
            feedback: FeedbackFacts {
                id: some("AJq2Nzc0"),
                tester: some("Ana Silva"),
                comment: some("Opened my life list right after deleting a bird."),
                device: some("iPhone 17 Pro"),
            },
            webhook: WebhookFacts { id: "k2v7".to_owned(), name: "Releases".to_owned() },
            links: LinkFacts {
                hookbell: "hookbell://event/f3b1c9a2-6f0e-4c1b-9a55-0d6f2b8f6f10".to_owned(),
                app_store_connect: some("https://appstoreconnect.apple.com/apps/6479283016"),
            },
            now: "2026-11-30T08:15:02Z".to_owned(),
        }
    }
}

/// The event itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct EventFacts {
    pub id: String,
    #[serde(rename = "type")]
    pub wire_type: Option<String>,
    pub event_type: Option<String>,
    pub kind: String,
    pub importance: String,
    pub title: String,
    pub body: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub timestamp: Option<String>,
    pub received_at: String,
    pub late: bool,
}

/// What a rule can know about an app.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct AppFacts {
    pub id: Option<String>,
    pub name: Option<String>,
}

/// What a rule can know about an app version.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct VersionFacts {
    pub string: Option<String>,
    pub platform: Option<String>,
}

/// What a rule can know about a build.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct BuildFacts {
    pub number: Option<String>,
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
}

/// What a tester sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct FeedbackFacts {
    pub id: Option<String>,
    pub tester: Option<String>,
    pub comment: Option<String>,
    pub device: Option<String>,
}

/// The webhook it came through.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct WebhookFacts {
    pub id: String,
    pub name: String,
}

/// Addresses that open the event.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "NAMES has the meaning of each")]
pub struct LinkFacts {
    pub hookbell: String,
    pub app_store_connect: Option<String>,
}
