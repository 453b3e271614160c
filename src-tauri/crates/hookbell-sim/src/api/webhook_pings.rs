//! `webhookPings`: a test of a webhook, sent whatever it subscribes to.

use axum::http::Method;

use super::{
    document,
    entity::Entity,
    kind::Kind,
    operation::{Access, Answer, Call, Operation},
    query::Query,
    refusal::Refusal,
    webhooks,
};
use crate::{sender, world::Resource};

static KIND: Kind = Kind { name: "webhookPings", attributes: &[], relationships: &[], shown: None };

pub(crate) static OPERATIONS: &[Operation] = &[Operation {
    id: "webhookPingsCreateInstance",
    method: Method::POST,
    path: "/v1/webhookPings",
    kind: &KIND,
    access: Access::Managers,
    query: Query::NONE,
    answer: create,
}];

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&KIND, call.body)?;
    let webhook = entity.related("webhook", &webhooks::KIND);
    entity.verdict()?;
    let webhook = webhook.unwrap_or_default();
    let webhook = call.world.webhooks.get(&webhook).ok_or_else(|| Refusal::not_found("webhooks", &webhook))?.clone();

    let ping = Resource::new(KIND.name, uuid::Uuid::new_v4().to_string());
    let event = sender::ping(call.links.now);
    let attempt = sender::attempt(call.world, &webhook, event, call.links.now);
    Ok(Answer::created(document::one(call, &ping)).sending(vec![attempt]))
}
