//! An issue as a tracker has it, in words that all of them share.

use std::time::Duration;

use hookbell_core::IssueProgress;
use jiff::{SignedDuration, Timestamp};

use crate::{TrackerFailure, TrackerNext};

/// How far a service's clock may be from ours.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An issue at a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedIssue {
    /// What the service calls it in requests.
    pub id: String,
    /// What people call it: `#42`, `ENG-12`.
    pub reference: String,
    /// Where a browser opens it.
    pub url: String,
    /// The title as it is now.
    pub title: String,
    /// Whether it waits for somebody.
    pub progress: IssueProgress,
    /// The state in the service's or the team's own word, such as `In Review`.
    pub state: String,
    /// Whom it is assigned to, as people know them.
    pub assignee: Option<String>,
}

/// The issue of a feedback, which is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledIssue {
    /// The issue.
    pub issue: TrackedIssue,
    /// Whether it was there before.
    pub was_there: bool,
    /// The name of its place, where that is no more what was asked for: a repository was renamed or transferred.
    pub moved_to: Option<String>,
    /// What it lacks, and why: a sentence each.
    pub notes: Vec<String>,
}

/// What came of the tries before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlierTries {
    /// There were none, or each of them failed and said that it made nothing.
    MadeNothing,
    /// Some of them may have made the issue: those that said so when they failed, and those that were killed.
    MayHaveMadeIt {
        /// When the first of those began.
        first: Timestamp,
        /// When the last of those ended; after a kill, when that was noticed.
        last: Timestamp,
        /// The time of this try.
        now: Timestamp,
    },
}

impl EarlierTries {
    /// Since when an issue may be there, if it may.
    pub(crate) fn since(self) -> Option<Timestamp> {
        match self {
            Self::MadeNothing => None,
            Self::MayHaveMadeIt { first, .. } => Some(first.checked_sub(CLOCK_SKEW).unwrap_or(first)),
        }
    }

    /// Nothing was found: whether that can be believed yet. A service needs so long to show an issue in its lists, and
    /// a request that was cut off may still be on its way.
    pub(crate) fn is_settled(self, service: &str, settle_time: Duration) -> Result<(), TrackerFailure> {
        let Self::MayHaveMadeIt { last, now, .. } = self else { return Ok(()) };
        let passed = Duration::try_from(now.duration_since(last)).unwrap_or_default();
        match settle_time.checked_sub(passed) {
            Some(wait) if !wait.is_zero() => Err(TrackerFailure::new(
                TrackerNext::RetryAfter(wait),
                format!("{service} may not show the issue yet that the last try made"),
                "",
            )),
            _ => Ok(()),
        }
    }
}

/// Whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOwner {
    /// What the service calls them in requests.
    pub id: String,
    /// What people call them.
    pub name: String,
}

/// Where issues can be made: a repository, a team, a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuePlace {
    /// What the service calls it in requests: `owner/name`, a UUID, a key.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Something to choose for an issue: a label, a person, a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueChoice {
    /// What the service calls it in requests.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Which issues changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueSweep {
    /// None: the service said so without reading them.
    Unchanged,
    /// These, among others that are no feedback's.
    Changed {
        /// As they are now.
        issues: Vec<TrackedIssue>,
        /// What the next sweep over the same time says to learn that nothing changed.
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
    fn that_nothing_was_found_is_believed_only_after_a_while() {
        let settle_time = Duration::from_secs(30);
        let earlier = |now| EarlierTries::MayHaveMadeIt { first: second(0), last: second(100), now: second(now) };
        let failure = earlier(110).is_settled("GitHub", settle_time).unwrap_err();
        assert_eq!(failure.next, TrackerNext::RetryAfter(Duration::from_secs(20)));
        assert_eq!(earlier(130).is_settled("GitHub", settle_time), Ok(()));
        assert_eq!(EarlierTries::MadeNothing.is_settled("GitHub", settle_time), Ok(()));
        // A clock that was set back is no reason to make another.
        assert!(earlier(50).is_settled("GitHub", settle_time).is_err());
    }
}
