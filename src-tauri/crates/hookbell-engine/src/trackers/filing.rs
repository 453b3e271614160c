//! Files feedback: exactly one issue for each, whatever happens in between.
//!
//! Only one filing runs at a time in a data directory, under a file lock that is released when its process ends. Each
//! attempt is recorded before it is made, and its result afterwards. So an attempt without a result was killed, and
//! the next one checks whether it made the issue.

use std::{
    fs::{File, TryLockError},
    time::Duration,
};

use hookbell_store::StoredTracker;
use hookbell_trackers::{EarlierTries, FiledIssue, TrackerFailure, TrackerNext};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::{
    Trackers,
    client::{error, made},
    content::Content,
    kept::KeptTracker,
    looks, no_such_tracker,
};
use crate::api::{
    ApiError, ErrorCode, FeedbackIdRequest, FeedbackIssue, FileIssuesRequest, IssueFile, IssuePreview, SimilarCrashes,
};

/// How many feedback items can be filed at once.
const MAX_FILED_AT_ONCE: usize = 100;

/// The total of all pauses in one filing. A tracker may take half a minute to show an issue whose answer was lost.
const MAX_PAUSES: Duration = Duration::from_secs(150);

/// The shortest pause, even if a tracker asks for less.
const MIN_PAUSE: Duration = Duration::from_secs(1);

/// How long to wait for another process's filing.
const LOCK_TIMEOUT: Duration = Duration::from_secs(120);

/// Wait before the lock is tried again.
const RETRY_LOCK_AFTER: Duration = Duration::from_millis(100);

/// How often a pause checks the clock.
const LOOK_AT_CLOCK_AFTER: Duration = Duration::from_millis(200);

impl Trackers {
    /// Previews what would be filed for the first feedback, without filing it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the feedback or tracker doesn't exist; [`ErrorCode::InvalidInput`] at `title` or
    /// `body` if a template can't be filled in.
    pub async fn preview(&self, request: FileIssuesRequest) -> Result<IssuePreview, ApiError> {
        let stored = self.stored(request.tracker).await?;
        let kept = KeptTracker::read(&stored)?;
        let id = first(&request)?;
        let others = if request.together { &request.feedback[1..] } else { &[] };
        let Content { draft, missing } =
            self.content(self.feedback.gather(id).await?, others, &kept.document, &request).await?;
        let existing = self.context.store.issue_of(id, &stored.place).await?;
        let ids = self.similar_crashes(id).await?;
        let mut theirs = self.context.store.issues_of(ids.clone()).await?.into_iter();
        let issue = theirs.find(|issue| issue.place == stored.place && issue.made.is_some());
        let markdown = draft.markdown();
        let size = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(IssuePreview {
            title: draft.title,
            markdown,
            labels: draft.labels,
            files: draft
                .files
                .iter()
                .map(|file| IssueFile { name: file.name.clone(), bytes: size(&file.bytes) })
                .collect(),
            notes: missing,
            existing: existing.and_then(|issue| looks::issue(&issue, &stored)),
            similar: SimilarCrashes { ids, issue: issue.and_then(|issue| looks::issue(&issue, &stored)) },
        })
    }

    /// Title and text of the issue that one feedback would get, from what is here: nothing is fetched and nothing is filed.
    /// None if it has its issue there already.
    pub(crate) async fn draft(&self, request: &FileIssuesRequest) -> Result<Option<(String, String)>, ApiError> {
        let (stored, id) = (self.stored(request.tracker).await?, first(request)?);
        let is_there = self.context.store.issue_of(id, &stored.place).await?.is_some_and(|issue| issue.made.is_some());
        if is_there {
            return Ok(None);
        }
        let of = self.feedback.gather_kept(id).await?;
        let draft = self.content(of, &[], &KeptTracker::read(&stored)?.document, request).await?.draft;
        let markdown = draft.markdown();
        Ok(Some((draft.title, markdown)))
    }

