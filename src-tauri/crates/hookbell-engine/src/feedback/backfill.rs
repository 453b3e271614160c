//! Existing feedback, read page by page: it comes in as read, and without a notification.
//!
//! A person asks for it, or it is owed to an account that was just added.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt, TryStreamExt, stream};
use hookbell_asc::{
    Listing, Resource,
    api::beta_feedback::{Feedback, FeedbackQuery},
};
use hookbell_core::AppId;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::keep::{Provenance, told};
use crate::{
    Hookbell,
    account::{Access, explain},
    api::{ApiError, App, BackfillProgress, BackfillRequest, ErrorCode, FeedbackKind, NamedThing, Push},
    engine::Inner,
    owed_backfill,
};

/// How many apps are read at the same time. More would only use up the hourly limit.
const MAX_CONCURRENT_APPS: usize = 3;

/// The shortest time between two checks for accounts that are owed.
const MIN_PAUSE: Duration = Duration::from_secs(1);

/// How often an account is read again after a failure. After that, somebody has to ask for it.
const MAX_RETRIES: u32 = 5;

/// The reading under way, and how far it or the last one came.
#[derive(Debug, Default)]
pub(crate) struct Backfilling(Mutex<Option<(CancellationToken, BackfillProgress)>>);

impl Backfilling {
    fn begin(&self, within: &CancellationToken) -> Option<CancellationToken> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.as_ref().is_some_and(|(_, progress)| !progress.done) {
            return None;
        }
        let stop = within.child_token();
        *running = Some((stop.clone(), BackfillProgress::default()));
        Some(stop)
    }

    fn progress(&self) -> Option<BackfillProgress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, progress)| progress.clone())
    }

    fn change(&self, change: impl FnOnce(&mut BackfillProgress)) -> BackfillProgress {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, progress) = running.get_or_insert_default();
        change(progress);
        progress.clone()
    }
}

impl Hookbell {
    /// Begins to read existing feedback; how far it comes is pushed. Answers at once.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if it is under way, [`ErrorCode::InvalidInput`] if there is no account,
    /// [`ErrorCode::NotFound`] for an unknown one.
    pub async fn backfill(&self, request: BackfillRequest) -> Result<BackfillProgress, ApiError> {
        let accounts = self.inner.backfilled_accounts(request.account.as_deref()).await?;
        let stop = self.inner.backfilling.begin(&self.inner.stop).ok_or_else(busy)?;
        let inner = Arc::clone(&self.inner);
        self.inner.tasks.spawn(async move { inner.backfill(accounts, request.app, stop).await });
        Ok(BackfillProgress::default())
    }

    /// The same, and waits for its end: for a command.
    ///
    /// # Errors
    /// As [`Hookbell::backfill`]. What App Store Connect refuses is in the reply.
    pub async fn backfill_now(&self, request: BackfillRequest) -> Result<BackfillProgress, ApiError> {
        let accounts = self.inner.backfilled_accounts(request.account.as_deref()).await?;
        let stop = self.inner.backfilling.begin(&self.inner.stop).ok_or_else(busy)?;
        Ok(self.inner.backfill(accounts, request.app, stop).await)
    }

    /// How far reading existing feedback has come, or the last time came; nothing if it never ran since the start.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn backfill_progress(&self) -> Result<Option<BackfillProgress>, ApiError> {
        Ok(self.inner.backfilling.progress())
    }

    /// Stops reading existing feedback. What was read stays.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn stop_backfill(&self) -> Result<(), ApiError> {
        if let Some((stop, _)) = &*self.inner.backfilling.0.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.cancel();
        }
        Ok(())
    }
}

fn busy() -> ApiError {
    ApiError::new(ErrorCode::Busy, "existing feedback is being read already", "wait for it, or stop it")
}

