//! Everything that the simulated App Store Connect knows: resources, webhooks, events and deliveries.
//!
//! The world is plain data behind one lock. It does no IO and reads no clock; callers pass the times.

mod delivery;
mod kept;
mod membership;
pub(crate) mod parts;
mod resource;
mod review;
mod seed;
mod webhook;

use std::borrow::Cow;

use indexmap::IndexMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::delivery::AttemptState;
pub(crate) use self::{
    delivery::{Delivery, Event, date},
    kept::{load, lock, save},
    resource::Resource,
    webhook::{MOST_PER_APP, Webhook},
};
use crate::{SimulatorError, keys::Keys};

/// The simulator's persistent state.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) keys: Keys,
    /// By type, then by id, in order of creation.
    resources: IndexMap<String, IndexMap<String, Resource>>,
    pub(crate) webhooks: IndexMap<String, Webhook>,
    pub(crate) events: IndexMap<String, Event>,
    pub(crate) deliveries: IndexMap<String, Delivery>,
}

impl World {
    /// The world of the fixture files with new keys.
    pub(crate) fn fresh(now: Timestamp) -> Result<Self, SimulatorError> {
        let mut world = Self {
            keys: Keys::fresh(),
            resources: IndexMap::new(),
            webhooks: IndexMap::new(),
            events: IndexMap::new(),
            deliveries: IndexMap::new(),
        };
        seed::resources(now)?.into_iter().for_each(|resource| world.put(resource));
        Ok(world)
    }

    /// Fails the deliveries that were in flight when the simulator last ended.
    pub(crate) fn interrupted(&mut self) {
        for delivery in self.deliveries.values_mut().filter(|delivery| delivery.state == AttemptState::Pending) {
            delivery.state = AttemptState::Failed;
            delivery.error = Some("The connection was closed before a response arrived.".to_owned());
        }
    }

    pub(crate) fn put(&mut self, resource: Resource) {
        self.resources.entry(resource.kind.clone()).or_default().insert(resource.id.clone(), resource);
    }

    /// Finds a resource of any type, including webhooks, deliveries and events.
    pub(crate) fn find(&self, kind: &str, id: &str) -> Option<Cow<'_, Resource>> {
        match kind {
            "webhooks" => self.webhooks.get(id).map(|webhook| Cow::Owned(webhook.resource())),
            "webhookDeliveries" => self.deliveries.get(id).map(|delivery| Cow::Owned(delivery.resource())),
            "webhookEvents" => self.events.get(id).map(|event| Cow::Owned(event.resource())),
            _ => self.resources.get(kind)?.get(id).map(Cow::Borrowed),
        }
    }

    pub(crate) fn find_mut(&mut self, kind: &str, id: &str) -> Option<&mut Resource> {
        self.resources.get_mut(kind)?.get_mut(id)
    }

    /// Everything of one type except webhooks, deliveries and events, in order of creation.
    pub(crate) fn all(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Resource> {
        self.resources.get(kind).into_iter().flat_map(IndexMap::values)
    }

    pub(crate) fn remove(&mut self, kind: &str, id: &str) -> Option<Resource> {
        self.resources.get_mut(kind)?.shift_remove(id)
    }

    /// Removes a webhook with its deliveries.
    pub(crate) fn remove_webhook(&mut self, id: &str) -> Option<Webhook> {
        let webhook = self.webhooks.shift_remove(id)?;
        self.deliveries.retain(|_, delivery| delivery.webhook != id);
        Some(webhook)
    }

    /// Follows a path of relationships from a resource and reads its last segment: `id`, or an attribute.
    /// `build.preReleaseVersion.id` is the version of a feedback's build.
    pub(crate) fn value(&self, resource: &Resource, path: &str) -> Option<String> {
        match path.split_once('.') {
            Some((relationship, rest)) => match resource.related(relationship) {
                Some(reference) if rest == "id" => Some(reference.id.clone()),
                Some(reference) => self.value(&*self.find(&reference.kind, &reference.id)?, rest),
                None => resource.attributes.get(relationship)?.get(rest).map(as_text),
            },
            None if path == "id" => Some(resource.id.clone()),
            None => resource.attributes.get(path).map(as_text),
        }
    }

    /// The app that a resource belongs to, directly or indirectly.
    pub(crate) fn app_of(&self, resource: &Resource) -> Option<String> {
        if resource.kind == "apps" {
            return Some(resource.id.clone());
        }
        let ways = ["app", "build", "backgroundAsset", "backgroundAssetVersion", "alternativeDistributionPackage"];
        let up = ways.iter().find_map(|way| resource.related(way))?;
        self.app_of(&*self.find(&up.kind, &up.id)?)
    }
}

fn as_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
