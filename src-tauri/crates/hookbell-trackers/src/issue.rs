//! An issue as a tracker has it, in words that all of them share.

use jiff::Timestamp;

/// Whether an issue waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueProgress {
    /// Somebody has still to do it.
    Open,
    /// It was done.
    Done,
    /// Nobody will do it: not planned, a duplicate, in the trash.
    Dropped,
}

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

/// Whether the issue of a feedback was asked for before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstTry {
    /// It is now: no issue can be there.
    Now,
    /// It was then, and an issue may be there.
    At {
        /// When the row was written, before the first request.
        first: Timestamp,
        /// When the last try ended or broke off.
        last: Timestamp,
        /// The time of this one.
        now: Timestamp,
    },
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
