//! `webhookPings`: a test of a webhook, independent of its subscriptions.

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    refusal::Refusal,
};
use crate::{sender, world::Resource};

pub(crate) static OPERATIONS: &[Operation] =
    &[Operation::post("webhookPingsCreateInstance", "/v1/webhookPings", &kinds::WEBHOOK_PINGS, create).for_managers()];

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::WEBHOOK_PINGS, call.body)?;
    let webhook = entity.related("webhook", &kinds::WEBHOOKS);
    entity.verdict()?;
    let webhook = webhook.unwrap_or_default();
    let webhook = call.world.webhooks.get(&webhook).ok_or_else(|| Refusal::not_found("webhooks", &webhook))?.clone();

    let ping = Resource::new(kinds::WEBHOOK_PINGS.name, uuid::Uuid::new_v4().to_string());
    let event = sender::ping(call.links.now);
    let attempt = sender::attempt(call.world, &webhook, event, call.links.now);
    Ok(Answer::created(document::one(call, &ping)).sending(vec![attempt]))
}
