//! Repositories, and whether they accept issues.

use std::{fmt, str::FromStr};

use serde::Deserialize;

use super::GitHub;
use crate::{IssuePlace, TrackerFailure, connection::Call};

/// `OWNER/NAME`, in letters, digits, `-`, `_` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RepositoryName {
    owner: String,
    name: String,
}

impl fmt::Display for RepositoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl FromStr for RepositoryName {
    type Err = TrackerFailure;

    fn from_str(text: &str) -> Result<Self, TrackerFailure> {
        let fits = |part: &str| {
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            !part.is_empty() && part.chars().all(known) && part != "." && part != ".."
        };
        match text.trim().split_once('/') {
            Some((owner, name)) if fits(owner) && fits(name) => {
                Ok(Self { owner: owner.to_owned(), name: name.to_owned() })
            }
            _ => Err(TrackerFailure::fix_tracker(
                format!("“{}” isn’t a repository", crate::quote::cut(text.trim(), 80)),
                "Enter it as OWNER/NAME.",
            )),
        }
    }
}

/// A repository that accepts issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its current name, which differs from the requested one after a rename or a transfer.
    pub name: RepositoryName,
    /// Its address for browsers.
    pub url: String,
    /// The default branch.
    pub default_branch: String,
    /// Whether it is private.
    pub is_private: bool,
}

#[derive(Debug, Deserialize)]
struct WireRepository {
    full_name: String,
    html_url: String,
    #[serde(default)]
    default_branch: String,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    has_issues: Option<bool>,
}

impl GitHub {
    /// The repositories that the token can access and that accept issues, most recently used first.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn repositories(&self) -> Result<Vec<IssuePlace>, TrackerFailure> {
        let found: Vec<WireRepository> = self.pages("/user/repos", &[("sort", "pushed")]).await?;
        let open = found
            .into_iter()
            .filter(|repository| !repository.archived && !repository.disabled && repository.has_issues != Some(false));
        Ok(open.map(|repository| IssuePlace { id: repository.full_name.clone(), name: repository.full_name }).collect())
    }

    /// A repository under its current name, if it accepts issues.
    ///
    /// # Errors
    /// [`TrackerFailure`], which says what to do if it accepts none.
    pub async fn repository(&self, name: &RepositoryName) -> Result<Repository, TrackerFailure> {
        let found: WireRepository = self.ask(Call::get(&format!("/repos/{name}"))).await?.read()?;
        if found.archived || found.disabled {
            let what = if found.archived { "archived" } else { "disabled" };
            return Err(TrackerFailure::fix_tracker(
                format!("{} is {what}", found.full_name),
                "Choose another repository, or unarchive it on GitHub.",
            ));
        }
        if found.has_issues == Some(false) {
            return Err(TrackerFailure::fix_tracker(
                format!("{} has issues disabled", found.full_name),
                "Enable them in the repository’s settings on GitHub, or choose another repository.",
            ));
        }
        Ok(Repository {
            name: found.full_name.parse()?,
            url: found.html_url,
            default_branch: found.default_branch,
            is_private: found.private,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_repository_reaches_no_path() {
        for bad in ["", "a", "a/", "/b", "a/..", "../b", "a/b/c", "a b/c", "a/b?x", "a/b#c", "é/b"] {
            assert!(bad.parse::<RepositoryName>().is_err(), "{bad}");
        }
        let name: RepositoryName = " tuist/swift-4.x_y ".parse().unwrap();
        assert_eq!(name.to_string(), "tuist/swift-4.x_y");
    }
}
