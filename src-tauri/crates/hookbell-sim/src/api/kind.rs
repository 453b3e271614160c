//! What a resource type shows: its attributes and relationships, under Apple's names.

use crate::{links::Links, world::Resource};

/// A resource type of the API.
pub(crate) struct Kind {
    /// Apple's plural, such as `webhookDeliveries`.
    pub(crate) name: &'static str,
    pub(crate) attributes: &'static [&'static str],
    pub(crate) relationships: &'static [Relationship],
    /// Fills in what is generated on reading: picture URLs and the texts of logs.
    pub(crate) shown: Option<fn(&mut Resource, &Links)>,
}

/// A relationship of a resource type.
pub(crate) struct Relationship {
    pub(crate) name: &'static str,
    /// The related type, if it can be included.
    pub(crate) target: Option<&'static Kind>,
    /// Whether Apple shows `links` here.
    pub(crate) links: bool,
    /// For a to-many relationship that can be included: how to find its resources.
    pub(crate) many: Option<Many>,
}

/// How to find the resources of a to-many relationship.
#[derive(Clone, Copy)]
pub(crate) enum Many {
    /// By the path from one of them back to this one, as in [`World::value`](crate::world::World::value).
    Back(&'static str),
    /// Members of a group, or groups of a member: the relationships between groups, builds and testers.
    Members,
}

impl Relationship {
    /// Can be included, with links.
    pub(crate) const fn linked(name: &'static str, target: &'static Kind) -> Self {
        Self { name, target: Some(target), links: true, many: None }
    }

    /// Can be included, and is shown only then.
    pub(crate) const fn plain(name: &'static str, target: &'static Kind) -> Self {
        Self { name, target: Some(target), links: false, many: None }
    }

    /// Links only.
    pub(crate) const fn link(name: &'static str) -> Self {
        Self { name, target: None, links: true, many: None }
    }

    /// To-many, can be included, with links.
    pub(crate) const fn many(name: &'static str, target: &'static Kind, back: &'static str) -> Self {
        Self { name, target: Some(target), links: true, many: Some(Many::Back(back)) }
    }

    /// The members of a group, or the groups of a member. Can be included, with links.
    pub(crate) const fn members(name: &'static str, target: &'static Kind) -> Self {
        Self { name, target: Some(target), links: true, many: Some(Many::Members) }
    }
}

impl Kind {
    pub(crate) fn relationship(&self, name: &str) -> Option<&'static Relationship> {
        self.relationships.iter().find(|relationship| relationship.name == name)
    }

    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.attributes.contains(&name) || self.relationship(name).is_some()
    }
}
