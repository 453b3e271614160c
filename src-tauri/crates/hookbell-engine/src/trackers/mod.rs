//! Trackers: feedback becomes an issue there, once, and its state is read back.
//!
//! [`hookbell_trackers`] knows what services require. This room stores trackers and their tokens, decides what an
//! issue contains, and records each attempt before it is made, so that a kill at any moment never leads to a second
//! issue.

mod client;
mod content;
mod edit;
mod filing;
mod fixed;
mod kept;
mod looks;
mod names;
mod similar;
mod sweep;
mod together;

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
    /// Held by this process's current filing.
    filing: Mutex<()>,
    /// Held by the current sweep.
    sweeping: Mutex<()>,
}

impl Trackers {
    pub(crate) fn new(context: Context, feedback: Arc<Feedback>) -> Self {
        let (filing, sweeping) = (Mutex::default(), Mutex::default());
        Self { context, feedback, http: TrackerHttp::default(), filing, sweeping }
    }

    /// All trackers, oldest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Tracker>, ApiError> {
        let store = &self.context.store;
        let tallies = store.issue_tallies().await?.into_iter().map(|tally| (tally.place.clone(), tally));
        let tallies: HashMap<String, IssueTally> = tallies.collect();
        let stored = store.trackers().await?;
        // Skip one that only a newer Hookbell can parse.
        let (stored, kept): (Vec<_>, Vec<_>) =
            stored.iter().filter_map(|stored| Some((stored, KeptTracker::read(stored).ok()?))).unzip();
        let names = names::names(&kept);
        let trackers = stored.into_iter().zip(kept).zip(names);
        Ok(trackers
            .map(|((stored, kept), names)| looks::tracker(stored, kept, names, tallies.get(&stored.place)))
            .collect())
    }

    /// The tracker with this name, ignoring case.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn named(&self, name: &str) -> Result<Option<Tracker>, ApiError> {
        let is_it = |tracker: &Tracker| tracker.names.iter().any(|one| one.eq_ignore_ascii_case(name.trim()));
        Ok(self.list().await?.into_iter().find(is_it))
    }

    /// The issues of these feedback items, at all trackers.
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

    /// Opens a feedback's issue in the browser.
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
