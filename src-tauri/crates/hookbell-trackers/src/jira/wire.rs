//! The parts of Jira's API that we read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::MARK_PROPERTY;
use crate::{FeedbackMark, IssueProgress, TrackedIssue};

/// Resolutions of issues that were closed without being done. Jira has no category for them, so these are its default
/// names.
const DROPPED_RESOLUTIONS: [&str; 6] =
    ["won't do", "won't fix", "duplicate", "cannot reproduce", "known error", "declined"];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Myself {
    pub(super) account_id: String,
    pub(super) display_name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    pub(super) id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProjectPage {
    #[serde(default)]
    pub(super) values: Vec<WireProject>,
    #[serde(default)]
    pub(super) is_last: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireProject {
    pub(super) key: String,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IssueTypes {
    #[serde(default)]
    pub(super) issue_types: Vec<IssueType>,
}

#[derive(Debug, Deserialize)]
pub(super) struct IssueType {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) subtask: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    pub(super) fields: Vec<Field>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    pub(super) field_id: String,
    pub(super) name: String,
    pub(super) required: bool,
    #[serde(default)]
    pub(super) has_default_value: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SearchPage {
    #[serde(default)]
    pub(super) issues: Vec<WireIssue>,
    #[serde(default)]
    pub(super) next_page_token: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireIssue {
    id: String,
    key: String,
    fields: IssueFields,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssueFields {
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    resolution: Option<Named>,
    #[serde(default)]
    assignee: Option<Assignee>,
    #[serde(default)]
    attachment: Vec<WireAttachment>,
    #[serde(default)]
    fix_versions: Vec<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    name: String,
    #[serde(default)]
    status_category: Option<StatusCategory>,
}

#[derive(Debug, Deserialize)]
struct StatusCategory {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignee {
    #[serde(default)]
    display_name: String,
}

#[derive(Debug, Deserialize)]
struct WireAttachment {
    #[serde(default)]
    filename: String,
}

/// An error answer.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Errors {
    error_messages: Vec<String>,
    /// Messages by field.
    errors: BTreeMap<String, String>,
}

impl WireIssue {
    /// Whether any feedback has it.
    pub(super) fn is_of_feedback(&self) -> bool {
        self.properties.contains_key(MARK_PROPERTY)
    }

    pub(super) fn is_of(&self, mark: &FeedbackMark) -> bool {
        self.properties.get(MARK_PROPERTY).is_some_and(|value| value["feedback"] == mark.text().as_str())
    }

    pub(super) fn has_attachment(&self, name: &str) -> bool {
        self.fields.attachment.iter().any(|attachment| attachment.filename == name)
    }

    /// The issue; `site` is the address before `/browse`.
    pub(super) fn tracked(self, site: &str) -> TrackedIssue {
        let fields = self.fields;
        let category = fields.status.as_ref().and_then(|status| status.status_category.as_ref());
        let is_done = category.is_some_and(|category| category.key == "done");
        let dropped = fields.resolution.is_some_and(|resolution| {
            let name = resolution.name.to_lowercase().replace('’', "'");
            DROPPED_RESOLUTIONS.contains(&name.as_str())
        });
        let progress = match (is_done, dropped) {
            (true, true) => IssueProgress::Dropped,
            (true, false) => IssueProgress::Done,
            (false, _) => IssueProgress::Open,
        };
        let versions: Vec<_> = fields.fix_versions.into_iter().map(|version| version.name).collect();
        TrackedIssue {
            id: self.id,
            url: format!("{site}/browse/{}", self.key),
            reference: self.key,
            title: fields.summary.unwrap_or_default(),
            progress,
            state: fields.status.map(|status| status.name).unwrap_or_default(),
            assignee: fields.assignee.map(|person| person.display_name),
            version: Some(versions.join(", ")).filter(|versions| !versions.is_empty()),
        }
    }
}

impl Errors {
    pub(super) fn names(&self, field: &str) -> bool {
        self.errors.contains_key(field)
    }

    /// Whether the project requires a field that was empty.
    pub(super) fn demands_a_field(&self) -> bool {
        self.errors.values().any(|error| error.to_lowercase().contains("required"))
    }

    /// All messages in one line.
    pub(super) fn said(&self) -> String {
        let fields = self.errors.iter().map(|(field, error)| format!("{field}: {error}"));
        self.error_messages.iter().cloned().chain(fields).collect::<Vec<_>>().join("; ")
    }
}
