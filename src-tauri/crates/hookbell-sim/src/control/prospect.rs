//! What could happen to an app next, for a user interface to offer.

use hookbell_core::EventType;

use crate::{
    error::ControlError,
    sender::{self, Prospect},
    world::World,
};

/// Every type that the app could have an event of, except the ping.
pub(crate) fn prospects(world: &World, app: &str) -> Result<Vec<Prospect>, ControlError> {
    if world.find("apps", app).is_none() {
        return Err(ControlError::App(app.to_owned()));
    }
    let types = EventType::all().filter(|event_type| event_type.subscription_name().is_some());
    Ok(types.filter_map(|event_type| sender::prospect(world, app, event_type)).collect())
}
