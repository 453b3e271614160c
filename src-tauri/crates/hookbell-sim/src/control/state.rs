//! The simulator's state for tests and debugging. Secrets are omitted.

use serde_json::{Value, json};

use crate::shared::Shared;

/// The body of `GET /sim/state`.
pub(crate) fn state(shared: &Shared) -> Value {
    let now = shared.now();
    let (calls, faults) = {
        let gate = shared.gate();
        (json!(gate.counts), json!(gate.faults.waiting()))
    };
    let world = shared.world();
    let apps: Vec<_> = world
        .all("apps")
        .map(|app| json!({ "id": app.id, "name": app.text("name"), "bundleId": app.text("bundleId") }))
        .collect();
    let webhooks: Vec<_> = world
        .webhooks
        .values()
        .map(|webhook| {
            json!({
                "id": webhook.id,
                "appId": webhook.app,
                "name": webhook.name,
                "url": webhook.url,
                "enabled": webhook.enabled,
                "eventTypes": webhook.event_types,
            })
        })
        .collect();
    let deliveries: Vec<_> = world
        .deliveries
        .values()
        .map(|delivery| {
            json!({
                "id": delivery.id,
                "webhookId": delivery.webhook,
                "eventId": event_id(world.events.get(&delivery.event).map(|event| event.payload.as_str())),
                "state": delivery.state,
                "redelivery": delivery.redelivery,
                "url": delivery.url,
                "httpStatusCode": delivery.status,
                "errorMessage": delivery.error,
                "createdDate": delivery.created,
            })
        })
        .collect();
    let keys: Vec<_> = world
        .keys
        .keys
        .iter()
        .map(|key| json!({ "keyId": key.id, "individual": key.individual, "role": key.role, "revoked": key.revoked }))
        .collect();
    json!({
        "now": now,
        "issuerId": world.keys.issuer_id,
        "keys": keys,
        "apps": apps,
        "webhooks": webhooks,
        "deliveries": deliveries,
        "calls": calls,
        "faults": faults,
    })
}

fn event_id(payload: Option<&str>) -> Option<String> {
    payload.map(|payload| hookbell_core::Event::read(payload.as_bytes()).id.as_str().to_owned())
}
