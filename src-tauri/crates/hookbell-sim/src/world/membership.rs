//! Who is in a group: builds and testers. The one relationship here that has many at both ends.
//!
//! Each membership is a resource of a type that the API does not show, so that it is kept like everything else.

use super::{Resource, World};

const KIND: &str = "memberships";

impl World {
    /// Puts a build or a tester into a group. Nothing changes for one that is in it.
    pub(crate) fn join(&mut self, group: &str, kind: &str, member: &str) {
        let membership = Resource::new(KIND, id(group, member))
            .belonging("group", "betaGroups", group)
            .belonging("member", kind, member);
        if !self.is_member(group, member) {
            self.put(membership);
        }
    }

    /// Takes one out of a group.
    pub(crate) fn leave(&mut self, group: &str, member: &str) {
        self.remove(KIND, &id(group, member));
    }

    /// Ends every membership of a group, a build or a tester that goes.
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

    /// Whether one of the two is in the other.
    pub(crate) fn are_joined(&self, one: &Resource, other: &Resource) -> bool {
        self.is_member(&one.id, &other.id) || self.is_member(&other.id, &one.id)
    }

    /// The groups that a build or a tester is in.
    pub(crate) fn groups_of(&self, member: &str) -> impl Iterator<Item = &Resource> {
        self.all("betaGroups").filter(move |group| self.is_member(&group.id, member))
    }
}

fn id(group: &str, member: &str) -> String {
    format!("{group} {member}")
}
