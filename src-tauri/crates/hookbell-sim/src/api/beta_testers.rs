//! `betaTesters`: who gave the feedback. Only seen as included.

use super::kind::{Kind, Relationship};

pub(crate) static KIND: Kind = Kind {
    name: "betaTesters",
    attributes: &["firstName", "lastName", "email", "inviteType", "state", "appDevices"],
    relationships: &[Relationship::link("apps"), Relationship::link("betaGroups"), Relationship::link("builds")],
    shown: None,
};
