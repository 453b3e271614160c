//! Reads feedback from App Store Connect, and stores it.

use hookbell_asc::{
    Error,
    api::{
        beta_feedback::{BetaFeedback, CrashFeedback, ScreenshotFeedback},
        beta_testers::BetaTester,
    },
};
use hookbell_core::{AccountId, CrashFeedbackId, ScreenshotFeedbackId};
use hookbell_store::{FeedbackSubmission, NewFeedback, NewPicture, StoreError};

use super::{
    Feedback,
    facts::Facts,
    storage::{days_before, files_since},
};
use crate::{
    account::{Access, explain},
    api::{ApiError, FeedbackDetail, FeedbackIdRequest, FeedbackKind, NamedThing},
    build_names::BuildName,
};

/// A feedback as App Store Connect has it.
#[derive(Debug, Clone)]
pub(crate) struct FetchedFeedback {
    pub(crate) new: NewFeedback,
    /// The URLs of its pictures. They expire.
    pub(crate) urls: Vec<Option<String>>,
}

/// What other sources tell us about a feedback.
pub(super) struct Provenance<'a> {
    pub(super) account: Option<&'a AccountId>,
    pub(super) app: Option<&'a NamedThing>,
    pub(super) build: Option<&'a BuildName>,
}

/// Converts App Store Connect's answer.
pub(super) fn fetched<Id>(
    id: &str,
    kind: FeedbackKind,
    feedback: &BetaFeedback<Id>,
    origin: &Provenance<'_>,
) -> FetchedFeedback {
    let facts = Facts::of(feedback);
    let app = origin.build.and_then(|build| build.app.as_ref()).or(origin.app);
    let included = feedback.build.as_ref().and_then(|build| build.included.as_deref());
    let screenshots = feedback.screenshots.as_deref().unwrap_or_default();
    let side = |pixels: Option<i64>| pixels.and_then(|pixels| u32::try_from(pixels).ok());
    let submission = FeedbackSubmission {
        id: id.to_owned(),
        kind,
        account: origin.account.cloned(),
        app: app.map(|app| app.id.clone()),
        app_name: app.map(|app| app.name.clone()),
        build_id: feedback.build.as_ref().map(|build| build.id.to_string()),
        version: origin.build.and_then(|build| build.version.clone()),
        build: origin
            .build
            .and_then(|build| build.number.clone())
            .or_else(|| included.and_then(|build| build.version.clone())),
        sent_at: feedback.created_date.unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        tester: feedback.tester.as_ref().and_then(|tester| tester_name(tester.included.as_deref()?)),
        comment: feedback.comment.clone().filter(|comment| !comment.trim().is_empty()),
        device: facts.device(),
        facts: serde_json::to_value(&facts).unwrap_or_default(),
    };
    let new = NewFeedback {
        submission,
        pictures: screenshots
            .iter()
            .map(|picture| NewPicture { width: side(picture.width), height: side(picture.height) })
            .collect(),
        log: kind == FeedbackKind::Crash,
        fetch_at: None,
    };
    FetchedFeedback { new, urls: screenshots.iter().map(|picture| picture.url.clone()).collect() }
}

/// A screenshot feedback before its build is known.
pub(crate) fn fetched_without_build(access: &Access, read: &ScreenshotFeedback) -> FetchedFeedback {
    let origin = Provenance { account: access.account.as_ref(), app: None, build: None };
    fetched(read.id.as_str(), FeedbackKind::Screenshot, read, &origin)
}

/// A tester's name, or the email address if there is no name.
fn tester_name(tester: &BetaTester) -> Option<String> {
    let names: Vec<&str> = [&tester.first_name, &tester.last_name]
        .into_iter()
        .flatten()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() { tester.email.clone() } else { Some(names.join(" ")) }
}

impl Feedback {
    /// Reads a feedback from App Store Connect again, and fetches its missing files.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it isn't stored here, or an App Store Connect or keychain error.
    pub async fn refresh(&self, request: FeedbackIdRequest) -> Result<FeedbackDetail, ApiError> {
        self.read_again(&request.id).await?;
        self.context.store.retry_files(&request.id, self.context.clock.now()).await?;
        self.files_due.notify_one();
        self.detail(request).await
    }
}

