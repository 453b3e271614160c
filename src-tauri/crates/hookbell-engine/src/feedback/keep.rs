//! From App Store Connect's answer to a stored feedback.

use hookbell_asc::{
    Error,
    api::{
        beta_feedback::{CrashFeedback, Feedback, ScreenshotFeedback},
        beta_testers::BetaTester,
    },
};
use hookbell_core::{AccountId, CrashFeedbackId, ScreenshotFeedbackId};
use hookbell_store::{NewFeedback, NewPicture, StoreError, StoredFeedback};

use super::{builds::BuildName, facts::Facts, shown, storage::since};
use crate::{
    Hookbell,
    account::{Access, explain},
    api::{ApiError, FeedbackDetail, FeedbackIdRequest, FeedbackKind, NamedThing},
    engine::Inner,
    received::days_before,
};

/// A feedback as App Store Connect tells it.
#[derive(Debug, Clone)]
pub(crate) struct FetchedFeedback {
    pub(crate) new: NewFeedback,
    /// Where its pictures are, as long as the URLs are good.
    pub(crate) urls: Vec<Option<String>>,
}

/// Where a feedback comes from, beside itself.
pub(super) struct Provenance<'a> {
    pub(super) account: Option<&'a AccountId>,
    /// The app, where it is known from elsewhere.
    pub(super) app: Option<&'a NamedThing>,
    pub(super) build: Option<&'a BuildName>,
}

/// Reads what App Store Connect says about a feedback.
pub(super) fn told<Id>(
    id: &str,
    kind: FeedbackKind,
    feedback: &Feedback<Id>,
    origin: &Provenance<'_>,
) -> FetchedFeedback {
    let facts = Facts::of(feedback);
    let app = origin.build.and_then(|build| build.app.as_ref()).or(origin.app);
    let included = feedback.build.as_ref().and_then(|build| build.included.as_deref());
    let screenshots = feedback.screenshots.as_deref().unwrap_or_default();
    let side = |pixels: Option<i64>| pixels.and_then(|pixels| u32::try_from(pixels).ok());
    let new = NewFeedback {
        id: id.to_owned(),
        kind: shown::kind_name(kind).to_owned(),
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
        pictures: screenshots
            .iter()
            .map(|picture| NewPicture { width: side(picture.width), height: side(picture.height) })
            .collect(),
        log: kind == FeedbackKind::Crash,
        fetch_at: None,
    };
    FetchedFeedback { new, urls: screenshots.iter().map(|picture| picture.url.clone()).collect() }
}

/// What a screenshot feedback says by itself, before its build is known.
pub(crate) fn first_told(access: &Access, read: &ScreenshotFeedback) -> FetchedFeedback {
    let origin = Provenance { account: access.account.as_ref(), app: None, build: None };
    told(read.id.as_str(), FeedbackKind::Screenshot, read, &origin)
}

/// A tester by the name to be called by; by the address where there is no name.
fn tester_name(tester: &BetaTester) -> Option<String> {
    let names: Vec<&str> = [&tester.first_name, &tester.last_name]
        .into_iter()
        .flatten()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() { tester.email.clone() } else { Some(names.join(" ")) }
}

impl Hookbell {
    /// Reads a feedback from App Store Connect again, and has what is not here of its files fetched once more.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it is not kept here, or what App Store Connect or the keychain refuses.
    pub async fn refresh_feedback(&self, request: FeedbackIdRequest) -> Result<FeedbackDetail, ApiError> {
        self.inner.read_again(&request.id).await?;
        self.inner.store.retry_files(&request.id, self.inner.clock.now()).await?;
        self.inner.files_due.notify_one();
        self.feedback_detail(request).await
    }
}

