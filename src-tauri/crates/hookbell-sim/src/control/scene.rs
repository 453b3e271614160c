//! Sets up scenarios: older deliveries, other keys, expired pictures.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{error::ControlError, gate::Gate, keys::Role, links::PictureSigner, world::World};

/// Makes deliveries older. The body of `POST /sim/backdate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Backdate {
    /// The shift in seconds.
    pub seconds: i64,
    /// Only this delivery.
    pub delivery_id: Option<String>,
    /// Only deliveries of this webhook.
    pub webhook_id: Option<String>,
}

/// Changes an API key. The body of `POST /sim/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeKey {
    /// The key.
    pub key_id: String,
    /// Its new role.
    #[serde(default)]
    pub role: Option<Role>,
    /// Whether its tokens are refused from now on.
    #[serde(default)]
    pub revoked: Option<bool>,
}

/// Moves deliveries and their events into the past, and returns how many.
pub(crate) fn backdate(world: &mut World, backdate: &Backdate) -> Result<usize, ControlError> {
    if let Some(id) = backdate.delivery_id.as_ref().filter(|id| !world.deliveries.contains_key(*id)) {
        return Err(ControlError::Delivery(id.clone()));
    }
    if let Some(id) = backdate.webhook_id.as_ref().filter(|id| !world.webhooks.contains_key(*id)) {
        return Err(ControlError::Webhook(id.clone()));
    }
    let by = SignedDuration::from_secs(backdate.seconds);
    let earlier = |time: Timestamp| time.saturating_sub(by).unwrap_or(Timestamp::MIN);
    let meant = |wanted: &Option<String>, id: &str| wanted.as_deref().is_none_or(|wanted| wanted == id);
    let mut moved = 0;
    for delivery in world.deliveries.values_mut() {
        if !meant(&backdate.delivery_id, &delivery.id) || !meant(&backdate.webhook_id, &delivery.webhook) {
            continue;
        }
        delivery.created = earlier(delivery.created);
        delivery.sent = delivery.sent.map(earlier);
        if let Some(event) = world.events.get_mut(&delivery.event).filter(|_| !delivery.redelivery) {
            event.created = earlier(event.created);
        }
        moved += 1;
    }
    Ok(moved)
}

/// Changes a key's permissions.
pub(crate) fn change_key(world: &mut World, change: &ChangeKey) -> Result<(), ControlError> {
    let key = world.keys.find_mut(&change.key_id).ok_or_else(|| ControlError::Key(change.key_id.clone()))?;
    key.role = change.role.unwrap_or(key.role);
    key.revoked = change.revoked.unwrap_or(key.revoked);
    Ok(())
}

/// Expires every picture URL issued so far.
pub(crate) fn expire_pictures(gate: &mut Gate) {
    gate.rules.pictures = PictureSigner::fresh();
}
