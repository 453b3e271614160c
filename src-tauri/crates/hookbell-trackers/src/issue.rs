//! A tracker's issue, in terms that all services share.

use std::time::Duration;

use hookbell_core::IssueProgress;
use jiff::{SignedDuration, Timestamp};

use crate::{TrackerFailure, TrackerNext};

/// The assumed maximum offset of a service's clock.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An issue at a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedIssue {
    /// The service's id.
    pub id: String,
    /// The name for people: `#42`, `ENG-12`.
    pub reference: String,
    /// Its address for browsers.
    pub url: String,
    /// The current title.
    pub title: String,
    /// Whether it is still open.
    pub progress: IssueProgress,
    /// The state in the service's or the team's wording, such as `In Review`.
    pub state: String,
    /// The assignee's display name.
    pub assignee: Option<String>,
    /// The version that it belongs to, where the service says one: a milestone named after it, or Jira's fix versions.
    pub version: Option<String>,
}

/// The issue of a feedback, which now exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledIssue {
    /// The issue.
    pub issue: TrackedIssue,
    /// Whether it existed before.
    pub was_there: bool,
    /// The current name of its place, if it differs from the requested one because a repository was renamed or
    /// transferred.
    pub moved_to: Option<String>,
    /// What it lacks and why, one sentence each.
    pub notes: Vec<String>,
}

/// The outcome of earlier tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlierTries {
    /// There were none, or each one failed with a guarantee that it created nothing.
    MadeNothing,
    /// Some of them might have created the issue: those that said so when they failed, and those that were killed.
    MayHaveMadeIt {
        /// When the first of those started.
        first: Timestamp,
        /// When the last of those ended; after a kill, when that was noticed.
        last: Timestamp,
        /// The time of this try.
        now: Timestamp,
    },
}

/// A milestone's name, if it names a version: `3.5`, `v12`, `Birds 3.5.1`. Other milestones say when or why something
/// is done, not where it is fixed.
pub(crate) fn version_in(milestone: &str) -> Option<String> {
    let name = milestone.trim();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = is_number(name.strip_prefix(['v', 'V']).unwrap_or(name));
    let has_point =
        |bytes: &[u8]| matches!(bytes, [before, b'.', after] if before.is_ascii_digit() && after.is_ascii_digit());
    (is_whole || name.as_bytes().windows(3).any(has_point)).then(|| name.to_owned())
}

impl EarlierTries {
    /// The earliest time at which an issue might have been created, if any.
    pub(crate) fn since(self) -> Option<Timestamp> {
        match self {
            Self::MadeNothing => None,
            Self::MayHaveMadeIt { first, .. } => Some(first.checked_sub(CLOCK_SKEW).unwrap_or(first)),
        }
    }

    /// Nothing was found: checks whether that is conclusive yet. A service needs time to show an issue in its lists,
    /// and an interrupted request can still be on its way.
    pub(crate) fn is_settled(self, service: &str, settle_time: Duration) -> Result<(), TrackerFailure> {
        let Self::MayHaveMadeIt { last, now, .. } = self else { return Ok(()) };
        let passed = Duration::try_from(now.duration_since(last)).unwrap_or_default();
        match settle_time.checked_sub(passed) {
            Some(wait) if !wait.is_zero() => Err(TrackerFailure::new(
                TrackerNext::RetryAfter(wait),
                format!("{service} may not list the last attempt’s issue yet"),
                "",
            )),
            _ => Ok(()),
        }
    }
}

/// A token's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOwner {
    /// The service's id.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// A place for issues: a repository, a team, a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuePlace {
    /// The service's id: `owner/name`, a UUID, a key.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// A choice for an issue: a label, a person, a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueChoice {
    /// The service's id.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// The issues that changed since the last sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueSweep {
    /// None: the service said so without a list.
    Unchanged,
    /// These, possibly with others that aren't about feedback.
    Changed {
        /// Their current state.
        issues: Vec<TrackedIssue>,
        /// The etag for the next sweep over the same period, to detect that nothing changed.
        etag: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn only_a_milestone_with_a_versions_number_is_a_version() {
        for version in ["3.5", "v12", "12", " Birds 3.5.1 (autumn) "] {
            assert_eq!(version_in(version).as_deref(), Some(version.trim()));
        }
        for other in ["", "v", "Q3", "Sprint 12", "Backlog", "No. 5", "3."] {
            assert_eq!(version_in(other), None, "{other}");
        }
    }

    #[test]
    fn that_nothing_was_found_is_believed_only_after_a_while() {
        let settle_time = Duration::from_secs(30);
        let earlier = |now| EarlierTries::MayHaveMadeIt { first: second(0), last: second(100), now: second(now) };
        let failure = earlier(110).is_settled("GitHub", settle_time).unwrap_err();
        assert_eq!(failure.next, TrackerNext::RetryAfter(Duration::from_secs(20)));
        assert_eq!(earlier(130).is_settled("GitHub", settle_time), Ok(()));
        assert_eq!(EarlierTries::MadeNothing.is_settled("GitHub", settle_time), Ok(()));
        // A clock that was set back must not cause a duplicate.
        assert!(earlier(50).is_settled("GitHub", settle_time).is_err());
    }
}
