//! What kind of thing an event is about.

use crate::vocabulary;

vocabulary!(
    /// What sort of thing an event is about; one icon each.
    #[derive(PartialOrd, Ord)]
    EventKind, "a kind of event" {
        /// An App Store version.
        Version = "version",
        /// A build for testers.
        Build = "build",
        /// An upload of a build.
        Upload = "upload",
        /// A tester's screenshot.
        Screenshot = "screenshot",
        /// A tester's crash.
        Crash = "crash",
        /// A background asset pack.
        Asset = "asset",
        /// Alternative distribution.
        Distribution = "distribution",
        /// A test from Apple.
        Ping = "ping",
        /// Hookbell's own: something keeps events from arriving.
        Alert = "alert",
        /// Hookbell's own: something waits for the person.
        Reminder = "reminder",
        /// Hookbell's own: a day or a week in one event.
        Digest = "digest",
        /// Anything Apple adds later.
        Unknown = "unknown",
    }
);

vocabulary!(
    /// What a tester sent.
    FeedbackKind, "a kind of feedback" {
        /// Screenshots and words.
        Screenshot = "screenshot",
        /// A crash, its log, and perhaps words.
        Crash = "crash",
    }
);

impl EventKind {
    /// The kind's name in the toolbar of an event's details.
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
            Self::Alert => "Hookbell alert",
            Self::Reminder => "Hookbell reminder",
            Self::Digest => "Hookbell digest",
            Self::Unknown => "Event",
        }
    }

    /// Whether Hookbell itself creates such events: they have no webhook, no delivery and no payload.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Alert | Self::Reminder | Self::Digest)
    }

    /// The kind of feedback that an event of this kind reports, if any.
    #[must_use]
    pub fn feedback(self) -> Option<FeedbackKind> {
        match self {
            Self::Screenshot => Some(FeedbackKind::Screenshot),
            Self::Crash => Some(FeedbackKind::Crash),
            _ => None,
        }
    }
}
