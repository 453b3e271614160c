//! What a build file says about itself.

use crate::{BuildFileError, bounds::quoted};

/// What an upload to App Store Connect needs to know about a build file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildFile {
    /// Its form.
    pub form: FileForm,
    /// `CFBundleIdentifier`, for instance `com.halden.birds`, which identifies the app.
    pub bundle_id: String,
    /// `CFBundleShortVersionString`, for instance `3.4`.
    pub version: String,
    /// `CFBundleVersion`, for instance `421`.
    pub number: String,
    /// The platform it runs on.
    pub platform: BuildPlatform,
    /// The oldest system it runs on, for instance `18.0`.
    pub min_os_version: Option<String>,
    /// `ITSAppUsesNonExemptEncryption`: the answer about export compliance. `None` if the build doesn't have one, and
    /// always for a `.pkg`, where it is deep inside the compressed payload.
    pub uses_non_exempt_encryption: Option<bool>,
    /// The app's icon, a PNG of at most 1 MiB. `None` if there is none or only Apple's PNG variant.
    pub icon: Option<Vec<u8>>,
    /// The file's length in bytes.
    pub size_bytes: u64,
}

/// The two forms of a build file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// A zip with a `Payload` folder.
    Ipa,
    /// An installer package.
    Pkg,
}

impl FileForm {
    /// Apple's name for the form when a file is reserved (`uti` of `buildUploadFiles`). Apple rejects a `.pkg` under
    /// the other name.
    #[must_use]
    pub const fn uti(self) -> &'static str {
        match self {
            Self::Ipa => "com.apple.ipa",
            Self::Pkg => "com.apple.pkg",
        }
    }
}

/// The platform of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildPlatform {
    /// iPhone and iPad.
    Ios,
    /// Mac.
    MacOs,
    /// Apple TV.
    TvOs,
    /// Apple Vision Pro.
    VisionOs,
}

impl BuildPlatform {
    /// App Store Connect's constant, for instance `IOS`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ios => "IOS",
            Self::MacOs => "MAC_OS",
            Self::TvOs => "TV_OS",
            Self::VisionOs => "VISION_OS",
        }
    }

    /// Reads `DTPlatformName`, for instance `iphoneos`.
    pub(crate) fn from_sdk(name: &str) -> Option<Self> {
        match name {
            "iphoneos" => Some(Self::Ios),
            "macosx" => Some(Self::MacOs),
            "appletvos" => Some(Self::TvOs),
            "xros" => Some(Self::VisionOs),
            _ => None,
        }
    }
}

/// The longest bundle ID that App Store Connect accepts.
const MAX_BUNDLE_ID_CHARS: usize = 155;
/// The longest version or build number accepted here. App Store Connect itself accepts 18 characters.
const MAX_VERSION_CHARS: usize = 64;

/// A bundle ID with only the allowed characters.
pub(crate) fn bundle_id(text: Option<&str>) -> Result<String, BuildFileError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    value("CFBundleIdentifier", text, |text| text.len() <= MAX_BUNDLE_ID_CHARS && text.chars().all(allowed))
}

/// A version or a build number.
pub(crate) fn version(key: &'static str, text: Option<&str>) -> Result<String, BuildFileError> {
    value(key, text, is_version)
}

/// Whether a text has only the characters of a version. Apple checks how many numbers it may have.
pub(crate) fn is_version(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.';
    !text.is_empty() && text.len() <= MAX_VERSION_CHARS && text.chars().all(allowed)
}

fn value(key: &'static str, text: Option<&str>, fits: impl Fn(&str) -> bool) -> Result<String, BuildFileError> {
    let text = text.filter(|text| !text.is_empty()).ok_or(BuildFileError::Missing(key))?;
    if fits(text) { Ok(text.to_owned()) } else { Err(BuildFileError::Invalid { key, value: quoted(text.as_bytes()) }) }
}
