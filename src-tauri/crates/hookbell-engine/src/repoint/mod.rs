//! Repoints our webhooks to the new public address when it changes.

mod stale;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use hookbell_core::WebhookId;

use self::stale::{Action, Repointed};

use crate::{
    account::Accounts,
    api::{ApiError, RepointReply, TunnelNewsKind},
    asc::{AscWebhooks, IN_PLACE_SETTING},
    context::Context,
    news::{News, heard},
    ours,
    tunnel::{self, heals},
};

/// The room that keeps our webhooks pointed at the tunnel's address.
#[derive(Debug)]
pub struct Repointing {
    context: Context,
    accounts: Arc<Accounts>,
    webhooks: Arc<AscWebhooks>,
}

impl Repointing {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>, webhooks: Arc<AscWebhooks>) -> Self {
        Self { context, accounts, webhooks }
    }

    /// Repoints all stale webhooks, regardless of the setting.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::TunnelDown`], or an error that prevented checking any of them. The reply lists those
    /// that couldn't be repointed.
    pub async fn repoint_now(&self) -> Result<RepointReply, ApiError> {
        let repointed = self.repoint_all(Action::Repoint).await?;
        self.report(&repointed).await;
        let moved = u32::try_from(repointed.moved.len()).unwrap_or(u32::MAX);
        match repointed.troubles.into_iter().next() {
            Some(error) if moved == 0 && repointed.stale.is_empty() => Err(error),
            _ => Ok(RepointReply { moved, strays: ours::stale(&self.context.store).await? }),
        }
    }

    /// Follows the address while this future is polled.
    pub(crate) async fn run(&self) {
        let (first, longest) = self.context.options.pace.again;
        let mut news = self.context.news.subscribe();
        let (mut wait, mut retried, mut known) = (None::<Duration>, false, BTreeSet::new());
        loop {
            let followed = self.follow_address(&mut known).await;
            if let Err(error) = &followed {
                tracing::warn!(%error, "webhooks could not be repointed");
            }
            wait = match followed {
                Ok(true) => None,
                _ if retried => wait.map(|wait| longest.min(wait * 2)),
                _ => Some(first),
            };
            let again = async {
                match wait {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            retried = tokio::select! {
                () = heard(&mut news, &[News::TunnelUp, News::RepointingChosen]) => false,
                () = again => true,
            };
        }
    }

    /// Whether all our webhooks point here, or are to be left alone. `known` contains the stale ones already
    /// reported.
    async fn follow_address(&self, known: &mut BTreeSet<WebhookId>) -> Result<bool, ApiError> {
        let Some(base) = tunnel::public_base(&self.context) else { return Ok(true) };
        if self.context.store.setting::<String>(IN_PLACE_SETTING).await?.as_deref() == Some(base.as_str()) {
            return Ok(true);
        }
        let action = if heals(&self.context.store).await? { Action::Repoint } else { Action::Find };
        let repointed = self.repoint_all(action).await?;
        let stale: BTreeSet<_> = repointed.stale.iter().map(|stale| stale.webhook.clone()).collect();
        if !repointed.moved.is_empty() || (action == Action::Repoint && stale != *known) {
            self.report(&repointed).await;
        }
        *known = stale;
        if let Some(error) = repointed.troubles.into_iter().next() {
            return Err(error);
        }
        let in_place = repointed.stale.is_empty();
        if in_place && tunnel::public_base(&self.context).as_deref() == Some(base.as_str()) {
            self.context.store.set_setting(IN_PLACE_SETTING, &base).await?;
        }
        Ok(in_place || action == Action::Find)
    }

    async fn report(&self, repointed: &Repointed) {
        let count = repointed.moved.len();
        if count > 0 {
            tunnel::report(
                &self.context,
                TunnelNewsKind::Moved,
                count,
                format!("Address changed, {} updated in App Store Connect", webhooks(count)),
            )
            .await;
        }
        let failed: Vec<ApiError> =
            repointed.stale.iter().filter_map(|stray| serde_json::from_value(stray.trouble.clone()?).ok()).collect();
        if let Some(first) = failed.first() {
            let sentence = format!("{} not updated: {}", webhooks(failed.len()), first.message);
            tunnel::report(&self.context, TunnelNewsKind::NotMoved, failed.len(), sentence).await;
        }
    }
}

fn webhooks(count: usize) -> String {
    if count == 1 { "1 webhook".to_owned() } else { format!("{count} webhooks") }
}
