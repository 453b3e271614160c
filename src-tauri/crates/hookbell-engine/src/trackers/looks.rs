//! Trackers and issues for display.

use hookbell_core::words::one_line;
use hookbell_store::{IssueTally, MadeIssue, StoredIssue, StoredTracker};

use super::kept::KeptTracker;
use crate::api::{FeedbackIssue, Issue, Tracker};

/// How much of a title, a name or a state is shown: anyone who may edit an issue can write them.
const MAX_SHOWN_CHARS: usize = 200;

/// A tracker with the names that a person may use for it.
pub(super) fn tracker(
    stored: &StoredTracker,
    KeptTracker { id, document }: KeptTracker,
    names: Vec<String>,
    tally: Option<&IssueTally>,
) -> Tracker {
    Tracker {
        id,
        service: document.service,
        name: document.name,
        names,
        place: document.place,
        url: document.url,
        owner: document.owner.name,
        settings: document.settings,
        trouble: stored.trouble.as_deref().and_then(|trouble| serde_json::from_str(trouble).ok()),
        open: tally.map_or(0, |tally| tally.open),
        done: tally.map_or(0, |tally| tally.done),
    }
}

/// An issue, or why there is none; `None` if no attempt was made.
pub(super) fn issue(stored: &StoredIssue, tracker: &StoredTracker) -> Option<FeedbackIssue> {
    let error = stored.error.as_deref().and_then(|error| serde_json::from_str(error).ok());
    let unsure = stored.made.is_none() && stored.unsure.is_some();
    if stored.made.is_none() && error.is_none() && !unsure {
        return None;
    }
    let KeptTracker { id, document } = KeptTracker::read(tracker).ok()?;
    Some(FeedbackIssue {
        feedback: stored.feedback.clone(),
        tracker: id,
        tracker_name: document.name,
        service: document.service,
        issue: stored.made.as_ref().map(made),
        unsure,
        others: stored.others,
        notes: stored.notes.clone(),
        error,
    })
}

fn made(made: &MadeIssue) -> Issue {
    let shown = |text: &str| one_line(text, MAX_SHOWN_CHARS);
    Issue {
        reference: shown(&made.reference),
        url: made.url.clone(),
        title: shown(&made.title),
        progress: made.progress,
        state: shown(&made.state),
        assignee: made.assignee.as_deref().map(shown),
        fixed_in: made.fixed_in().map(shown),
        filed_at: made.filed_at.to_string(),
        done_at: made.done_at.map(|at| at.to_string()),
    }
}
