//! Fetches pictures and logs: at once, a few at a time, with retries where they may help.
//!
//! The store lists what is to be fetched, so a restart continues where the last run ended. If a picture has no URL or
//! it has expired, a fresh one is requested.

use std::{sync::Arc, time::Duration};

use hookbell_core::CrashFeedbackId;
use hookbell_store::{FeedbackSubmission, FileState, KeptFile, Role, StoreError, StoredFile};
use jiff::SignedDuration;
use tokio::sync::Semaphore;

use super::{
    Feedback,
    address::Reach,
    failure::{BELIEVED_AFTER_TRIES, Failure, MAX_TRIES, is_believed},
    fetch::{FetchError, MAX_FILE_BYTES},
    folder::{Draft, Folder},
    inspect::{self, Unfit},
    keep::trouble,
    view,
};
use crate::{account::Access, api::Retention, desktop::blocking};

/// How many files are fetched concurrently.
const MAX_CONCURRENT_DOWNLOADS: usize = 3;

/// When a file is due again if the process fetching it ended.
const RETRY_LOST_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The waits before the first retries.
const RETRY_AFTER: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(5), SignedDuration::from_mins(30)];
/// The wait before each later retry.
const RETRY_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// The wait after App Store Connect said nothing about the file itself. The first wait is as short as the first
/// retry.
const HELD_RETRY_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// The longest sleep while something waits: the clock may jump, for example after the computer slept.
const MAX_SLEEP: Duration = Duration::from_secs(60);

