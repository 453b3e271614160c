//! `preReleaseVersions`: the version string a build belongs to. Only seen as included.

use super::{
    apps,
    kind::{Kind, Relationship},
};

pub(crate) static KIND: Kind = Kind {
    name: "preReleaseVersions",
    attributes: &["version", "platform"],
    relationships: &[Relationship::link("builds"), Relationship::linked("app", &apps::KIND)],
    shown: None,
};
