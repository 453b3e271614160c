//! Webhooks follow the public address: when it changes, every one of ours is pointed at the new one.

use std::{collections::BTreeSet, time::Duration};

use hookbell_core::WebhookId;

use crate::{
    Hookbell,
    api::{ApiError, HealReply, TunnelNewsKind},
    asc::{Move, Pointed},
    engine::Inner,
    ours,
    tunnel::heals,
};

/// The setting with the address that every webhook of ours was last seen at, so that a start at the same address
/// asks App Store Connect nothing.
pub(crate) const IN_PLACE: &str = "webhooksAt";

impl Hookbell {
    /// Points every webhook of ours that is at a former address here, whatever the switch says.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::TunnelDown`], or what kept all of them from being looked at. What could not be moved
    /// is in the reply.
    pub async fn heal_now(&self) -> Result<HealReply, ApiError> {
        let pointed = self.inner.point_here(Move::Them).await?;
        self.inner.tell_pointed(&pointed).await;
        let moved = u32::try_from(pointed.moved.len()).unwrap_or(u32::MAX);
        match pointed.troubles.into_iter().next() {
            Some(error) if moved == 0 && pointed.strays.is_empty() => Err(error),
            _ => Ok(HealReply { moved, strays: ours::stale(&self.inner.store).await? }),
        }
    }
}

/// Follows the address for as long as it is polled.
pub(crate) async fn run(inner: &Inner) {
    let (first, longest) = inner.options.pace.again;
    let (mut wait, mut known) = (None::<Duration>, BTreeSet::new());
    loop {
        let again = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        let retried = tokio::select! {
            () = inner.tunnel.heal.notified() => false,
            () = again => true,
        };
        let mended = inner.follow_address(&mut known).await;
        if let Err(error) = &mended {
            tracing::warn!(%error, "webhooks could not be looked after");
        }
        wait = match mended {
            Ok(true) => None,
            _ if retried => wait.map(|wait| longest.min(wait * 2)),
            _ => Some(first),
        };
    }
}

impl Inner {
    /// Whether every webhook of ours leads here, or is meant to be left alone. `known` has those that were told of
    /// already.
    async fn follow_address(&self, known: &mut BTreeSet<WebhookId>) -> Result<bool, ApiError> {
        let Some(base) = self.public_base() else { return Ok(true) };
        if self.store.setting::<String>(IN_PLACE).await?.as_deref() == Some(base.as_str()) {
            return Ok(true);
        }
        let action = if heals(&self.store).await? { Move::Them } else { Move::Nothing };
        let pointed = self.point_here(action).await?;
        let strays: BTreeSet<_> = pointed.strays.iter().map(|stray| stray.webhook.clone()).collect();
        if !pointed.moved.is_empty() || (action == Move::Them && strays != *known) {
            self.tell_pointed(&pointed).await;
        }
        *known = strays;
        if let Some(error) = pointed.troubles.into_iter().next() {
            return Err(error);
        }
        let in_place = pointed.strays.is_empty();
        if in_place && self.public_base().as_deref() == Some(base.as_str()) {
            self.store.set_setting(IN_PLACE, &base).await?;
        }
        Ok(in_place || action == Move::Nothing)
    }

    async fn tell_pointed(&self, pointed: &Pointed) {
        let count = pointed.moved.len();
        if count > 0 {
            self.report(TunnelNewsKind::Moved, count, format!("Address changed, {} moved at Apple", webhooks(count)))
                .await;
        }
        let failed: Vec<ApiError> =
            pointed.strays.iter().filter_map(|stray| serde_json::from_value(stray.trouble.clone()?).ok()).collect();
        if let Some(first) = failed.first() {
            let sentence = format!("{} not moved: {}", webhooks(failed.len()), first.message);
            self.report(TunnelNewsKind::NotMoved, failed.len(), sentence).await;
        }
    }
}

fn webhooks(count: usize) -> String {
    if count == 1 { "1 webhook".to_owned() } else { format!("{count} webhooks") }
}
