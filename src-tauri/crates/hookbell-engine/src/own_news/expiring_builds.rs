//! News: a build expires in 14 days, in 7 days, tomorrow. Only each app's newest build per platform, because testers
//! use no other.
//!
//! The dates come from the details of stored events. Before reporting, App Store Connect is asked again, because a
//! build may have been removed or expired by hand. If it can't be asked, the stored date is used.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_core::{AccountId, BuildId, EventFilter, EventPlace, EventType, Instance, WebhookId, words::OwnNews};
use hookbell_store::{EventQuery, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact, known, untold};
use crate::{
    account::Accounts,
    api::{BuildExpiry, EventDetails},
    context::Context,
    enrich,
};

/// How many days before the end to report, earliest first.
const DAYS_BEFORE: [i64; 3] = [14, 7, 1];

/// A build can be tested for 90 days, so builds in older events have expired.
const DAYS_OF_A_BUILD: u32 = 91;

const EVENTS_PER_PAGE: u32 = 200;

/// The newest builds are among the newest events; we read no more pages than this.
const MAX_PAGES: usize = 10;

const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug)]
pub(super) struct ExpiringBuilds {
    context: Context,
    accounts: Arc<Accounts>,
    /// App Store Connect's answers: until when a build can be used, `None` if it is gone. Refreshed before each
    /// report, and never just because somebody is looking.
    answered: Mutex<HashMap<String, Option<Timestamp>>>,
}

/// A build, and when it expires.
#[derive(Debug, Clone)]
struct Expiring {
    build: String,
    at: Timestamp,
    webhook: WebhookId,
    details: EventDetails,
}

/// App Store Connect's answer about a build.
enum Answer {
    Until(Timestamp),
    Gone,
    Unknown,
}

impl ExpiringBuilds {
    pub(super) fn new(context: Context, accounts: Arc<Accounts>) -> Self {
        Self { context, accounts, answered: Mutex::default() }
    }

    pub(super) async fn look(&self, now: Timestamp) -> Result<Found, StoreError> {
        let mut found = Found::default();
        for stored in self.newest(now).await? {
            let answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner).get(&stored.build).copied();
            let Some(at) = answered.unwrap_or(Some(stored.at)) else { continue };
            let build = Expiring { at, ..stored };
            let (told, due) = build.news(now);
            found.wake_at(due);
            let Some(told) = told else { continue };
            if untold(&self.context.store, std::slice::from_ref(&told)).await?.is_empty() {
                continue;
            }
            let until = match self.ask(&build).await {
                Answer::Unknown => {
                    found.told.push(told);
                    continue;
                }
                Answer::Gone => None,
                Answer::Until(at) => Some(at),
            };
            self.answered.lock().unwrap_or_else(PoisonError::into_inner).insert(build.build.clone(), until);
            if let Some(at) = until {
                let (told, due) = Expiring { at, ..build }.news(now);
                found.told.extend(told);
                found.wake_at(due);
            }
        }
        Ok(found)
    }

    /// Each app's newest build per platform, from the events of the last three months.
    async fn newest(&self, now: Timestamp) -> Result<Vec<Expiring>, StoreError> {
        let filter = EventFilter {
            place: EventPlace::Everywhere,
            event_type: vec![EventType::BuildBetaDetailExternalBuildStateUpdated],
            days: Some(DAYS_OF_A_BUILD),
            ..EventFilter::default()
        };
        let mut newest: BTreeMap<(String, Option<String>), Expiring> = BTreeMap::new();
        let mut before = None;
        for _ in 0..MAX_PAGES {
            let query = EventQuery { filter: filter.clone(), now, before, limit: EVENTS_PER_PAGE };
            let page = self.context.store.page(query).await?;
            for event in page.events {
                let Some(details) = enrich::details(&event) else { continue };
                let Some(BuildExpiry { build, at }) = details.expiry.clone() else { continue };
                let Ok(at) = at.parse() else { continue };
                let app = details.app.as_ref().map_or_else(|| event.webhook.to_string(), |app| app.id.clone());
                let key = (app, details.platform.clone());
                if newest.get(&key).is_none_or(|known| known.at < at) {
                    newest.insert(key, Expiring { build, at, webhook: event.webhook, details });
                }
            }
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        Ok(newest.into_values().collect())
    }

    async fn ask(&self, build: &Expiring) -> Answer {
        let Ok(id) = BuildId::new(build.build.as_str()) else { return Answer::Unknown };
        let webhook = self.context.store.apple_webhook(&build.webhook).await;
        let account = webhook.ok().flatten().and_then(|link| link.account);
        let Ok(access) = self.accounts.access(account.as_ref().map(AccountId::as_str)).await else {
            return Answer::Unknown;
        };
        match access.client.builds().get(&id).await {
            Ok(read) if read.expired == Some(true) => Answer::Gone,
            Ok(read) => read.expiration_date.map_or(Answer::Unknown, Answer::Until),
            Err(error) if error.is_not_found() => Answer::Gone,
            Err(error) => {
                tracing::info!(%error, "a build could not be read again before its expiry");
                Answer::Unknown
            }
        }
    }
}

impl Expiring {
    /// What to report about it now, and when to report next.
    fn news(&self, now: Timestamp) -> (Option<Told>, Option<Timestamp>) {
        if now >= self.at {
            return (None, None);
        }
        let mark =
            |days: i64| self.at.saturating_sub(ONE_DAY * i32::try_from(days).unwrap_or(1)).unwrap_or(Timestamp::MIN);
        let due = DAYS_BEFORE.into_iter().map(mark).find(|at| *at > now);
        let passed = DAYS_BEFORE.into_iter().rfind(|days| mark(*days) <= now);
        (passed.map(|mark| self.told(mark, now)), due)
    }

    fn told(&self, mark: i64, now: Timestamp) -> Told {
        let hours = now.duration_until(self.at).as_hours();
        let zone = jiff::tz::TimeZone::system();
        let on = self.at.to_zoned(zone);
        Told {
            id: format!("hookbell-build-expires-{}-{mark}", self.build),
            news: OwnNews::BuildExpiresSoon {
                build: known(&self.details),
                days: (hours + 23) / 24,
                on: on.strftime("%-d %B").to_string(),
            },
            instance: Some(Instance { kind: "builds".to_owned(), id: self.build.clone() }),
            details: EventDetails {
                facts: vec![fact("Expires", on.strftime("%-d %B %Y, %H:%M").to_string())],
                state: None,
                internal_state: None,
                trouble: None,
                ..self.details.clone()
            },
        }
    }
}
