//! Finds and repoints stale webhooks: those of ours that point to a former address.
//!
//! A webhook is ours if it was made or adopted here. Its payload URL is ours if it is an address at which this data
//! directory was once reached, followed by the webhook's own path. If somebody pointed a webhook elsewhere, in App
//! Store Connect or from another program, it stays as it is.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use hookbell_asc::api::webhooks::WebhookChange;
use hookbell_core::{AccountId, AppId};
use hookbell_store::Stray;

use super::Repointing;
use crate::{
    account::{Access, explain},
    api::ApiError,
    ours::{self, Ours},
};

/// What to do with stale webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Repoint,
    /// Only record them.
    Find,
}

/// The result of repointing all our webhooks.
#[derive(Debug, Default)]
pub(super) struct Repointed {
    /// The names of the repointed ones.
    pub(super) moved: Vec<String>,
    /// Those that still point to a former address.
    pub(super) stale: Vec<Stray>,
    /// Why some couldn't even be checked.
    pub(super) troubles: Vec<ApiError>,
}

/// A webhook that points to a former address.
struct Stale {
    own: Ours,
    url: String,
    wanted: String,
}

/// The result of repointing one webhook.
enum Outcome {
    Moved,
    /// It no longer points to the former address.
    Elsewhere,
}

/// How many apps or webhooks are read concurrently. More would only burn through the hourly limit.
const MAX_CONCURRENT_REQUESTS: usize = 12;

impl Repointing {
    /// Finds the stale ones among our webhooks that are managed through an account, and repoints them.
    pub(super) async fn repoint_all(&self, action: Action) -> Result<Repointed, ApiError> {
        let ours = ours::list(&self.context.store).await?;
        let managed = |own: &Ours| Some((own.link.account.clone()?, own.link.app.clone()));
        let places: BTreeSet<(AccountId, AppId)> =
            ours.iter().filter(|own| own.link.apple.is_some()).filter_map(managed).collect();
        let bases = self.context.store.payload_bases().await?;
        let mut repointed = Repointed::default();
        let checked = stream::iter(places).map(async |(account, app)| {
            let access = self.accounts.access(Some(account.as_str())).await?;
            let stale = self.stale(&access, &app, &ours, &bases).await?;
            Ok::<_, ApiError>((access, stale))
        });
        let mut checked = std::pin::pin!(checked.buffer_unordered(MAX_CONCURRENT_REQUESTS));
        let mut all = Vec::new();
        while let Some(found) = checked.next().await {
            match found {
                Ok((access, stale)) => all.extend(stale.into_iter().map(|stale| (access.clone(), stale))),
                Err(error) => repointed.troubles.push(error),
            }
        }
        let now = self.context.clock.now();
        // A person's change happens either before or after, never in between.
        let _turn = match action {
            Action::Repoint => Some(self.webhooks.change_nothing().await),
            Action::Find => None,
        };
        let repoints = stream::iter(all).map(async |(access, stale)| {
            let tried = match action {
                Action::Repoint => Some(self.repoint(&access, &stale).await),
                Action::Find => None,
            };
            (stale, tried)
        });
        let mut repoints = std::pin::pin!(repoints.buffer_unordered(MAX_CONCURRENT_REQUESTS));
        while let Some((stale, tried)) = repoints.next().await {
            let trouble = match tried {
                Some(Ok(Outcome::Moved)) => {
                    repointed.moved.push(stale.own.row.name);
                    continue;
                }
                Some(Ok(Outcome::Elsewhere)) => continue,
                Some(Err(error)) => serde_json::to_value(error).ok(),
                None => None,
            };
            repointed.stale.push(Stray { webhook: stale.own.row.id, url: stale.url, trouble, at: now });
        }
        if repointed.troubles.is_empty() {
            self.context.store.set_strays(repointed.stale.clone()).await?;
        }
        Ok(repointed)
    }

    /// Our webhooks in an app that point to a former address.
    async fn stale(
        &self,
        access: &Access,
        app: &AppId,
        ours: &[Ours],
        bases: &[String],
    ) -> Result<Vec<Stale>, ApiError> {
        let here = self.webhooks.own_base(&access.client).await?;
        let there = access.client.webhooks().of_app(app).all().await.map_err(explain)?;
        let stale = there.into_iter().filter_map(|apple| {
            let own = ours.iter().find(|own| own.link.apple.as_ref() == Some(&apple.id))?;
            let url = apple.url?;
            let path = format!("/hooks/{}", own.row.token);
            let base = url.strip_suffix(path.as_str())?;
            let former = base != here && bases.iter().any(|known| known == base);
            former.then(|| Stale { own: own.clone(), wanted: format!("{here}{path}"), url: url.clone() })
        });
        Ok(stale.collect())
    }

    async fn repoint(&self, access: &Access, stale: &Stale) -> Result<Outcome, ApiError> {
        let id = stale.own.link.apple.as_ref().ok_or_else(|| ApiError::not_found("webhook"))?;
        // Somebody may have changed it since the list was read. If it isn't found, that is reported and it is checked
        // again: the next list omits it if it was deleted.
        match access.client.webhooks().get(id).await {
            Ok(apple) if apple.url.as_deref() == Some(stale.url.as_str()) => {}
            Ok(_) => return Ok(Outcome::Elsewhere),
            Err(error) => return Err(explain(error)),
        }
        let change = WebhookChange { url: Some(stale.wanted.clone()), ..WebhookChange::default() };
        let changed = self.webhooks.patch(access, id, &change).await.map_err(|why| why.without_secret())?;
        // The path is what keeps strangers out, so log only the address.
        let address = |url: &str| url.split("/hooks/").next().unwrap_or_default().to_owned();
        let (from, to) = (address(&stale.url), address(&stale.wanted));
        tracing::info!(webhook = %id, from, to, "a webhook was moved at App Store Connect");
        if changed.url.as_deref().is_some_and(|url| url != stale.wanted) {
            tracing::warn!(webhook = %id, "App Store Connect has another payload URL than it was given");
        }
        Ok(Outcome::Moved)
    }
}
