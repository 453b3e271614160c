//! Reads existing feedback page by page. It is stored as read, without a notification.
//!
//! A person asks for it, or it is due for an account that was just added.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt, TryStreamExt, stream};
use hookbell_asc::{
    Listing, Resource,
    api::beta_feedback::{BetaFeedback, BetaFeedbackQuery},
};
use hookbell_core::{AppId, backoff};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::{
    Feedback,
    keep::{Provenance, fetched},
};
use crate::{
    account::{Access, Accounts, explain},
    api::{ApiError, App, BackfillProgress, BackfillRequest, ErrorCode, FeedbackKind, NamedThing, Push},
    asc::Apps,
    build_names::BuildNames,
    context::Context,
    owed_backfill,
};

/// How many apps are read concurrently. More would only burn through the hourly limit.
const MAX_CONCURRENT_APPS: usize = 3;

/// The shortest time between two checks for accounts that are due.
const MIN_PAUSE: Duration = Duration::from_secs(1);

/// How often an account is retried after a failure. After that, somebody has to ask for it.
const MAX_RETRIES: u32 = 5;

/// The room that reads existing feedback. Clones are handles to the same backfill.
#[derive(Debug, Clone)]
pub struct Backfill {
    context: Context,
    accounts: Arc<Accounts>,
    apps: Arc<Apps>,
    builds: Arc<BuildNames>,
    feedback: Arc<Feedback>,
    running: Arc<Mutex<Option<Running>>>,
}

/// The running backfill, or the last one.
#[derive(Debug)]
struct Running {
    stop: CancellationToken,
    progress: BackfillProgress,
}

/// An account that couldn't be read completely.
struct Waiting {
    until: Instant,
    /// How often reading it has failed.
    tries: u32,
}

impl Backfill {
    pub(crate) fn new(
        context: Context,
        accounts: Arc<Accounts>,
        apps: Arc<Apps>,
        builds: Arc<BuildNames>,
        feedback: Arc<Feedback>,
    ) -> Self {
        Self { context, accounts, apps, builds, feedback, running: Arc::default() }
    }

    /// Starts reading existing feedback, and returns at once. Progress is pushed.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if it is already running, [`ErrorCode::InvalidInput`] if there is no account,
    /// [`ErrorCode::NotFound`] for an unknown one.
    pub async fn start(&self, request: BackfillRequest) -> Result<BackfillProgress, ApiError> {
        let accounts = self.accounts_to_read(request.account.as_deref()).await?;
        let stop = self.begin().ok_or_else(busy)?;
        let this = self.clone();
        self.context.tasks.spawn(async move { this.read(accounts, request.app, stop).await });
        Ok(BackfillProgress::default())
    }

    /// Reads all existing feedback before returning, for the command line.
    ///
    /// # Errors
    /// As [`Backfill::start`]. App Store Connect's refusals are in the reply.
    pub async fn finish(&self, request: BackfillRequest) -> Result<BackfillProgress, ApiError> {
        let accounts = self.accounts_to_read(request.account.as_deref()).await?;
        let stop = self.begin().ok_or_else(busy)?;
        Ok(self.read(accounts, request.app, stop).await)
    }

