//! What sort of thing an event is about.

use serde::Serialize;

/// What sort of thing an event is about; one icon each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// An App Store version.
    Version,
    /// A build for testers.
    Build,
    /// An upload of a build.
    Upload,
    /// A tester's screenshot.
    Screenshot,
    /// A tester's crash.
    Crash,
    /// A background asset pack.
    Asset,
    /// Alternative distribution.
    Distribution,
    /// A test from Apple.
    Ping,
    /// Anything Apple adds later.
    Unknown,
}

/// A text that names no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of event")]
pub struct UnknownKind;

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Version,
        Self::Build,
        Self::Upload,
        Self::Screenshot,
        Self::Crash,
        Self::Asset,
        Self::Distribution,
        Self::Ping,
        Self::Unknown,
    ];

    /// The kind as it is stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Build => "build",
            Self::Upload => "upload",
            Self::Screenshot => "screenshot",
            Self::Crash => "crash",
            Self::Asset => "asset",
            Self::Distribution => "distribution",
            Self::Ping => "ping",
            Self::Unknown => "unknown",
        }
    }

    /// The kind's name on a detail's toolbar.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Version => "App version",
            Self::Build => "TestFlight build",
            Self::Upload => "Build upload",
            Self::Screenshot => "Screenshot feedback",
            Self::Crash => "Crash feedback",
            Self::Asset => "Background assets",
            Self::Distribution => "Alternative distribution",
            Self::Ping => "Ping",
            Self::Unknown => "Event",
        }
    }
}

impl std::str::FromStr for EventKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_back_as_it_is_written_and_serialised() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!("Version".parse::<EventKind>(), Err(UnknownKind));
    }
}
