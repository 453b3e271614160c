//! Group membership of builds and testers: the only many-to-many relationship here.
//!
//! Each membership is a resource of a type that the API doesn't show, so it is stored like everything else.

use super::{Resource, World};

const KIND: &str = "memberships";

impl World {
    /// Adds a build or a tester to a group. Does nothing if it is already a member.
    pub(crate) fn join(&mut self, group: &str, kind: &str, member: &str) {
        let membership = Resource::new(KIND, id(group, member))
            .belonging("group", "betaGroups", group)
            .belonging("member", kind, member);
        if !self.is_member(group, member) {
            self.put(membership);
        }
    }

    /// Removes a member from a group.
    pub(crate) fn leave(&mut self, group: &str, member: &str) {
        self.remove(KIND, &id(group, member));
    }

    /// Removes every membership of a deleted group, build or tester.
    pub(crate) fn leave_all(&mut self, id: &str) {
        let of_it = |membership: &&Resource| {
            ["group", "member"].iter().any(|end| membership.related(end).is_some_and(|other| other.id == id))
        };
        let ended: Vec<_> = self.all(KIND).filter(of_it).map(|membership| membership.id.clone()).collect();
        for membership in ended {
            self.remove(KIND, &membership);
        }
    }

    pub(crate) fn is_member(&self, group: &str, member: &str) -> bool {
        self.find(KIND, &id(group, member)).is_some()
    }

    /// Whether one of the two is a member of the other.
    pub(crate) fn are_joined(&self, one: &Resource, other: &Resource) -> bool {
        self.is_member(&one.id, &other.id) || self.is_member(&other.id, &one.id)
    }

    /// The groups of a build or a tester.
    pub(crate) fn groups_of(&self, member: &str) -> impl Iterator<Item = &Resource> {
        self.all("betaGroups").filter(move |group| self.is_member(&group.id, member))
    }
}

fn id(group: &str, member: &str) -> String {
    format!("{group} {member}")
}
