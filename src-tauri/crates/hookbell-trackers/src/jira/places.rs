//! Places for issues: projects, their issue types, and required fields.

use super::{
    Jira,
    wire::{Fields, IssueTypes, Myself, ProjectPage},
};
use crate::{IssueChoice, IssuePlace, TrackerFailure, connection::Call};

/// The maximum page size for projects, and the maximum pages to read.
const PAGE_PROJECTS: usize = 100;
const MAX_PAGES: usize = 10;

/// Fields that every draft, or Jira itself, fills in.
const FILLED_IN: [&str; 5] = ["project", "issuetype", "summary", "description", "reporter"];

/// A project and an issue type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JiraPlace {
    project: String,
    issue_type: String,
}

impl JiraPlace {
    /// The project with this key, such as `BIRD`, and the issue type with this id.
    ///
    /// # Errors
    /// [`TrackerFailure`] if either is malformed.
    pub fn new(project: &str, issue_type: &str) -> Result<Self, TrackerFailure> {
        Ok(Self { project: word(project)?, issue_type: word(issue_type)? })
    }

    /// The project's key.
    #[must_use]
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The id of the issue type.
    #[must_use]
    pub fn issue_type(&self) -> &str {
        &self.issue_type
    }
}

impl Jira {
    /// The projects in which the token's owner can create issues.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn projects(&self) -> Result<Vec<IssuePlace>, TrackerFailure> {
        let mut projects = Vec::new();
        for page in 0..MAX_PAGES {
            let start = page * PAGE_PROJECTS;
            let path = format!("/rest/api/3/project/search?action=create&maxResults={PAGE_PROJECTS}&startAt={start}");
            let found: ProjectPage = self.ask(Call::get(&path)).await?.read()?;
            let is_last = found.is_last || found.values.is_empty();
            projects.extend(
                found
                    .values
                    .into_iter()
                    .map(|project| IssuePlace {
                        name: format!("{} · {}", project.key, project.name), id: project.key
                    }),
            );
            if is_last {
                break;
            }
        }
        Ok(projects)
    }

    /// A project's issue types, without sub-tasks.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn issue_types(&self, project: &str) -> Result<Vec<IssueChoice>, TrackerFailure> {
        let path = format!("/rest/api/3/issue/createmeta/{}/issuetypes?maxResults=200", word(project)?);
        let found: IssueTypes = self.ask(Call::get(&path)).await?.read()?;
        let types = found.issue_types.into_iter().filter(|kind| !kind.subtask);
        Ok(types.map(|kind| IssueChoice { id: kind.id, name: kind.name }).collect())
    }

    /// The required fields that Hookbell doesn't fill in. If there are any, no issue can be created.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn demanded_fields(&self, place: &JiraPlace) -> Result<Vec<IssueChoice>, TrackerFailure> {
        let path =
            format!("/rest/api/3/issue/createmeta/{}/issuetypes/{}?maxResults=200", place.project, place.issue_type);
        let found: Fields = self.ask(Call::get(&path)).await?.read()?;
        let demanded = found.fields.into_iter().filter(|field| {
            field.required && !field.has_default_value && !FILLED_IN.contains(&field.field_id.as_str())
        });
        Ok(demanded.map(|field| IssueChoice { id: field.field_id, name: field.name }).collect())
    }

    /// The first fifty possible assignees for a project's issues.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn assignees(&self, project: &str) -> Result<Vec<IssueChoice>, TrackerFailure> {
        let path = format!("/rest/api/3/user/assignable/search?project={}", word(project)?);
        let people: Vec<Myself> = self.ask(Call::get(&path)).await?.read()?;
        Ok(people.into_iter().map(|person| IssueChoice { id: person.account_id, name: person.display_name }).collect())
    }
}

/// A key or an id, without characters that have a meaning in a path or a query.
fn word(text: &str) -> Result<String, TrackerFailure> {
    let text = text.trim();
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Ok(text.to_owned());
    }
    Err(TrackerFailure::fix_tracker(
        format!("“{}” isn’t a project’s key or id", crate::quote::cut(text, 80)),
        "The key is the part of an issue’s name before the number, such as BIRD in BIRD-12.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_none_reaches_no_path() {
        for bad in ["", "A/B", "A?x", "A B", "A\"", "..", "É"] {
            assert!(JiraPlace::new(bad, "10001").is_err() && JiraPlace::new("BIRD", bad).is_err(), "{bad}");
        }
        assert_eq!(JiraPlace::new(" BIRD ", "10001").unwrap().project(), "BIRD");
    }
}
