//! Why a file is rejected. The message says what is wrong, [`BuildFileError::hint`] what to do about it.

use std::io;

use jiff::Timestamp;

/// The hint for an archive that Xcode can export again.
const EXPORT_AGAIN: &str = "Archive the app again in Xcode and distribute it with the method App Store Connect.";

/// Why a file is not uploaded. Texts from the file are printable and short.
#[derive(Debug, thiserror::Error)]
pub enum BuildFileError {
    /// The system can't open or read the file.
    #[error("the file can’t be read: {0}")]
    File(#[from] io::Error),
    /// Neither a zip nor a xar.
    #[error("this is not a build")]
    NotABuild,
    /// The file ends before its archive does.
    #[error("the file ends too early")]
    Truncated,
    /// The archive contradicts itself.
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    /// A name in the archive leads out of it.
    #[error("the archive contains a file that would be extracted outside it: {0}")]
    PathOutside(String),
    /// The archive claims more than it can contain, or contains more than any build.
    #[error("the archive is not what it claims to be: {0}")]
    Bomb(&'static str),
    /// No app at the place where App Store Connect looks for it.
    #[error("the archive contains no app")]
    NoApp,
    /// More than one app.
    #[error("the archive contains several apps")]
    SeveralApps,
    /// The property list or the description lacks a value.
    #[error("the app has no {0}")]
    Missing(&'static str),
    /// A value that App Store Connect doesn't accept.
    #[error("the app’s {key} is not valid: {value}")]
    Invalid {
        /// The key in the property list.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// Built for the Simulator.
    #[error("this build is for the Simulator")]
    Simulator,
    /// Built for a platform that App Store Connect doesn't know.
    #[error("this build is for an unknown platform: {0}")]
    UnknownPlatform(String),
    /// Without a provisioning profile or a signature.
    #[error("the app is not signed for distribution: {0} is missing")]
    Unsigned(&'static str),
    /// Debuggers may attach (`get-task-allow`).
    #[error("the app is signed for development")]
    Development,
    /// The profile lists devices.
    #[error("the app is signed for registered devices only")]
    RegisteredDevices,
    /// An enterprise profile.
    #[error("the app is signed for in-house distribution")]
    InHouse,
    /// The profile has expired.
    #[error("the app’s provisioning profile expired on {}", .0.strftime("%-d %B %Y"))]
    ProfileExpired(Timestamp),
    /// A package for distribution outside the App Store.
    #[error("the package is signed with a Developer ID, for distribution outside the App Store")]
    DeveloperId,
}

impl BuildFileError {
    /// What to do about it, in a sentence.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::File(_) => "Check that the file is still there and that you can read it.",
            Self::NotABuild => "Choose the .ipa or .pkg that Xcode exported for App Store Connect.",
            Self::Truncated => "Wait until it is copied completely, or export it again.",
            Self::Damaged(_) => "Copy or export it again.",
            Self::PathOutside(_) | Self::Bomb(_) => "Don’t use this file if you don’t know who made it.",
            Self::NoApp => EXPORT_AGAIN,
            Self::SeveralApps => "Export each app to its own file.",
            Self::Missing(_) | Self::Invalid { .. } => "Set it in the target’s Info.plist and archive the app again.",
            Self::Simulator => "Choose a device as the run destination, such as Any iOS Device, and archive the app.",
            Self::UnknownPlatform(_) => "Upload builds for iOS, macOS, tvOS or visionOS.",
            Self::Unsigned(_) | Self::Development | Self::RegisteredDevices | Self::InHouse => EXPORT_AGAIN,
            Self::ProfileExpired(_) => "Renew the profile in Xcode or on Apple’s developer website, and export again.",
            Self::DeveloperId => "Export it with the method App Store Connect, which signs it for the App Store.",
        }
    }
}
