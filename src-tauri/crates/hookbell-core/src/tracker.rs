//! Vocabulary of trackers and issues shared by the store, the trackers and the window.

use crate::vocabulary;

/// The maximum number of labels that Hookbell gives an issue.
pub const MAX_ISSUE_LABELS: usize = 20;

/// The maximum length of a label's name, in characters: GitHub's limit.
pub const MAX_LABEL_CHARS: usize = 50;

vocabulary!(
    /// The service behind it.
    TrackerKind, "a tracker" {
        /// GitHub, at github.com or on a company's own server.
        GitHub = "github",
        /// Linear, through its GraphQL API.
        Linear = "linear",
        /// Jira Cloud.
        Jira = "jira",
    }
);

vocabulary!(
    /// Whether an issue is open or done.
    IssueProgress, "a state of an issue" {
        /// Somebody has still to do it.
        Open = "open",
        /// Somebody did it.
        Done = "done",
        /// Nobody will do it: not planned, a duplicate, in the trash.
        Dropped = "dropped",
    }
);

vocabulary!(
    /// Which issue feedback is to have, where feedback is listed.
    IssueFilter, "a choice of issues" {
        /// One, in whatever state.
        With = "with",
        /// None.
        Without = "without",
        /// One that waits for somebody.
        Open = "open",
        /// One that was done.
        Fixed = "fixed",
    }
);

impl TrackerKind {
    /// Its name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::Linear => "Linear",
            Self::Jira => "Jira",
        }
    }
}
