//! `webhookDeliveries`: the log of the last ten days, and redelivery.

use jiff::{SignedDuration, Timestamp};

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};
use crate::{sender, world::Delivery};

/// How far back the log reaches.
const LOG_WINDOW: SignedDuration = SignedDuration::from_hours(10 * 24);
/// Apple's help says that a delivery can be resent once, and then only its newest record. How the API refuses is
/// unknown.
const SENT_AGAIN: &str = "This delivery was already sent again. Only the newest redelivery can be sent again.";
const SINCE: &str = "createdDateGreaterThanOrEqualTo";
const BEFORE: &str = "createdDateLessThan";
const STATE: &str = "deliveryState";

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "webhooksDeliveriesGetToManyRelated",
        "/v1/webhooks/{id}/deliveries",
        &kinds::WEBHOOK_DELIVERIES,
        Query {
            filters: &[
                Filter { name: STATE, path: "", values: &["SUCCEEDED", "FAILED", "PENDING"] },
                Filter { name: SINCE, path: "", values: &[] },
                Filter { name: BEFORE, path: "", values: &[] },
            ],
            includes: &["event"],
            ..Query::LIST
        },
        of_webhook,
    )
    .for_managers(),
    Operation::get(
        "webhooksDeliveriesGetToManyRelationship",
        "/v1/webhooks/{id}/relationships/deliveries",
        &kinds::WEBHOOK_DELIVERIES,
        Query::LINKAGES,
        names_of_webhook,
    )
    .for_managers(),
    Operation::post("webhookDeliveriesCreateInstance", "/v1/webhookDeliveries", &kinds::WEBHOOK_DELIVERIES, redeliver)
        .for_managers(),
];

fn of_webhook(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let now = call.links.now;
    let since = time(call, SINCE)?.ok_or_else(|| Refusal::required_parameter(&parameter(SINCE)))?;
    if since < now - LOG_WINDOW {
        let detail = "The date must be within the last 10 days";
        return Err(Refusal::invalid_parameter(&parameter(SINCE), detail));
    }
    if call.asked.filter(STATE).is_some() && !call.rules.delivery_state_filter {
        return Err(Refusal::illegal_parameter(&parameter(STATE)));
    }
    let before = time(call, BEFORE)?;
    let states = call.asked.filters.get(STATE);
    let all = newest_first(call, |delivery| {
        delivery.created >= since
            && before.is_none_or(|before| delivery.created < before)
            && states.is_none_or(|states| states.iter().any(|state| state == delivery.state.name()))
    })?;
    Ok(Answer::ok(document::page(call, &read::here(call), &all)))
}

fn names_of_webhook(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let since = call.links.now - LOG_WINDOW;
    let all = newest_first(call, |delivery| delivery.created >= since)?;
    Ok(Answer::ok(document::linkages(call, &read::here(call), &all)))
}

fn newest_first(call: &Call<'_>, keep: impl Fn(&Delivery) -> bool) -> Result<Vec<String>, Refusal> {
    if !call.world.webhooks.contains_key(call.id) {
        return Err(Refusal::not_found(kinds::WEBHOOKS.name, call.id));
    }
    let own = call.world.deliveries.values().rev().filter(|delivery| delivery.webhook == call.id && keep(delivery));
    let mut own: Vec<_> = own.collect();
    own.sort_by_key(|delivery| std::cmp::Reverse(delivery.created));
    Ok(own.into_iter().map(|delivery| delivery.id.clone()).collect())
}

fn redeliver(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::WEBHOOK_DELIVERIES, call.body)?;
    let template = entity.related("template", &kinds::WEBHOOK_DELIVERIES);
    entity.verdict()?;
    let template = template.unwrap_or_default();
    let now = call.links.now;
    let missing = || Refusal::not_found(kinds::WEBHOOK_DELIVERIES.name, &template);
    let earlier = call.world.deliveries.get(&template).filter(|earlier| earlier.created >= now - LOG_WINDOW);
    let earlier = earlier.ok_or_else(missing)?;
    if earlier.sent_again {
        return Err(Refusal::state(SENT_AGAIN));
    }
    let webhook = call.world.webhooks.get(&earlier.webhook).ok_or_else(missing)?.clone();
    let event = call.world.events.get(&earlier.event).ok_or_else(missing)?.clone();

    if let Some(earlier) = call.world.deliveries.get_mut(&template) {
        earlier.sent_again = true;
    }
    let attempt = sender::again(call.world, &webhook, &event, now);
    let delivery = call.world.find(kinds::WEBHOOK_DELIVERIES.name, &attempt.delivery).ok_or_else(missing)?.into_owned();
    Ok(Answer::created(document::one(call, &delivery)).sending(vec![attempt]))
}

fn time(call: &Call<'_>, name: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = call.asked.filter(name) else { return Ok(None) };
    let bad = |_| Refusal::invalid_parameter(&parameter(name), format!("'{text}' is not a valid date"));
    text.parse().map(Some).map_err(bad)
}

fn parameter(name: &str) -> String {
    format!("filter[{name}]")
}