/// Reads what is owed until the engine is stopped. What one answer kept from being read is tried again.
pub(crate) async fn watch(inner: Arc<Inner>) {
    let mut stored = inner.store.changes();
    let mut waiting = HashMap::<String, Waiting>::new();
    loop {
        stored.mark_unchanged();
        let owed = owed_backfill::list(&inner.store).await.unwrap_or_default();
        waiting.retain(|account, _| owed.contains(account));
        let mut busy = false;
        for account in owed {
            if waiting.get(&account).is_some_and(|waiting| waiting.until > Instant::now()) {
                continue;
            }
            let accounts = match inner.backfilled_accounts(Some(&account)).await {
                Ok(accounts) => accounts,
                Err(error) => {
                    // It was removed meanwhile. What can't be told now is told later.
                    if error.code == ErrorCode::NotFound {
                        settle(&inner, &account).await;
                    }
                    continue;
                }
            };
            let Some(stop) = inner.backfilling.begin(&inner.stop) else {
                busy = true;
                break;
            };
            let progress = inner.backfill(accounts, None, stop).await;
            tracing::info!(found = progress.found, added = progress.added, "existing feedback was read");
            let failed = progress.trouble.is_some() && !progress.stopped;
            let tries = waiting.get(&account).map_or(0, |waiting| waiting.tries);
            if failed && tries < MAX_RETRIES {
                let (first, longest) = inner.options.pace.again;
                let until = Instant::now() + longest.min(first * 2_u32.pow(tries));
                waiting.insert(account, Waiting { until, tries: tries + 1 });
            } else if !inner.stop.is_cancelled() {
                // What was stopped by quitting goes on at the next start.
                settle(&inner, &account).await;
            }
        }
        let due = waiting.values().map(|waiting| waiting.until).min();
        let next = async {
            // Nothing tells the end of a reading that somebody asked for, so that is looked for.
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
        if inner.unless_stopped(next).await != Some(true) {
            return;
        }
        if inner.unless_stopped(tokio::time::sleep(MIN_PAUSE)).await.is_none() {
            return;
        }
    }
}

/// An account whose feedback could not be read whole.
struct Waiting {
    until: Instant,
    /// How often it was read in vain.
    tries: u32,
}

async fn settle(inner: &Inner, account: &str) {
    if let Err(error) = owed_backfill::remove(&inner.store, account).await {
        tracing::warn!(%error, "existing feedback will be read once more");
    }
}

impl Inner {
    async fn backfilled_accounts(&self, account: Option<&str>) -> Result<Vec<Option<String>>, ApiError> {
        if let Some(id) = account {
            return Ok(vec![Some(self.accounts.known(id).await?.id.to_string())]);
        }
        if self.options.given_key.is_some() {
            return Ok(vec![None]);
        }
        let accounts: Vec<_> =
            self.store.accounts().await?.into_iter().map(|account| Some(account.id.to_string())).collect();
        if accounts.is_empty() {
            let hint = "add one with its App Store Connect API key";
            return Err(ApiError::field("account", "there is no account yet", hint));
        }
        Ok(accounts)
    }

    async fn backfill(
        &self,
        accounts: Vec<Option<String>>,
        app: Option<String>,
        stop: CancellationToken,
    ) -> BackfillProgress {
        let reading = async {
            for account in accounts {
                if let Err(error) = self.backfill_account(account.as_deref(), app.as_deref()).await {
                    self.backfill_came(|progress| note(progress, error)).await;
                }
            }
        };
        let stopped = stop.run_until_cancelled(reading).await.is_none();
        self.backfill_came(|progress| (progress.done, progress.stopped) = (true, stopped)).await
    }

    async fn backfill_account(&self, account: Option<&str>, only: Option<&str>) -> Result<(), ApiError> {
        let access = self.accounts.access(account).await?;
        let apps = self.apps.all(&access, true).await?;
        let apps: Vec<App> = apps.iter().filter(|app| only.is_none_or(|only| app.id == only)).cloned().collect();
        self.backfill_came(|progress| progress.apps += u32::try_from(apps.len()).unwrap_or(u32::MAX)).await;
        let access = &access;
        stream::iter(apps)
            .for_each_concurrent(MAX_CONCURRENT_APPS, async |app| {
                let read = self.backfill_app(access, &app).await;
                self.backfill_came(|progress| {
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

    async fn backfill_app(&self, access: &Access, app: &App) -> Result<(), ApiError> {
        let id = AppId::new(&app.id).map_err(|_| ApiError::not_found("app"))?;
        let named = NamedThing { id: app.id.clone(), name: app.name.clone() };
        let query = FeedbackQuery::default();
        let screenshots = access.client.screenshot_feedback().of_app(&id, &query);
        self.backfill_list(access, &named, FeedbackKind::Screenshot, screenshots, |one| one.id.to_string()).await?;
        let crashes = access.client.crash_feedback().of_app(&id, &query);
        self.backfill_list(access, &named, FeedbackKind::Crash, crashes, |one| one.id.to_string()).await
    }

    async fn backfill_list<Id>(
        &self,
        access: &Access,
        app: &NamedThing,
        kind: FeedbackKind,
        listing: Listing<Feedback<Id>>,
        id_of: impl Fn(&Feedback<Id>) -> String,
    ) -> Result<(), ApiError>
    where
        Feedback<Id>: Resource,
    {
        let mut pages = std::pin::pin!(listing.pages());
        while let Some(page) = pages.try_next().await.map_err(explain)? {
            let mut news = Vec::with_capacity(page.data.len());
            for feedback in &page.data {
                // One that can't be read leaves the feedback without its version, and that is all.
                let build = match &feedback.build {
                    Some(build) => self.build_name(&access.client, &build.id).await.ok(),
                    None => None,
                };
                let origin = Provenance { account: access.account.as_ref(), app: Some(app), build: build.as_ref() };
                news.push(told(&id_of(feedback), kind, feedback, &origin));
            }
            let found = news.len() as u64;
            let added = self.keep_all(news).await?;
            self.backfill_came(|progress| {
                progress.found += found;
                progress.added += added;
            })
            .await;
        }
        Ok(())
    }

    async fn backfill_came(&self, change: impl FnOnce(&mut BackfillProgress)) -> BackfillProgress {
        let progress = self.backfilling.change(change);
        self.push(Push::Backfill { progress: progress.clone() }).await;
        progress
    }
}

fn note(progress: &mut BackfillProgress, error: ApiError) {
    progress.trouble.get_or_insert(error);
}
