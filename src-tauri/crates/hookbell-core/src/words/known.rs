//! What is known about an event beyond its body, and the names for its subject that follow from it.

use super::text::{capitalised, short};

/// What App Store Connect says about an event's subject. Everything may be missing: an event is described immediately,
/// and again once more is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The app's name, for instance "Backyard Birds".
    pub app: Option<String>,
    /// The version for people, for instance "3.2".
    pub version: Option<String>,
    /// The build number, for instance "418".
    pub build: Option<String>,
    /// The platform in Apple's spelling, for instance `IOS`.
    pub platform: Option<String>,
    /// The tester's name.
    pub tester: Option<String>,
    /// The tester's comment.
    pub comment: Option<String>,
    /// The device's common name, for instance "iPhone 15 Pro".
    pub device: Option<String>,
    /// Apple's description of the problem: the first error of a failed upload.
    pub problem: Option<String>,
    /// The asset pack's identifier, for instance "songs-spring-2027".
    pub asset_pack: Option<String>,
    /// The name of the event's webhook, which matters for a ping.
    pub webhook: Option<String>,
}

/// Apple limits an app's name to 30 characters.
const APP_MAX: usize = 30;
const NUMBER_MAX: usize = 18;
const PERSON_MAX: usize = 30;
const DEVICE_MAX: usize = 30;

/// The name of a thing within a sentence.
pub(super) enum Name {
    /// A name whose first letter never changes: "iNaturalist 3.2".
    Proper(String),
    /// Words that are capitalised at the start: "the build".
    Words(String),
}

impl Name {
    /// At the start of a sentence.
    pub(super) fn first(&self) -> String {
        match self {
            Self::Proper(name) => name.clone(),
            Self::Words(words) => capitalised(words),
        }
    }

    /// Anywhere else.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Proper(text) | Self::Words(text) => text,
        }
    }
}

impl Known {
    pub(super) fn app(&self) -> Option<String> {
        line(self.app.as_deref(), APP_MAX)
    }

    pub(super) fn version(&self) -> Option<String> {
        line(self.version.as_deref(), NUMBER_MAX)
    }

    pub(super) fn build(&self) -> Option<String> {
        line(self.build.as_deref(), NUMBER_MAX)
    }

    pub(super) fn tester(&self) -> Option<String> {
        line(self.tester.as_deref(), PERSON_MAX)
    }

    pub(super) fn device(&self) -> Option<String> {
        line(self.device.as_deref(), DEVICE_MAX)
    }

    pub(super) fn comment(&self, max: usize) -> Option<String> {
        line(self.comment.as_deref(), max)
    }

    pub(super) fn problem(&self, max: usize) -> Option<String> {
        line(self.problem.as_deref(), max)
    }

    pub(super) fn webhook(&self) -> Option<String> {
        line(self.webhook.as_deref(), PERSON_MAX)
    }

    pub(super) fn pack(&self) -> Option<String> {
        line(self.asset_pack.as_deref(), APP_MAX)
    }

    fn platform(&self) -> Option<String> {
        self.platform.as_deref().map(platform_name).filter(|name| !name.is_empty())
    }

    /// A short name for an App Store version: "3.2", "build 42" or "the version".
    pub(super) fn short_version(&self) -> Name {
        match (self.version(), self.build()) {
            (Some(version), _) => Name::Proper(version),
            (None, Some(build)) => Name::Words(format!("build {build}")),
            (None, None) => Name::Words("the version".to_owned()),
        }
    }

    /// The full name of an App Store version: "Backyard Birds 3.2 for iOS".
    pub(super) fn full_version(&self) -> Name {
        let platform = self.platform().map(|platform| format!(" for {platform}")).unwrap_or_default();
        match (self.app(), self.version(), self.build()) {
            (Some(app), Some(version), _) => Name::Proper(format!("{app} {version}{platform}")),
            (Some(app), None, Some(build)) => Name::Proper(format!("{app} ({build}){platform}")),
            (Some(app), None, None) => Name::Proper(format!("{app}{platform}")),
            (None, Some(version), _) => Name::Words(format!("version {version}{platform}")),
            (None, None, Some(build)) => Name::Words(format!("build {build}{platform}")),
            (None, None, None) => Name::Words(format!("the version{platform}")),
        }
    }

    /// A short name for a build: "build 418" or "the build".
    pub(super) fn short_build(&self) -> Name {
        Name::Words(self.build().map_or_else(|| "the build".to_owned(), |build| format!("build {build}")))
    }

    /// The full name of a build: "Backyard Birds 3.3 (418)".
    pub(super) fn full_build(&self) -> Name {
        match (self.app(), self.version(), self.build()) {
            (Some(app), Some(version), Some(build)) => Name::Proper(format!("{app} {version} ({build})")),
            (Some(app), Some(version), None) => Name::Proper(format!("{app} {version}")),
            (Some(app), None, Some(build)) => Name::Proper(format!("{app} ({build})")),
            (Some(app), None, None) => Name::Words(format!("the build of {app}")),
            (None, Some(version), Some(build)) => Name::Words(format!("version {version} ({build})")),
            (None, Some(version), None) => Name::Words(format!("the build of version {version}")),
            (None, None, _) => self.short_build(),
        }
    }

    /// An asset pack: "asset pack songs-spring-2027" or "the asset pack of Backyard Birds".
    pub(super) fn full_asset_pack(&self) -> Name {
        Name::Words(match (self.pack(), self.app()) {
            (Some(pack), _) => format!("asset pack {pack}"),
            (None, Some(app)) => format!("the asset pack of {app}"),
            (None, None) => "the asset pack".to_owned(),
        })
    }
}

/// A platform's common name: "iOS" for Apple's `IOS`. An unknown one is returned as it is.
#[must_use]
pub fn platform_name(apple: &str) -> String {
    match apple {
        "IOS" => "iOS".to_owned(),
        "MAC_OS" => "macOS".to_owned(),
        "TV_OS" => "tvOS".to_owned(),
        "VISION_OS" => "visionOS".to_owned(),
        other => short(&other.replace('_', " "), NUMBER_MAX),
    }
}

fn line(text: Option<&str>, max: usize) -> Option<String> {
    text.map(|text| short(text, max)).filter(|text| !text.is_empty())
}
