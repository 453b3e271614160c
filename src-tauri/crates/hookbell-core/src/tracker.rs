//! Words about trackers and issues that the store, the trackers themselves and the window share.

use crate::vocabulary;

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
    /// Whether an issue waits for somebody.
    IssueProgress, "a state of an issue" {
        /// Somebody has still to do it.
        Open = "open",
        /// Somebody did it.
        Done = "done",
        /// Nobody will do it: not planned, a duplicate, in the trash.
        Dropped = "dropped",
    }
);

impl TrackerKind {
    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::Linear => "Linear",
            Self::Jira => "Jira",
        }
    }
}
