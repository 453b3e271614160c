//! The checks at App Store Connect: keys, webhooks, and the event types they subscribe to.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use hookbell_asc::api::webhooks::{AscWebhook, Subscription};
use hookbell_core::{AccountId, AppId, EventType};
use hookbell_store::StoredAccount;

use super::{Checkup, bad, count, good, skipped};
use crate::{
    account::{explain, explain_check},
    api::{ApiError, DoctorRemedy, DoctorResult, DoctorStep, DoctorSubject},
    asc::find_webhook,
    ours::{self, Ours},
    text::grouped,
};

/// What App Store Connect says about our accounts and webhooks.
pub(super) struct AtAsc {
    accounts: DoctorStep,
    webhooks: DoctorStep,
    event_types: DoctorStep,
}

impl AtAsc {
    pub(super) fn steps(self) -> [DoctorStep; 3] {
        [self.accounts, self.webhooks, self.event_types]
    }
}

/// One of our webhooks, and its state at App Store Connect.
struct There {
    own: Ours,
    /// `None` if it no longer exists there.
    apple: Option<AscWebhook>,
    /// Whether its payload URL points to this computer.
    here: bool,
}

impl Checkup {
    pub(super) async fn check_asc(&self, keychain: DoctorResult) -> Result<AtAsc, ApiError> {
        use DoctorSubject::{Accounts, EventTypes, Webhooks};

        let accounts = self.context.store.accounts().await?;
        let skip = |why: &str| AtAsc {
            accounts: skipped(Accounts, why),
            webhooks: skipped(Webhooks, why),
            event_types: skipped(EventTypes, why),
        };
        if accounts.is_empty() {
            return Ok(skip("No account added"));
        }
        if keychain == DoctorResult::Bad {
            return Ok(skip("Fix the keychain first"));
        }
        let step = self.accounts_step(&accounts).await;
        if step.result == DoctorResult::Bad {
            let why = "Fix the account’s key first";
            return Ok(AtAsc { accounts: step, ..skip(why) });
        }
        let there = match self.all_there().await {
            Ok(there) => there,
            Err(error) => {
                let webhooks = bad(Webhooks, &error.message, &error.hint, Some(DoctorRemedy::ShowWebhooks));
                return Ok(AtAsc { accounts: step, webhooks, event_types: skipped(EventTypes, "Unknown") });
            }
        };
        Ok(AtAsc { accounts: step, webhooks: webhooks_step(&there), event_types: types_step(&there) })
    }

    async fn accounts_step(&self, accounts: &[StoredAccount]) -> DoctorStep {
        let checked = join_all(accounts.iter().map(async |account| {
            let checked = match self.accounts.access(Some(account.id.as_str())).await {
                Ok(access) => access.client.check().await.map_err(explain_check).map(|_| access),
                Err(error) => Err(error),
            };
            (account, checked)
        }));
        let mut left = None;
        for (account, checked) in checked.await {
            match checked {
                Ok(access) => left = access.client.rate_limit().borrow().hour,
                Err(error) => {
                    let what = format!("“{}”: {}", account.name, error.message);
                    return bad(DoctorSubject::Accounts, &what, &error.hint, Some(DoctorRemedy::ShowAccounts));
                }
            }
        }
        let works = match accounts.len() {
            1 => "The key works".to_owned(),
            many => format!("All {many} keys work"),
        };
        let calls = left.map(|limit| {
            format!(", {} of {} API requests left", grouped(limit.remaining.into()), grouped(limit.limit.into()))
        });
        good(DoctorSubject::Accounts, format!("{works}{}", calls.unwrap_or_default()))
    }

    /// All our webhooks as App Store Connect has them, app by app.
    async fn all_there(&self) -> Result<Vec<There>, ApiError> {
        let ours = ours::list(&self.context.store).await?;
        let place = |own: &Ours| Some((own.link.account.clone()?, own.link.app.clone()));
        let places: BTreeSet<(AccountId, AppId)> =
            ours.iter().filter(|own| own.link.apple.is_some()).filter_map(place).collect();
        let mut all = Vec::new();
        for (account, app) in places {
            let access = self.accounts.access(Some(account.as_str())).await?;
            let listed = access.client.webhooks().of_app(&app).all().await.map_err(explain)?;
            let base = self.asc_webhooks.own_base(&access.client).await.ok();
            let of_app = |own: &&Ours| {
                own.link.apple.is_some() && own.link.app == app && own.link.account.as_ref() == Some(&account)
            };
            for own in ours.iter().filter(of_app) {
                let listed = listed.iter().find(|apple| own.link.apple.as_ref() == Some(&apple.id)).cloned();
                let apple = match (listed, &own.link.apple) {
                    (None, Some(id)) => find_webhook(&access.client, id).await.map_err(explain)?,
                    (listed, _) => listed,
                };
                let url = apple.as_ref().and_then(|apple| apple.url.as_deref()).unwrap_or_default();
                let here = base.as_ref().is_none_or(|base| url == format!("{base}/hooks/{}", own.row.token));
                all.push(There { own: own.clone(), apple, here });
            }
        }
        Ok(all)
    }
}

fn webhooks_step(there: &[There]) -> DoctorStep {
    use DoctorSubject::Webhooks;

    let show = Some(DoctorRemedy::ShowWebhooks);
    let name = |one: &There| one.own.row.name.clone();
    if there.is_empty() {
        return skipped(Webhooks, "No webhooks of an account send here");
    }
    if let Some(gone) = there.iter().find(|one| one.apple.is_none()) {
        let what = format!("“{}” is no longer in App Store Connect", name(gone));
        return bad(Webhooks, &what, "remove it from Hookbell, or create it again", show);
    }
    let astray: Vec<_> = there.iter().filter(|one| !one.here).collect();
    match astray.as_slice() {
        [] => {}
        [one] => {
            let what = format!("“{}” sends to a different address", name(one));
            return bad(Webhooks, &what, "update it", Some(DoctorRemedy::PointHere));
        }
        [one, ..] => {
            let others = astray.len() - 1;
            let what = format!("“{}” and {others} more send to different addresses", name(one));
            return bad(Webhooks, &what, "update them", Some(DoctorRemedy::PointHere));
        }
    }
    let is_off = |one: &&There| one.apple.as_ref().is_some_and(|apple| apple.enabled == Some(false));
    if let Some(off) = there.iter().find(is_off) {
        return bad(Webhooks, &format!("“{}” is disabled", name(off)), "enable it", show);
    }
    good(Webhooks, format!("{} enabled and sending here", count(there.len(), "webhook", "webhooks")))
}

/// A missing subscription may be intentional, so the step passes all the same.
fn types_step(there: &[There]) -> DoctorStep {
    let asked: BTreeSet<&str> = there
        .iter()
        .filter_map(|one| one.apple.as_ref()?.event_types.as_ref())
        .flat_map(|types| types.iter().map(Subscription::as_str))
        .collect();
    if there.is_empty() {
        return skipped(DoctorSubject::EventTypes, "No webhooks yet");
    }
    let known: Vec<_> = EventType::all().filter_map(EventType::subscription_name).collect();
    let missing = known.iter().filter(|name| !asked.contains(*name)).count();
    match missing {
        0 => good(DoctorSubject::EventTypes, format!("Subscribed to all {} event types", known.len())),
        missing => {
            let some = known.len() - missing;
            good(DoctorSubject::EventTypes, format!("Subscribed to {some} of {} event types", known.len()))
        }
    }
}
