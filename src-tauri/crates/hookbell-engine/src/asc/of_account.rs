//! All webhooks of an account: apps are read concurrently, and each list is pushed as it arrives.
//!
//! Hundreds of apps need as many requests. Reading stops before it uses up the hourly limit that the person at the
//! window needs, and when the next request would fail for the same reason as the last one.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt, stream};
use hookbell_asc::api::webhooks::AscWebhook;
use jiff::{SignedDuration, Timestamp};

use super::{AscWebhooks, MAX_CONCURRENT_REQUESTS, last_seen, of_app::app_webhooks};
use crate::{
    account::Access,
    api::{AccountWebhooksRequest, ApiError, App, AppWebhook, AppWebhooks, ErrorCode, Push},
};

/// This fraction of the hourly limit is reserved for what a person asks for.
const RESERVED_DIVISOR: u32 = 10;

/// Older information about the limit is out of date.
const LIMIT_WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// After this many unreachable apps, we assume that the others are unreachable too.
const MAX_UNREACHABLE_APPS: usize = 3;

/// For at most this many webhooks, deliveries are read although nobody is looking at them. Each costs a request.
const MAX_LOGS: usize = 100;

/// An app's position in the list, and its webhooks.
type Read = (usize, App, Result<Vec<(AscWebhook, AppWebhook)>, ApiError>);

impl AscWebhooks {
    /// The webhooks of all apps of an account. Apps are read concurrently; each list is also pushed as it arrives. If
    /// there aren't too many, their deliveries are read as well, and the lists pushed again.
    ///
    /// # Errors
    /// As [`AscWebhooks::of_app`]; errors of a single app are in its list. Anything that prevents reading the rest is
    /// an error, such as [`ErrorCode::RateLimited`]; what was read so far was pushed and is stored.
    pub async fn of_account(&self, request: AccountWebhooksRequest) -> Result<Vec<AppWebhooks>, ApiError> {
        let access = self.accounts.access(request.account.as_deref()).await?;
        let apps = self.apps.all(&access, false).await?;
        let patience = Patience::default();
        let each = stream::iter(apps.iter().cloned().enumerate())
            .map(async |(at, app)| self.read_in_turn(&access, &patience, at, app).await);
        let read: Vec<Option<Read>> = each.buffer_unordered(MAX_CONCURRENT_REQUESTS).collect().await;
        let mut read: Vec<Read> = read.into_iter().flatten().collect();
        read.sort_by_key(|(at, ..)| *at);

        let read_at = self.context.clock.now();
        let webhooks = read.iter().filter_map(|(.., read)| Some(read.as_ref().ok()?.len())).sum();
        let wanted = patience.lost().is_none() && webhooks <= MAX_LOGS;
        let lists = match wanted && self.spare(&access, webhooks) {
            true => self.with_logs(&access, read, read_at).await,
            false => read.into_iter().map(|(_, app, read)| list_or_trouble(&access, app, read, read_at)).collect(),
        };
        last_seen::keep_webhooks(&self.context.store, &access, &lists, read_at).await;
        patience.lost().map_or(Ok(lists), Err)
    }
}

fn list_or_trouble(
    access: &Access,
    app: App,
    read: Result<Vec<(AscWebhook, AppWebhook)>, ApiError>,
    read_at: Timestamp,
) -> AppWebhooks {
    match read {
        Ok(read) => app_webhooks(access, app, read.into_iter().map(|(_, webhook)| webhook).collect(), read_at),
        Err(error) => {
            AppWebhooks { trouble: Some(error), read_at: None, ..app_webhooks(access, app, Vec::new(), read_at) }
        }
    }
}

/// Tracks whether it is worth reading on.
#[derive(Debug, Default)]
struct Patience {
    lost: Mutex<Option<ApiError>>,
    unreachable: AtomicUsize,
}

impl Patience {
    /// Why we gave up, if we did.
    fn lost(&self) -> Option<ApiError> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lose(&self, why: ApiError) {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    }

    /// Records that an app couldn't be read.
    fn try_with(&self, error: &ApiError) {
        let last = match error.code {
            ErrorCode::NotFound | ErrorCode::AppleRefused | ErrorCode::InvalidInput => false,
            ErrorCode::AppleUnreachable => self.unreachable.fetch_add(1, Ordering::Relaxed) + 1 >= MAX_UNREACHABLE_APPS,
            _ => true,
        };
        if last {
            self.lose(error.clone());
        }
    }
}

impl AscWebhooks {
    /// Reads one app's webhooks and pushes them at once. `None` if it isn't worth reading on.
    async fn read_in_turn(&self, access: &Access, patience: &Patience, at: usize, app: App) -> Option<Read> {
        if patience.lost().is_some() {
            return None;
        }
        if !self.spare(access, 1) {
            patience.lose(nearly_used_up());
            return None;
        }
        let read = self.read_webhooks(access, &app).await;
        if let Err(error) = &read {
            patience.try_with(error);
        }
        self.push_webhooks(list_or_trouble(access, app.clone(), read.clone(), self.context.clock.now())).await;
        Some((at, app, read))
    }

    /// Adds how the deliveries went, and pushes each app's webhooks again once they are all known.
    async fn with_logs(&self, access: &Access, read: Vec<Read>, read_at: Timestamp) -> Vec<AppWebhooks> {
        let each = stream::iter(read).map(async |(_, app, read)| {
            let mut read = read;
            for (asc, webhook) in read.iter_mut().flatten() {
                // If this fails, it stays unknown until somebody opens the webhook.
                if let Ok(health) = self.health(access, asc, &app).await {
                    (webhook.last, webhook.failed) = (health.last, Some(health.failed));
                }
            }
            let list = list_or_trouble(access, app, read, read_at);
            if !list.webhooks.is_empty() {
                self.push_webhooks(list.clone()).await;
            }
            list
        });
        each.buffered(MAX_CONCURRENT_REQUESTS).collect().await
    }

    async fn push_webhooks(&self, list: AppWebhooks) {
        self.context.push(Push::AppWebhooks { webhooks: Box::new(list) }).await;
    }

    /// Whether this many more requests leave enough of the hourly limit.
    fn spare(&self, access: &Access, requests: usize) -> bool {
        let Some(limit) = access.client.rate_limit().borrow().hour else { return true };
        // App Store Connect's last count doesn't include the requests in flight.
        let requests = u32::try_from(requests.saturating_add(MAX_CONCURRENT_REQUESTS)).unwrap_or(u32::MAX);
        let outdated = self.context.clock.now().duration_since(limit.at) > LIMIT_WINDOW;
        outdated || limit.remaining >= requests.saturating_add(limit.limit / RESERVED_DIVISOR)
    }
}

fn nearly_used_up() -> ApiError {
    ApiError::new(
        ErrorCode::RateLimited,
        "this API key has nearly used its hourly limit; the rest is reserved for what you do yourself",
        "open an app to read its webhooks now, or refresh later",
    )
}
