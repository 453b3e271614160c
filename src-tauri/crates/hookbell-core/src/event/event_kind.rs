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

impl EventKind {
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