    /// Files feedback, one after the other. What has an issue there keeps it; a failure stands in its place and stops
    /// nothing else. Filing again, whatever happened before, makes no second issue.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the tracker or feedback doesn't exist, [`ErrorCode::Busy`] while another process
    /// files for long, [`ErrorCode::InvalidInput`] at a field of the request, or a keychain error.
    pub async fn file(&self, request: FileIssuesRequest) -> Result<Vec<FeedbackIssue>, ApiError> {
        let count = request.feedback.len();
        first(&request)?;
        if count > MAX_FILED_AT_ONCE {
            let message = format!("{count} are too many at once");
            return Err(ApiError::field("feedback", message, format!("choose at most {MAX_FILED_AT_ONCE}")));
        }
        if request.title.is_some() && count > 1 && !request.together {
            return Err(ApiError::field("title", "several issues can’t share one title", "leave the title out"));
        }
        for id in &request.feedback {
            self.feedback.detail(FeedbackIdRequest { id: id.clone() }).await?;
        }
        let mut filed = Vec::new();
        if request.together {
            let others = &request.feedback[1..];
            let (shared, _) = self.file_one(&request.feedback[0], others, &request, MAX_PAUSES).await?;
            if shared.issue.is_some() {
                let place = self.stored(request.tracker).await?.place;
                self.context.store.share_issue(&shared.feedback, &place, others.to_vec()).await?;
            }
            filed.push(self.looked_at(&request.feedback[0], request.tracker).await?);
            return Ok(filed);
        }
        for id in &request.feedback {
            filed.push(self.file_one(id, &[], &request, MAX_PAUSES).await?.0);
        }
        Ok(filed)
    }

    /// Makes one attempt to file a feedback, for callers that wait themselves. Returns how long to wait before the
    /// next attempt, if the tracker said so.
    pub(crate) async fn file_once(
        &self,
        request: &FileIssuesRequest,
    ) -> Result<(FeedbackIssue, Option<Duration>), ApiError> {
        let id = first(request)?;
        self.feedback.detail(FeedbackIdRequest { id: id.to_owned() }).await?;
        self.file_one(id, &[], request, Duration::ZERO).await
    }

    /// Files one feedback, and others in its issue, with pauses of this length together. The pause that was left out in the end, if one was.
    async fn file_one(
        &self,
        id: &str,
        others: &[String],
        request: &FileIssuesRequest,
        mut pauses_left: Duration,
    ) -> Result<(FeedbackIssue, Option<Duration>), ApiError> {
        let _this_process = self.filing.lock().await;
        let _this_directory = self.lock().await?;
        let stored = self.stored(request.tracker).await?;
        let is_there = self.context.store.issue_of(id, &stored.place).await?.is_some_and(|issue| issue.made.is_some());
        if !is_there {
            let kept = KeptTracker::read(&stored)?;
            let client = self.client(&kept).await?;
            let content = self.content(self.feedback.gather(id).await?, others, &kept.document, request).await?;
            while let Some(wait) = self.try_once(id, &stored, &kept, &client, &content).await? {
                let wait = wait.max(MIN_PAUSE);
                let left = pauses_left.checked_sub(wait);
                pauses_left = left.unwrap_or_default();
                if left.is_none() || !self.pause(wait).await {
                    return Ok((self.looked_at(id, request.tracker).await?, Some(wait)));
                }
            }
        }
        Ok((self.looked_at(id, request.tracker).await?, None))
    }

    /// Waits by the clock, which continues while the computer sleeps. Returns whether the wait was completed.
    async fn pause(&self, wait: Duration) -> bool {
        let wait = SignedDuration::try_from(wait).unwrap_or_default();
        let until = self.context.clock.now().saturating_add(wait).unwrap_or(Timestamp::MAX);
        while self.context.clock.now() < until {
            if self.context.unless_stopped(tokio::time::sleep(LOOK_AT_CLOCK_AFTER)).await.is_none() {
                return false;
            }
        }
        true
    }