impl Inner {
    /// Reads a feedback again; that it was not found or may not be read is noted with it until it is.
    pub(super) async fn read_again(&self, id: &str) -> Result<(), ApiError> {
        let (feedback, _) = self.stored_feedback(id).await?;
        let access = self.access_of_feedback(&feedback).await?;
        let told = match self.told_again(&access, &feedback).await {
            Ok(told) => told,
            Err(error) => {
                if error.is_not_found() || error.is_forbidden() {
                    self.store.set_feedback_trouble(id, Some(trouble(&error))).await?;
                }
                return Err(explain(error));
            }
        };
        self.keep_feedback(told).await?;
        Ok(())
    }

    pub(super) async fn access_of_feedback(&self, feedback: &StoredFeedback) -> Result<Access, ApiError> {
        let account = feedback.account.as_ref().filter(|_| self.options.given_key.is_none());
        self.accounts.access(account.map(AccountId::as_str)).await
    }

    /// A stored feedback as App Store Connect tells it now, with fresh URLs.
    pub(super) async fn told_again(
        &self,
        access: &Access,
        feedback: &StoredFeedback,
    ) -> Result<FetchedFeedback, Error> {
        let unusable = |_| Error::UnusableId { id: feedback.id.clone() };
        let app = feedback.app.clone().map(|id| NamedThing { name: feedback.app_name.clone().unwrap_or_default(), id });
        match shown::kind(feedback) {
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

    /// A screenshot feedback with the name of its build.
    pub(crate) async fn told_screenshot(
        &self,
        access: &Access,
        read: &ScreenshotFeedback,
    ) -> Result<FetchedFeedback, Error> {
        self.with_build(access, read.id.as_str(), FeedbackKind::Screenshot, read, None).await
    }

    /// The same of a crash feedback.
    pub(crate) async fn told_crash(&self, access: &Access, read: &CrashFeedback) -> Result<FetchedFeedback, Error> {
        self.with_build(access, read.id.as_str(), FeedbackKind::Crash, read, None).await
    }

    async fn with_build<Id>(
        &self,
        access: &Access,
        id: &str,
        kind: FeedbackKind,
        read: &Feedback<Id>,
        app: Option<&NamedThing>,
    ) -> Result<FetchedFeedback, Error> {
        // A build that can't be read leaves the feedback without its version, and that is all.
        let build = match &read.build {
            Some(build) => self.build_name(&access.client, &build.id).await.ok(),
            None => None,
        };
        Ok(told(id, kind, read, &Provenance { account: access.account.as_ref(), app, build: build.as_ref() }))
    }

    /// Keeps a feedback, and has its files fetched.
    pub(crate) async fn keep_feedback(&self, told: FetchedFeedback) -> Result<(), StoreError> {
        self.keep_all(vec![told]).await.map(drop)
    }

    /// The same with many. How many were not here yet.
    pub(super) async fn keep_all(&self, told: Vec<FetchedFeedback>) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let retention = self.retention().await?;
        let since = retention.map_or(jiff::Timestamp::MIN, |retention| since(retention, now));
        let too_old = retention.and_then(|retention| retention.feedback_days).map(|days| days_before(days, now));
        let mut new = Vec::with_capacity(told.len());
        for FetchedFeedback { new: mut one, urls } in told {
            // Feedback whose time is not known is not too old.
            if too_old.is_some_and(|too_old| one.sent_at > jiff::Timestamp::UNIX_EPOCH && one.sent_at < too_old) {
                continue;
            }
            one.fetch_at = (one.sent_at >= since).then_some(now);
            if one.fetch_at.is_some() {
                self.urls.keep(&one.id, urls);
            }
            new.push(one);
        }
        let added = self.store.put_feedback(new).await?;
        self.files_due.notify_one();
        Ok(added)
    }
}

/// Why a feedback could not be read, in a sentence that says no more than App Store Connect did.
pub(super) fn trouble(error: &Error) -> &'static str {
    match error.is_not_found() {
        true => "Not found in App Store Connect; it may have been deleted there",
        false => "The account’s key may not read this feedback",
    }
}
