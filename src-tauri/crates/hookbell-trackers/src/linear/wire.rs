//! The results of Linear's operations, with the fields that they select.

use serde::Deserialize;

use super::LinearTeam;
use crate::{IssueChoice, IssuePlace, IssueProgress, TrackedIssue, issue::version_in};

#[derive(Debug, Deserialize)]
pub(super) struct Nodes<T> {
    pub(super) nodes: Vec<T>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ViewerReply {
    pub(super) viewer: Person,
    pub(super) organization: Organization,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) display_name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Organization {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Teams {
    pub(super) teams: TeamPage,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TeamPage {
    pub(super) nodes: Vec<Team>,
    pub(super) page_info: Page,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    pub(super) has_next_page: bool,
    pub(super) end_cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Team {
    id: String,
    key: String,
    name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct TeamReply {
    team: WholeTeam,
}

#[derive(Debug, Deserialize)]
struct WholeTeam {
    #[serde(flatten)]
    team: Team,
    labels: Nodes<Label>,
    members: Nodes<Person>,
}

#[derive(Debug, Deserialize)]
struct Label {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Issues {
    pub(super) issues: Nodes<WireIssue>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Found {
    pub(super) issues: Nodes<WireIssue>,
    #[serde(rename = "attachmentsForURL")]
    pub(super) attachments: Nodes<Attachment>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Attachment {
    pub(super) issue: WireIssue,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Created {
    pub(super) issue_create: CreatedIssue,
}

#[derive(Debug, Deserialize)]
pub(super) struct CreatedIssue {
    pub(super) issue: Option<WireIssue>,
}

/// The attachment exists; nothing of it is read.
#[derive(Debug, Deserialize)]
pub(super) struct Attached {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Uploaded {
    pub(super) file_upload: FileUpload,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileUpload {
    pub(super) upload_file: Option<UploadPlace>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UploadPlace {
    pub(super) asset_url: String,
    pub(super) upload_url: String,
    pub(super) headers: Vec<UploadHeader>,
}

#[derive(Debug, Deserialize)]
pub(super) struct UploadHeader {
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireIssue {
    id: String,
    identifier: String,
    url: String,
    title: String,
    trashed: Option<bool>,
    state: WireState,
    assignee: Option<Assignee>,
    project_milestone: Option<Milestone>,
    cycle: Option<Milestone>,
}

/// A milestone of a project, or a cycle, which need have no name.
#[derive(Debug, Deserialize)]
struct Milestone {
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct WireState {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignee {
    display_name: String,
}

impl Team {
    pub(super) fn place(self) -> IssuePlace {
        IssuePlace { id: self.id, name: format!("{} · {}", self.key, self.name) }
    }
}

impl From<TeamReply> for LinearTeam {
    fn from(reply: TeamReply) -> Self {
        let WholeTeam { team, labels, members } = reply.team;
        let label = |label: Label| IssueChoice { id: label.id, name: label.name };
        let member = |person: Person| IssueChoice { id: person.id, name: person.display_name };
        Self {
            place: team.place(),
            labels: labels.nodes.into_iter().map(label).collect(),
            members: members.nodes.into_iter().map(member).collect(),
        }
    }
}

impl From<WireIssue> for TrackedIssue {
    fn from(issue: WireIssue) -> Self {
        let milestones = [issue.project_milestone, issue.cycle].into_iter().flatten();
        let version = milestones.filter_map(|milestone| milestone.name).find_map(|name| version_in(&name));
        let in_trash = issue.trashed == Some(true);
        let progress = match issue.state.kind.as_str() {
            _ if in_trash => IssueProgress::Dropped,
            "completed" => IssueProgress::Done,
            "canceled" | "duplicate" => IssueProgress::Dropped,
            _ => IssueProgress::Open,
        };
        Self {
            id: issue.id,
            reference: issue.identifier,
            url: issue.url,
            title: issue.title,
            progress,
            state: if in_trash { "In the trash".to_owned() } else { issue.state.name },
            assignee: issue.assignee.map(|person| person.display_name),
            version,
        }
    }
}
