//! Trackers: where feedback becomes an issue, once, and from where its state comes back.
//!
//! What services demand is [`hookbell_trackers`]'s to know. This room keeps trackers and their tokens, says what an issue
//! holds, and writes down each try before it is made, so that a kill at any moment leads to no second issue.

mod client;
mod content;
mod edit;
mod filing;
mod fixed;
mod kept;
mod looks;
mod similar;
mod sweep;

use std::{collections::HashMap, sync::Arc};

use hookbell_store::{IssueTally, StoredTracker};
use hookbell_trackers::TrackerHttp;
use tokio::sync::Mutex;

use self::kept::KeptTracker;
use crate::{
    api::{ApiError, FeedbackIssue, FeedbackIssuesRequest, OpenIssueRequest, Tracker},
    context::Context,
    feedback::Feedback,
    host::Target,
};

/// The room of trackers.
#[derive(Debug)]
pub struct Trackers {
    context: Context,
    feedback: Arc<Feedback>,
    http: TrackerHttp,
    /// Held by the filing of this process that is under way.
    filing: Mutex<()>,
    /// Held by the sweep that is under way.
    sweeping: Mutex<()>,
}

impl Trackers {
    pub(crate) fn new(context: Context, feedback: Arc<Feedback>) -> Self {
        let (filing, sweeping) = (Mutex::default(), Mutex::default());
        Self { context, feedback, http: TrackerHttp::default(), filing, sweeping }
    }

    /// All trackers, the oldest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Tracker>, ApiError> {
        let store = &self.context.store;
        let tallies = store.issue_tallies().await?.into_iter().map(|tally| (tally.place.clone(), tally));
        let tallies: HashMap<String, IssueTally> = tallies.collect();
        let trackers = store.trackers().await?;
        Ok(trackers.iter().filter_map(|stored| looks::tracker(stored, tallies.get(&stored.place))).collect())
    }

    /// The issues of these feedback, at every tracker.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn issues_of(&self, request: FeedbackIssuesRequest) -> Result<Vec<FeedbackIssue>, ApiError> {
        let store = &self.context.store;
        let trackers: HashMap<String, StoredTracker> =
            store.trackers().await?.into_iter().map(|tracker| (tracker.place.clone(), tracker)).collect();
        let issues = store.issues_of(request.ids).await?;
        Ok(issues.iter().filter_map(|issue| looks::issue(issue, trackers.get(&issue.place)?)).collect())
    }

    /// Opens the issue of a feedback in the browser.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it has none, [`crate::api::ErrorCode::Internal`] without a desktop.
    pub async fn open_issue(&self, request: OpenIssueRequest) -> Result<(), ApiError> {
        let tracker = self.stored(request.tracker).await?;
        let issue = self.context.store.issue_of(&request.feedback, &tracker.place).await?;
        let made = issue.and_then(|issue| issue.made).ok_or_else(|| ApiError::not_found("issue"))?;
        self.context.open_on_desktop(Target::Page(made.url)).await
    }

    async fn one(&self, id: i64) -> Result<Tracker, ApiError> {
        self.list().await?.into_iter().find(|tracker| tracker.id == id).ok_or_else(no_such_tracker)
    }

    async fn stored(&self, id: i64) -> Result<StoredTracker, ApiError> {
        self.context.store.tracker(id).await?.ok_or_else(no_such_tracker)
    }

    async fn kept(&self, id: i64) -> Result<KeptTracker, ApiError> {
        KeptTracker::read(&self.stored(id).await?)
    }
}

fn no_such_tracker() -> ApiError {
    ApiError::not_found("tracker")
}