impl Feedback {
    /// Fetches due files until the engine stops.
    pub(crate) async fn run_downloads(self: Arc<Self>) {
        let context = &self.context;
        let slots = Arc::new(Semaphore::new(MAX_CONCURRENT_DOWNLOADS));
        if let Err(error) = context.store.hurry_files(context.clock.now()).await {
            tracing::warn!(%error, "files of feedback wait for the store");
        }
        loop {
            let wait = match self.fetch_due(&slots).await {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::warn!(%error, "files of feedback wait for the store");
                    MAX_SLEEP
                }
            };
            let woken = async {
                tokio::select! {
                    () = self.files_due.notified() => {}
                    () = tokio::time::sleep(wait) => {}
                }
            };
            if context.unless_stopped(woken).await.is_none() {
                return;
            }
        }
    }

    /// Makes the download loop check for due files now.
    pub(crate) fn check_due_files(&self) {
        self.files_due.notify_one();
    }

    /// Waits until the download of some file has ended, whatever its result.
    pub(crate) async fn file_ended(&self) {
        self.file_ended.notified().await;
    }

    /// Starts as many downloads as there are free slots, and returns how long to sleep before the next check.
    async fn fetch_due(self: &Arc<Self>, slots: &Arc<Semaphore>) -> Result<Duration, StoreError> {
        let store = &self.context.store;
        let now = self.context.clock.now();
        let due = store.next_file().await?;
        if due.is_some_and(|due| due <= now) {
            let free = u32::try_from(slots.available_permits()).unwrap_or_default();
            let next = now.saturating_add(RETRY_LOST_AFTER).unwrap_or(now);
            let taken = if free > 0 { store.take_files(now, next, free).await? } else { Vec::new() };
            for file in taken {
                let Ok(slot) = Arc::clone(slots).try_acquire_owned() else { break };
                let this = Arc::clone(self);
                self.context.tasks.spawn(async move {
                    this.context.unless_stopped(this.fetch_file(&file)).await;
                    drop(slot);
                    this.files_due.notify_one();
                    this.file_ended.notify_one();
                });
            }
            // The end of each download wakes the loop.
            return Ok(MAX_SLEEP);
        }
        let until = due.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
        Ok(until.map_or(MAX_SLEEP, |until| until.min(MAX_SLEEP)))
    }

    /// Fetches one file and records the result.
    pub(super) async fn fetch_file(&self, file: &StoredFile) {
        let noted = match self.try_file(file).await {
            Ok(()) => Ok(()),
            Err(Failure::Later(reason)) if file.tries >= MAX_TRIES => {
                self.context.store.end_file(file.id, FileState::Refused, &reason).await
            }
            Err(Failure::No { state, so_far, in_the_end, believed_after })
                if is_believed(file, &so_far, believed_after) =>
            {
                self.context.store.end_file(file.id, state, &in_the_end).await
            }
            Err(Failure::Later(reason) | Failure::No { so_far: reason, .. }) => {
                tracing::info!(file = file.id, reason, "a file of feedback did not come");
                let wait = RETRY_AFTER.get(file.tries as usize).copied().unwrap_or(RETRY_EVERY);
                self.context.store.postpone_file(file.id, &reason, self.after(wait), 1).await
            }
            Err(Failure::Held(reason)) => {
                tracing::info!(file = file.id, reason, "a file of feedback can’t be asked for now");
                let wait = if file.reason.is_none() { RETRY_AFTER[0] } else { HELD_RETRY_AFTER };
                self.context.store.postpone_file(file.id, &reason, self.after(wait), 0).await
            }
            Err(Failure::Never(state, reason)) => self.context.store.end_file(file.id, state, &reason).await,
            Err(Failure::Store(error)) => Err(error),
        };
        if let Err(error) = noted {
            tracing::warn!(%error, "what became of a file of feedback could not be noted");
        }
    }

    fn after(&self, wait: SignedDuration) -> jiff::Timestamp {
        let now = self.context.clock.now();
        now.saturating_add(wait).unwrap_or(now)
    }

    async fn try_file(&self, file: &StoredFile) -> Result<(), Failure> {
        let feedback = self.context.store.feedback(&file.feedback).await?;
        let feedback =
            feedback.ok_or_else(|| Failure::Never(FileState::Gone, "the feedback was deleted".to_owned()))?.submission;
        if self.would_be_cleared(&feedback).await? {
            return Err(Failure::Never(FileState::Cleared, "it was removed to save space".to_owned()));
        }
        let access = self.access_of_feedback(&feedback).await?;
        let kept = match file.role {
            Role::Picture => self.fetch_picture(&access, &feedback, file).await?,
            Role::Log => self.fetch_log(&access, &feedback).await?,
        };
        let names = [Some(kept.name.clone()), kept.thumbnail.as_ref().map(|(name, _)| name.clone())];
        if !self.context.store.keep_file(file.id, kept).await? {
            let folder = self.folder.clone();
            let names: Vec<String> = names.into_iter().flatten().collect();
            blocking(move || folder.remove(&names)).await?;
        }
        self.context.change(|conditions| conditions.feedback = None);
        if let Some(Retention { max_bytes, .. }) = self.retention().await?
            && self.context.store.file_use().await?.bytes > max_bytes
        {
            self.clear_files(jiff::Timestamp::MIN, max_bytes).await?;
        }
        Ok(())
    }

    /// Whether a file of this feedback would be the first to be cleared again.
    async fn would_be_cleared(&self, feedback: &FeedbackSubmission) -> Result<bool, StoreError> {
        let Some(Retention { max_bytes, .. }) = self.retention().await? else { return Ok(false) };
        Ok(self.context.store.file_use().await?.bytes >= max_bytes.saturating_sub(MAX_FILE_BYTES)
            && self.context.store.oldest_kept().await?.is_some_and(|oldest| feedback.sent_at < oldest))
    }

    async fn fetch_picture(
        &self,
        access: &Access,
        feedback: &FeedbackSubmission,
        file: &StoredFile,
    ) -> Result<KeptFile, Failure> {
        let folder = self.folder.clone();
        let reach = Reach::of(access.client.base());
        let mut known = self.urls.take(file);
        let mut broken = false;
        loop {
            let fresh = known.is_none();
            let url = match known.take() {
                Some(url) => url,
                None => self.fresh_url(access, feedback, file).await?,
            };
            let downloaded = self.downloaders.download(&url, &reach, &folder).await;
            match downloaded.map(|draft| inspected(draft, folder.clone())) {
                Ok(inspecting) => match inspecting.await? {
                    Ok(kept) => return Ok(kept),
                    Err(Unfit::CutShort) if !broken => (known, broken) = (Some(url), true),
                    Err(unfit) => return Err(self.unfit(unfit)),
                },
                // The URL has expired.
                Err(FetchError::Denied(_) | FetchError::Gone) if !fresh => {}
                Err(FetchError::Interrupted(_)) if !broken => (known, broken) = (Some(url), true),
                Err(error) => return Err(self.fetch_failed(error)),
            }
        }
    }

    /// A fresh URL of a picture from App Store Connect. The URLs of the other pictures are remembered.
    async fn fresh_url(
        &self,
        access: &Access,
        feedback: &FeedbackSubmission,
        file: &StoredFile,
    ) -> Result<String, Failure> {
        let fetched = match self.fetched_again(access, feedback).await {
            Ok(fetched) => fetched,
            Err(error) => {
                let words = trouble(&error);
                let failure = Failure::of(error, "this feedback");
                if let Failure::No { so_far, believed_after, .. } = &failure
                    && is_believed(file, so_far, *believed_after)
                {
                    self.context.store.set_feedback_trouble(&feedback.id, Some(words)).await?;
                }
                return Err(failure);
            }
        };
        let url = fetched.urls.get(file.number as usize).cloned().flatten();
        let others = (0..).zip(fetched.urls).map(|(number, url)| url.filter(|_| number != file.number)).collect();
        self.urls.keep(&feedback.id, others);
        url.ok_or_else(|| Failure::not_there("App Store Connect doesn’t list this screenshot"))
    }

    async fn fetch_log(&self, access: &Access, feedback: &FeedbackSubmission) -> Result<KeptFile, Failure> {
        let id = CrashFeedbackId::new(&feedback.id)
            .map_err(|_| Failure::Never(FileState::Gone, "its ID is not valid".to_owned()))?;
        // The resource may exist before its text, and the relationship before the resource.
        let read = access.client.crash_feedback().log(&id).await;
        let log = match read.map(|log| log.and_then(|log| log.log_text).filter(|text| !text.trim().is_empty())) {
            Ok(Some(text)) => text,
            Err(error) if !error.is_not_found() => return Err(Failure::of(error, "the log")),
            Ok(None) | Err(_) => {
                return Err(Failure::No {
                    state: FileState::Gone,
                    so_far: "App Store Connect doesn’t have the log yet".to_owned(),
                    in_the_end: "App Store Connect has no log for this crash".to_owned(),
                    believed_after: BELIEVED_AFTER_TRIES,
                });
            }
        };
        if log.len() as u64 > MAX_FILE_BYTES {
            return Err(Failure::Never(FileState::TooLarge, FetchError::TooLarge.to_string()));
        }
        let folder = self.folder.clone();
        let (written, bytes, summary) = blocking(move || {
            let summary = view::summary_of(&log);
            (folder.write(log.as_bytes(), "txt"), log.len() as u64, summary)
        })
        .await?;
        if let Some(summary) = summary {
            self.context.store.summarise_feedback(&feedback.id, &summary).await?;
        }
        let name = written.map_err(|error| self.fetch_failed(error.into()))?;
        Ok(KeptFile { name, kind: "text".to_owned(), width: None, height: None, bytes, thumbnail: None })
    }

    fn fetch_failed(&self, error: FetchError) -> Failure {
        let words = error.to_string();
        match error {
            FetchError::Denied(_) => Failure::refused(words, BELIEVED_AFTER_TRIES),
            FetchError::Forbidden(_) => Failure::Never(FileState::Refused, words),
            FetchError::Gone => Failure::not_there(&words),
            FetchError::TooLarge => Failure::Never(FileState::TooLarge, words),
            FetchError::Interrupted(_) => Failure::Later(words),
            FetchError::DiskFull | FetchError::Io(_) => {
                let trouble = words.clone();
                self.context.change(|conditions| conditions.feedback = Some(trouble));
                Failure::Later(words)
            }
        }
    }

    fn unfit(&self, unfit: Unfit) -> Failure {
        let words = unfit.to_string();
        match unfit {
            Unfit::NotAnImage(_) | Unfit::Undecodable => Failure::Never(FileState::NotAnImage, words),
            Unfit::TooManyPixels { .. } => Failure::Never(FileState::TooLarge, words),
            Unfit::CutShort => Failure::Later(words),
            Unfit::Io(error) => self.fetch_failed(error.into()),
        }
    }
}

/// Inspects a download, makes its thumbnail, and gives both their names.
async fn inspected(mut draft: Draft, folder: Folder) -> Result<Result<KeptFile, Unfit>, Failure> {
    let work = move || {
        let inspected = inspect::inspect(&mut draft.file)?;
        let bytes = draft.file.metadata()?.len();
        let thumbnail = match &inspected.thumbnail {
            Some(small) => Some((folder.write(small, "thumb.jpeg")?, small.len() as u64)),
            None => None,
        };
        let name = draft.keep(inspected.kind).inspect_err(|_| {
            folder.remove(&thumbnail.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        })?;
        let (kind, width, height) = (inspected.kind.to_owned(), inspected.width, inspected.height);
        Ok(KeptFile { name, kind, width, height, bytes, thumbnail })
    };
    Ok(blocking(work).await?)
}
