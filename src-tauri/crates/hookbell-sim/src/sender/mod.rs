//! The sender: writes an event's body, signs it, posts it, and records the outcome.

mod compose;
mod deliver;
mod emit;
mod feedback;
mod moved;
mod progress;
mod prospect;

use hookbell_core::Secret;
use jiff::Timestamp;

pub(crate) use self::{
    compose::{compose, ping},
    deliver::deliver,
    feedback::add as add_feedback,
    moved::external_state_moved,
    prospect::prospect,
};
pub use self::{emit::Emit, prospect::Prospect};
use crate::world::{AttemptState, Delivery, Event, Webhook, World};

/// One body to post, with everything needed for it.
pub(crate) struct Attempt {
    /// The id of its delivery.
    pub(crate) delivery: String,
    pub(crate) url: String,
    pub(crate) secret: Secret,
    pub(crate) body: String,
}

/// Records an event and its upcoming delivery through a webhook.
pub(crate) fn attempt(world: &mut World, webhook: &Webhook, event: Event, now: Timestamp) -> Attempt {
    let attempt = record(world, webhook, &event, now, false);
    world.events.insert(event.id.clone(), event);
    attempt
}

/// Records an upcoming redelivery of an event, to the webhook's current address.
pub(crate) fn again(world: &mut World, webhook: &Webhook, event: &Event, now: Timestamp) -> Attempt {
    record(world, webhook, event, now, true)
}

fn record(world: &mut World, webhook: &Webhook, event: &Event, now: Timestamp, redelivery: bool) -> Attempt {
    let delivery = Delivery {
        id: uuid::Uuid::new_v4().to_string(),
        webhook: webhook.id.clone(),
        event: event.id.clone(),
        url: webhook.url.clone(),
        redelivery,
        sent_again: false,
        created: now,
        sent: None,
        state: AttemptState::Pending,
        status: None,
        response: None,
        error: None,
    };
    let attempt = Attempt {
        delivery: delivery.id.clone(),
        url: webhook.url.clone(),
        secret: webhook.secret.clone(),
        body: event.payload.clone(),
    };
    world.deliveries.insert(delivery.id.clone(), delivery);
    attempt
}