    /// The progress of the running backfill, or of the last one; `None` if none has run since the start.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn progress(&self) -> Result<Option<BackfillProgress>, ApiError> {
        Ok(self.lock().as_ref().map(|running| running.progress.clone()))
    }

    /// Stops reading existing feedback. What was read so far stays.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn stop(&self) -> Result<(), ApiError> {
        if let Some(running) = &*self.lock() {
            running.stop.cancel();
        }
        Ok(())
    }

    /// Reads the accounts on the list until the engine stops. A failed account is retried.
    pub(crate) async fn run(self) {
        let context = &self.context;
        let mut stored = context.store.changes();
        let mut waiting = HashMap::<String, Waiting>::new();
        loop {
            stored.mark_unchanged();
            let owed = owed_backfill::list(&context.store).await.unwrap_or_default();
            waiting.retain(|account, _| owed.contains(account));
            let busy = self.read_owed(owed, &mut waiting).await;
            let due = waiting.values().map(|waiting| waiting.until).min();
            let next = async {
                // Nothing announces the end of a backfill that somebody asked for, so check again.
                if busy {
                    return true;
                }
                let due = async {
                    match due {
                        Some(due) => sleep_until(due).await,
                        None => std::future::pending().await,
                    }
                };
                tokio::select! {
                    changed = stored.changed() => changed.is_ok(),
                    () = due => true,
                }
            };
            if context.unless_stopped(next).await != Some(true) {
                return;
            }
            if context.unless_stopped(tokio::time::sleep(MIN_PAUSE)).await.is_none() {
                return;
            }
        }
    }

    /// Reads the accounts that are due. Returns whether another backfill was running.
    async fn read_owed(&self, owed: Vec<String>, waiting: &mut HashMap<String, Waiting>) -> bool {
        for account in owed {
            if waiting.get(&account).is_some_and(|waiting| waiting.until > Instant::now()) {
                continue;
            }
            let accounts = match self.accounts_to_read(Some(&account)).await {
                Ok(accounts) => accounts,
                Err(error) => {
                    // Somebody removed it in the meantime. Other errors may be temporary.
                    if error.code == ErrorCode::NotFound {
                        self.settle(&account).await;
                    }
                    continue;
                }
            };
            let Some(stop) = self.begin() else { return true };
            let progress = self.read(accounts, None, stop).await;
            tracing::info!(found = progress.found, added = progress.added, "existing feedback was read");
            let failed = progress.trouble.is_some() && !progress.stopped;
            let tries = waiting.get(&account).map_or(0, |waiting| waiting.tries);
            if failed && tries < MAX_RETRIES {
                let (first, longest) = self.context.options.pace.again;
                let until = Instant::now() + backoff::doubled(first, longest, tries);
                waiting.insert(account, Waiting { until, tries: tries + 1 });
            } else if !self.context.stop.is_cancelled() {
                // A backfill interrupted by quitting continues at the next start.
                self.settle(&account).await;
            }
        }
        false
    }

    async fn settle(&self, account: &str) {
        if let Err(error) = owed_backfill::remove(&self.context.store, account).await {
            tracing::warn!(%error, "existing feedback will be read once more");
        }
    }

    fn begin(&self) -> Option<CancellationToken> {
        let mut running = self.lock();
        if running.as_ref().is_some_and(|running| !running.progress.done) {
            return None;
        }
        let stop = self.context.stop.child_token();
        *running = Some(Running { stop: stop.clone(), progress: BackfillProgress::default() });
        Some(stop)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn accounts_to_read(&self, account: Option<&str>) -> Result<Vec<Option<String>>, ApiError> {
        if let Some(id) = account {
            return Ok(vec![Some(self.accounts.known(id).await?.id.to_string())]);
        }
        if self.context.options.given_key.is_some() {
            return Ok(vec![None]);
        }
        let accounts: Vec<_> =
            self.context.store.accounts().await?.into_iter().map(|account| Some(account.id.to_string())).collect();
        if accounts.is_empty() {
            let hint = "add one with its App Store Connect API key";
            return Err(ApiError::field("account", "no account yet", hint));
        }
        Ok(accounts)
    }

    async fn read(
        &self,
        accounts: Vec<Option<String>>,
        app: Option<String>,
        stop: CancellationToken,
    ) -> BackfillProgress {
        let reading = async {
            for account in accounts {
                if let Err(error) = self.read_account(account.as_deref(), app.as_deref()).await {
                    self.advance(|progress| note(progress, error)).await;
                }
            }
        };
        let stopped = stop.run_until_cancelled(reading).await.is_none();
        self.advance(|progress| (progress.done, progress.stopped) = (true, stopped)).await
    }

    async fn read_account(&self, account: Option<&str>, only: Option<&str>) -> Result<(), ApiError> {
        let access = self.accounts.access(account).await?;
        let apps = self.apps.all(&access, true).await?;
        let apps: Vec<App> = apps.iter().filter(|app| only.is_none_or(|only| app.id == only)).cloned().collect();
        self.advance(|progress| progress.apps += u32::try_from(apps.len()).unwrap_or(u32::MAX)).await;
        let access = &access;
        stream::iter(apps)
            .for_each_concurrent(MAX_CONCURRENT_APPS, async |app| {
                let read = self.read_app(access, &app).await;
                self.advance(|progress| {
                    progress.apps_done += 1;
                    if let Err(error) = read {
                        note(progress, error);
                    }
                })
                .await;
            })
            .await;
        Ok(())
    }

    async fn read_app(&self, access: &Access, app: &App) -> Result<(), ApiError> {
        let id = AppId::new(&app.id).map_err(|_| ApiError::not_found("app"))?;
        let named = NamedThing { id: app.id.clone(), name: app.name.clone() };
        let query = BetaFeedbackQuery::default();
        let screenshots = access.client.screenshot_feedback().of_app(&id, &query);
        self.read_list(access, &named, FeedbackKind::Screenshot, screenshots, |one| one.id.to_string()).await?;
        let crashes = access.client.crash_feedback().of_app(&id, &query);
        self.read_list(access, &named, FeedbackKind::Crash, crashes, |one| one.id.to_string()).await
    }

    async fn read_list<Id>(
        &self,
        access: &Access,
        app: &NamedThing,
        kind: FeedbackKind,
        listing: Listing<BetaFeedback<Id>>,
        id_of: impl Fn(&BetaFeedback<Id>) -> String,
    ) -> Result<(), ApiError>
    where
        BetaFeedback<Id>: Resource,
    {
        let mut pages = std::pin::pin!(listing.pages());
        while let Some(page) = pages.try_next().await.map_err(explain)? {
            let mut news = Vec::with_capacity(page.data.len());
            for feedback in &page.data {
                // If the build can't be read, the feedback only lacks its version.
                let build = match &feedback.build {
                    Some(build) => self.builds.read(&access.client, &build.id).await.ok(),
                    None => None,
                };
                let origin = Provenance { account: access.account.as_ref(), app: Some(app), build: build.as_ref() };
                news.push(fetched(&id_of(feedback), kind, feedback, &origin));
            }
            let found = news.len() as u64;
            let added = self.feedback.keep_all(news).await?;
            self.advance(|progress| {
                progress.found += found;
                progress.added += added;
            })
            .await;
        }
        Ok(())
    }

    async fn advance(&self, change: impl FnOnce(&mut BackfillProgress)) -> BackfillProgress {
        let progress = {
            let mut running = self.lock();
            let Some(running) = running.as_mut() else { return BackfillProgress::default() };
            change(&mut running.progress);
            running.progress.clone()
        };
        self.context.push(Push::Backfill { progress: progress.clone() }).await;
        progress
    }
}

fn busy() -> ApiError {
    ApiError::new(ErrorCode::Busy, "older feedback is already being fetched", "wait until it is done, or stop it")
}

fn note(progress: &mut BackfillProgress, error: ApiError) {
    progress.trouble.get_or_insert(error);
}
