//! Emits events: writes, signs, sends and records them, as Apple would.

use std::sync::Arc;

use hookbell_core::EventType;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    error::ControlError,
    sender::{self, Attempt, Emit},
    shared::Shared,
    world::{AttemptState, Webhook, World},
};

/// The maximum number of events in one call.
const MAX_EVENTS: usize = 100_000;

/// The outcome of one event at one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// The body's `data.id`.
    pub event_id: String,
    /// The webhook.
    pub webhook_id: String,
    /// Its delivery.
    pub delivery_id: String,
    /// The delivery's state.
    pub delivery_state: AttemptState,
    /// The receiver's status.
    pub http_status_code: Option<u16>,
    /// Why it failed.
    pub error_message: Option<String>,
}

/// Executes an [`Emit`].
pub(crate) async fn emit(shared: &Arc<Shared>, emit: Emit) -> Result<Vec<Sent>, ControlError> {
    if emit.count > MAX_EVENTS {
        return Err(ControlError::TooMany { asked: emit.count, most: MAX_EVENTS });
    }
    let now = emit.at.unwrap_or_else(|| shared.now());
    let written = write(&mut shared.change(), &emit, now)?;
    let mut sent = Vec::with_capacity(written.len());
    let mut running = Vec::new();
    for (mut outcome, attempt) in written {
        if emit.deliver {
            running.push(shared.tasks.spawn(sender::deliver(shared.clone(), attempt)));
        } else if let Some(delivery) = shared.world().deliveries.get_mut(&attempt.delivery) {
            delivery.state = AttemptState::Failed;
            delivery.error = Some("Could not connect to the server.".to_owned());
            outcome.delivery_state = AttemptState::Failed;
            outcome.error_message.clone_from(&delivery.error);
        }
        sent.push(outcome);
    }
    if emit.wait {
        for task in running {
            // A task that was aborted leaves its delivery PENDING, which is what we report.
            let _ended = task.await;
        }
        let world = shared.world();
        for outcome in &mut sent {
            let Some(delivery) = world.deliveries.get(&outcome.delivery_id) else { continue };
            outcome.delivery_state = delivery.state;
            outcome.http_status_code = delivery.status;
            outcome.error_message.clone_from(&delivery.error);
        }
    }
    Ok(sent)
}

/// Writes and records every event, without sending anything.
fn write(world: &mut World, emit: &Emit, now: Timestamp) -> Result<Vec<(Sent, Attempt)>, ControlError> {
    let event_type = EventType::from_name(&emit.event_type).filter(|event_type| !event_type.is_own());
    let event_type = event_type.ok_or_else(|| ControlError::EventType(emit.event_type.clone()))?;
    let webhooks = receivers(world, emit, event_type)?;
    let mut written = Vec::with_capacity(emit.count * webhooks.len());
    for _ in 0..emit.count {
        for webhook in &webhooks {
            let composed = sender::compose(world, &webhook.app, event_type, emit, now)?;
            let attempt = sender::attempt(world, webhook, composed.event, now);
            let sent = Sent {
                event_id: composed.id,
                webhook_id: webhook.id.clone(),
                delivery_id: attempt.delivery.clone(),
                delivery_state: AttemptState::Pending,
                http_status_code: None,
                error_message: None,
            };
            written.push((sent, attempt));
        }
    }
    Ok(written)
}

fn receivers(world: &World, emit: &Emit, event_type: EventType) -> Result<Vec<Webhook>, ControlError> {
    let name = event_type.name();
    let subscribes = |webhook: &Webhook| {
        event_type.subscription_name().is_none_or(|name| webhook.event_types.iter().any(|own| own == name))
    };
    let Some(id) = &emit.webhook_id else {
        if let Some(app) = emit.app_id.as_ref().filter(|app| world.find("apps", app).is_none()) {
            return Err(ControlError::App(app.clone()));
        }
        let of_app = |webhook: &Webhook| emit.app_id.as_ref().is_none_or(|app| *app == webhook.app);
        let all = world.webhooks.values().filter(|webhook| webhook.enabled && of_app(webhook) && subscribes(webhook));
        let all: Vec<_> = all.cloned().collect();
        return if all.is_empty() { Err(ControlError::NobodySubscribes(name.to_owned())) } else { Ok(all) };
    };
    let webhook = world.webhooks.get(id).ok_or_else(|| ControlError::Webhook(id.clone()))?;
    if !webhook.enabled {
        return Err(ControlError::WebhookOff(id.clone()));
    }
    if !subscribes(webhook) {
        return Err(ControlError::NotSubscribed { webhook: id.clone(), event_type: name.to_owned() });
    }
    Ok(vec![webhook.clone()])
}