impl Feedback {
    /// Reads a feedback again. If it isn't found or access is denied, a note on the feedback says so until it can be
    /// read.
    pub(super) async fn read_again(&self, id: &str) -> Result<(), ApiError> {
        let (feedback, _) = self.stored(id).await?;
        let access = self.access_of_feedback(&feedback.submission).await?;
        let fetched = match self.fetched_again(&access, &feedback.submission).await {
            Ok(fetched) => fetched,
            Err(error) => {
                if error.is_not_found() || error.is_forbidden() {
                    self.context.store.set_feedback_trouble(id, Some(trouble(&error))).await?;
                }
                return Err(explain(error));
            }
        };
        self.keep(fetched).await?;
        Ok(())
    }

    pub(super) async fn access_of_feedback(&self, feedback: &FeedbackSubmission) -> Result<Access, ApiError> {
        let account = feedback.account.as_ref().filter(|_| self.context.options.given_key.is_none());
        self.accounts.access(account.map(AccountId::as_str)).await
    }

    /// A stored feedback as App Store Connect has it now, with fresh URLs.
    pub(super) async fn fetched_again(
        &self,
        access: &Access,
        feedback: &FeedbackSubmission,
    ) -> Result<FetchedFeedback, Error> {
        let unusable = |_| Error::UnusableId { id: feedback.id.clone() };
        let app = feedback.app.clone().map(|id| NamedThing { name: feedback.app_name.clone().unwrap_or_default(), id });
        match feedback.kind {
            FeedbackKind::Screenshot => {
                let id = ScreenshotFeedbackId::new(&feedback.id).map_err(unusable)?;
                let read = access.client.screenshot_feedback().get(&id).await?;
                self.with_build(access, &feedback.id, FeedbackKind::Screenshot, &read, app.as_ref()).await
            }
            FeedbackKind::Crash => {
                let id = CrashFeedbackId::new(&feedback.id).map_err(unusable)?;
                let read = access.client.crash_feedback().get(&id).await?;
                self.with_build(access, &feedback.id, FeedbackKind::Crash, &read, app.as_ref()).await
            }
        }
    }

    /// A screenshot feedback with its build's name.
    pub(crate) async fn fetched_screenshot(
        &self,
        access: &Access,
        read: &ScreenshotFeedback,
    ) -> Result<FetchedFeedback, Error> {
        self.with_build(access, read.id.as_str(), FeedbackKind::Screenshot, read, None).await
    }

    /// A crash feedback with its build's name.
    pub(crate) async fn fetched_crash(&self, access: &Access, read: &CrashFeedback) -> Result<FetchedFeedback, Error> {
        self.with_build(access, read.id.as_str(), FeedbackKind::Crash, read, None).await
    }

    async fn with_build<Id>(
        &self,
        access: &Access,
        id: &str,
        kind: FeedbackKind,
        read: &BetaFeedback<Id>,
        app: Option<&NamedThing>,
    ) -> Result<FetchedFeedback, Error> {
        // If the build can't be read, the feedback only lacks its version.
        let build = match &read.build {
            Some(build) => self.builds.read(&access.client, &build.id).await.ok(),
            None => None,
        };
        Ok(fetched(id, kind, read, &Provenance { account: access.account.as_ref(), app, build: build.as_ref() }))
    }

    /// Stores a feedback, and fetches its files.
    pub(crate) async fn keep(&self, fetched: FetchedFeedback) -> Result<(), StoreError> {
        self.keep_all(vec![fetched]).await.map(drop)
    }

    /// The same for many. Returns how many were new.
    pub(super) async fn keep_all(&self, fetched: Vec<FetchedFeedback>) -> Result<u64, StoreError> {
        let now = self.context.clock.now();
        let retention = self.retention().await?;
        let since = retention.map_or(jiff::Timestamp::MIN, |retention| files_since(retention, now));
        let too_old = retention.and_then(|retention| retention.feedback_days).map(|days| days_before(days, now));
        let mut new = Vec::with_capacity(fetched.len());
        for FetchedFeedback { new: mut one, urls } in fetched {
            // Feedback without a known time is never too old.
            if too_old.is_some_and(|too_old| {
                one.submission.sent_at > jiff::Timestamp::UNIX_EPOCH && one.submission.sent_at < too_old
            }) {
                continue;
            }
            one.fetch_at = (one.submission.sent_at >= since).then_some(now);
            if one.fetch_at.is_some() {
                self.urls.keep(&one.submission.id, urls);
            }
            new.push(one);
        }
        let added = self.context.store.put_feedback(new).await?;
        self.files_due.notify_one();
        Ok(added)
    }
}

/// Why a feedback couldn't be read. It claims no more than App Store Connect said.
pub(super) fn trouble(error: &Error) -> &'static str {
    match error.is_not_found() {
        true => "Not found in App Store Connect; it may have been deleted there",
        false => "This API key can’t access this feedback",
    }
}
