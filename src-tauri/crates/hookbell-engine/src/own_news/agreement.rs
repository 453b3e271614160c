//! News: an agreement is missing, so App Store Connect refuses everything else. Once a week per account.
//!
//! Based on the last read of an account's delivery logs, which happens every few minutes anyway.

use std::collections::BTreeMap;

use hookbell_core::words::OwnNews;
use hookbell_store::{Store, StoreError};
use jiff::{Timestamp, tz::TimeZone};

use super::tell::{Found, Told, fact};
use crate::api::{ApiError, ErrorCode, EventDetails};

pub(super) async fn look(store: &Store, now: Timestamp) -> Result<Found, StoreError> {
    let logs = store.caught_up().await?;
    let refused = logs.iter().filter_map(|log| {
        let trouble: ApiError = serde_json::from_value(log.trouble.clone()?).ok()?;
        (trouble.code == ErrorCode::AgreementMissing).then_some((&log.webhook, trouble))
    });
    let refused: Vec<_> = refused.collect();
    if refused.is_empty() {
        return Ok(Found::default());
    }
    let links = store.apple_webhooks().await?;
    let accounts = store.accounts().await?;
    let mut of_account = BTreeMap::new();
    for (webhook, trouble) in refused {
        let account = links.iter().find(|link| link.webhook == *webhook).and_then(|link| link.account.as_ref());
        if let Some(account) = accounts.iter().find(|known| Some(&known.id) == account) {
            of_account.insert(account.id.clone(), (account.name.clone(), trouble));
        }
    }
    let week = now.to_zoned(TimeZone::UTC).date().iso_week_date();
    let told = of_account.into_iter().map(|(id, (name, trouble))| Told {
        id: format!("hookbell-agreement-missing-{id}-{}-{}", week.year(), week.week()),
        details: EventDetails {
            facts: vec![
                fact("Account", &name),
                fact("App Store Connect", &trouble.message),
                fact("What to do", &trouble.hint),
            ],
            ..EventDetails::default()
        },
        news: OwnNews::AgreementMissing { account: name },
        instance: None,
    });
    Ok(Found { told: told.collect(), due: None })
}