    /// One attempt. Returns how long to wait before the next one, if the tracker said so; otherwise it is over.
    async fn try_once(
        &self,
        id: &str,
        stored: &StoredTracker,
        kept: &KeptTracker,
        client: &super::client::TrackerClient,
        content: &Content,
    ) -> Result<Option<Duration>, ApiError> {
        let (store, place) = (&self.context.store, &stored.place);
        let began = self.context.clock.now();
        let row = store.begin_issue(id, place, began).await?.ok_or_else(|| ApiError::not_found("feedback"))?;
        let earlier = row.unsure.map_or(EarlierTries::MadeNothing, |(first, last)| EarlierTries::MayHaveMadeIt {
            first,
            last,
            now: began,
        });
        let filed = client.file(&kept.document, &content.draft, earlier).await;
        let now = self.context.clock.now();
        match filed {
            Ok(FiledIssue { issue, moved_to, mut notes, .. }) => {
                notes.extend(content.missing.iter().cloned());
                store.end_issue(id, place, made(issue, now), notes).await?;
                store.note_tracker_trouble(kept.id, None).await?;
                if let Some(name) = moved_to {
                    self.follow(kept, name).await?;
                }
                Ok(None)
            }
            Err(failure) => {
                let error = serde_json::to_string(&error(&failure)).unwrap_or_default();
                store.fail_issue(id, place, error, failure.may_have_made, now).await?;
                self.note_failure(kept.id, &failure).await?;
                match failure.next {
                    TrackerNext::RetryAfter(wait) => Ok(Some(wait)),
                    TrackerNext::Retry | TrackerNext::GiveUp | TrackerNext::FixTracker => Ok(None),
                }
            }
        }
    }

    /// A repository was renamed: the tracker and its issues follow.
    async fn follow(&self, kept: &KeptTracker, name: String) -> Result<(), ApiError> {
        let mut document = kept.document.clone();
        document.place.clone_from(&name);
        let former = std::mem::replace(&mut document.name, name);
        document.former_names.retain(|known| *known != former && *known != document.name);
        document.former_names.push(former);
        Ok(self.context.store.move_tracker(kept.id, document.key(), document.json()).await?)
    }

    /// Records a failure that would affect every issue of the tracker.
    pub(super) async fn note_failure(&self, id: i64, failure: &TrackerFailure) -> Result<(), ApiError> {
        if failure.next == TrackerNext::FixTracker {
            let trouble = serde_json::to_string(&error(failure)).unwrap_or_default();
            self.context.store.note_tracker_trouble(id, Some(trouble)).await?;
        }
        Ok(())
    }

    async fn looked_at(&self, id: &str, tracker: i64) -> Result<FeedbackIssue, ApiError> {
        let stored = self.context.store.tracker(tracker).await?.ok_or_else(no_such_tracker)?;
        let issue = self.context.store.issue_of(id, &stored.place).await?;
        issue.and_then(|issue| looks::issue(&issue, &stored)).ok_or_else(|| ApiError::not_found("feedback"))
    }

    /// The lock that lets only one process per data directory file at a time.
    async fn lock(&self) -> Result<File, ApiError> {
        let path = self.context.data_dir().join("issues.lock");
        let not_locked = |error: std::io::Error| {
            let message = format!("{} can’t be locked: {error}", path.display());
            ApiError::new(ErrorCode::Internal, message, "check the data directory")
        };
        let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(not_locked)?;
        let until = Instant::now() + LOCK_TIMEOUT;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::Error(error)) => return Err(not_locked(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= until => {
                    let hint = "wait until it’s done";
                    return Err(ApiError::new(ErrorCode::Busy, "another Hookbell is filing issues", hint));
                }
                Err(TryLockError::WouldBlock) => tokio::time::sleep(RETRY_LOCK_AFTER).await,
            }
        }
    }
}

fn first(request: &FileIssuesRequest) -> Result<&str, ApiError> {
    let first = request.feedback.first();
    first.map(String::as_str).ok_or_else(|| ApiError::field("feedback", "no feedback is selected", "select some"))
}
