//! Which webhooks of ours point to a former address, and pointing them here.
//!
//! A webhook is ours if it was made or taken over here, and its payload URL is one of ours if it is an address that
//! this data directory was once reached at, followed by the webhook's own path. What somebody pointed elsewhere by
//! hand, in App Store Connect or from another program, stays as it is.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use hookbell_asc::api::webhooks::WebhookChange;
use hookbell_core::{AccountId, AppId};
use hookbell_store::Stray;

use super::SIDE_BY_SIDE;
use crate::{
    account::{Access, explain},
    api::ApiError,
    engine::Inner,
    ours::{self, Ours},
};

/// Whether strays are moved, or only found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    Them,
    Nothing,
}

/// What became of looking after all webhooks of ours.
#[derive(Debug, Default)]
pub(crate) struct Pointed {
    /// The names of those that were moved.
    pub(crate) moved: Vec<String>,
    /// Those that still point to a former address.
    pub(crate) strays: Vec<Stray>,
    /// Why some could not even be looked at.
    pub(crate) troubles: Vec<ApiError>,
}

/// A webhook that points to a former address.
struct Lost {
    own: Ours,
    url: String,
    wanted: String,
}

/// What became of pointing one here.
enum Repointed {
    Moved,
    /// It does not point to the former address any more.
    Elsewhere,
}

impl Inner {
    /// Looks after every webhook of ours that is managed through an account.
    pub(crate) async fn point_here(&self, action: Move) -> Result<Pointed, ApiError> {
        let ours = ours::list(&self.store).await?;
        let managed = |own: &Ours| Some((own.link.account.clone()?, own.link.app.clone()));
        let places: BTreeSet<(AccountId, AppId)> =
            ours.iter().filter(|own| own.link.apple.is_some()).filter_map(managed).collect();
        let bases = self.store.payload_bases().await?;
        let mut pointed = Pointed::default();
        let looked = stream::iter(places).map(async |(account, app)| {
            let access = self.accounts.access(Some(account.as_str())).await?;
            let lost = self.lost(&access, &app, &ours, &bases).await?;
            Ok::<_, ApiError>((access, lost))
        });
        let mut looked = std::pin::pin!(looked.buffer_unordered(SIDE_BY_SIDE));
        let mut all = Vec::new();
        while let Some(found) = looked.next().await {
            match found {
                Ok((access, lost)) => all.extend(lost.into_iter().map(|lost| (access.clone(), lost))),
                Err(error) => pointed.troubles.push(error),
            }
        }
        let now = self.clock.now();
        // What a person changes meanwhile comes before or after, never in between.
        let _turn = match action {
            Move::Them => Some(self.changing.lock().await),
            Move::Nothing => None,
        };
        let mended = stream::iter(all).map(async |(access, lost)| {
            let tried = match action {
                Move::Them => Some(self.repoint(&access, &lost).await),
                Move::Nothing => None,
            };
            (lost, tried)
        });
        let mut mended = std::pin::pin!(mended.buffer_unordered(SIDE_BY_SIDE));
        while let Some((lost, tried)) = mended.next().await {
            let trouble = match tried {
                Some(Ok(Repointed::Moved)) => {
                    pointed.moved.push(lost.own.row.name);
                    continue;
                }
                Some(Ok(Repointed::Elsewhere)) => continue,
                Some(Err(error)) => serde_json::to_value(error).ok(),
                None => None,
            };
            pointed.strays.push(Stray { webhook: lost.own.row.id, url: lost.url, trouble, at: now });
        }
        if pointed.troubles.is_empty() {
            self.store.set_strays(pointed.strays.clone()).await?;
        }
        Ok(pointed)
    }

    /// The webhooks of ours in an app that point to a former address.
    async fn lost(&self, access: &Access, app: &AppId, ours: &[Ours], bases: &[String]) -> Result<Vec<Lost>, ApiError> {
        let here = self.own_base(&access.client).await?;
        let there = access.client.webhooks().of_app(app).all().await.map_err(explain)?;
        let lost = there.into_iter().filter_map(|apple| {
            let own = ours.iter().find(|own| own.link.apple.as_ref() == Some(&apple.id))?;
            let url = apple.url?;
            let path = format!("/hooks/{}", own.row.token);
            let base = url.strip_suffix(path.as_str())?;
            let former = base != here && bases.iter().any(|known| known == base);
            former.then(|| Lost { own: own.clone(), wanted: format!("{here}{path}"), url: url.clone() })
        });
        Ok(lost.collect())
    }

    async fn repoint(&self, access: &Access, lost: &Lost) -> Result<Repointed, ApiError> {
        let id = lost.own.link.apple.as_ref().ok_or_else(|| ApiError::not_found("webhook"))?;
        // Since the list was read, somebody may have changed it. One that is not found has a trouble and is looked
        // for again: the next list leaves it out if it was deleted.
        match access.client.webhooks().get(id).await {
            Ok(apple) if apple.url.as_deref() == Some(lost.url.as_str()) => {}
            Ok(_) => return Ok(Repointed::Elsewhere),
            Err(error) => return Err(explain(error)),
        }
        let change = WebhookChange { url: Some(lost.wanted.clone()), ..WebhookChange::default() };
        let changed = self.patch(access, id, &change).await.map_err(|why| why.without_secret())?;
        // The path is what keeps strangers out, so the log has the address alone.
        let address = |url: &str| url.split("/hooks/").next().unwrap_or_default().to_owned();
        let (from, to) = (address(&lost.url), address(&lost.wanted));
        tracing::info!(webhook = %id, from, to, "a webhook was moved at App Store Connect");
        if changed.url.as_deref().is_some_and(|url| url != lost.wanted) {
            tracing::warn!(webhook = %id, "App Store Connect has another payload URL than it was given");
        }
        Ok(Repointed::Moved)
    }
}
