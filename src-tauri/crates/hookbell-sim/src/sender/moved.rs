//! Announces a build's new external state to every webhook that subscribes to it.

use hookbell_core::EventType;
use jiff::Timestamp;

use super::{Attempt, Emit, attempt, compose};
use crate::world::{Webhook, World};

/// Records the deliveries for a build's change of external state. Returns none if no webhook subscribes.
pub(crate) fn external_state_moved(
    world: &mut World,
    build: &str,
    from: &str,
    to: &str,
    now: Timestamp,
) -> Vec<Attempt> {
    let event_type = EventType::BuildBetaDetailExternalBuildStateUpdated;
    let Some(app) = world.find("builds", build).and_then(|build| world.app_of(&build)) else { return Vec::new() };
    let subscribes = |webhook: &&Webhook| {
        let name = event_type.subscription_name();
        webhook.enabled && webhook.app == app && webhook.event_types.iter().any(|own| Some(own.as_str()) == name)
    };
    let webhooks: Vec<_> = world.webhooks.values().filter(subscribes).cloned().collect();
    let emit = Emit {
        instance: Some(build.to_owned()),
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        ..Emit::of(event_type)
    };
    let mut attempts = Vec::new();
    for webhook in &webhooks {
        match compose(world, &app, event_type, &emit, now) {
            Ok(composed) => attempts.push(attempt(world, webhook, composed.event, now)),
            Err(error) => tracing::debug!(%error, "nobody was told of the build"),
        }
    }
    attempts
}
