//! The same contract in TypeScript, for `ui/src/lib/bindings/api.ts`.
//!
//! A crate above the engine that has commands of its own adds them to this one file.

use std::fmt::Write;

use ts_rs::{Config, TS};

use crate::{api::*, commands::signatures};

/// The types and commands of a window in TypeScript, as far as they were added.
pub struct TypeScript {
    config: Config,
    types: String,
    commands: String,
}

impl TypeScript {
    /// The engine's types and commands.
    #[must_use]
    pub fn of_engine() -> Self {
        let config = Config::new().with_large_int("number");
        let mut typescript = Self { config, types: String::new(), commands: String::new() };
        macro_rules! declare {
            ($($name:ty),* $(,)?) => { $(typescript.declare::<$name>();)* };
        }
        declare!(
            ErrorCode,
            ApiError,
            Filter,
            Importance,
            EventKind,
            Source,
            EventsRequest,
            EventsReply,
            EventRow,
            EventRequest,
            EventDetail,
            EventDetails,
            NamedThing,
            InstanceRef,
            Arrival,
            Payload,
            MarkReadRequest,
            ArchiveRequest,
            Received,
            DeletionBounds,
            DeletionRequest,
            Deletion,
            Deleted,
            Origin,
            Webhook,
            LastEvent,
            Refused,
            AddWebhookRequest,
            WebhookRequest,
            RenameWebhookRequest,
            RotateSecretRequest,
            CopySecretReply,
            TestReply,
            TrayState,
            Platform,
            ListenerState,
            ProofResult,
            TunnelState,
            TunnelProof,
            TunnelStatus,
            TunnelField,
            TokenNeed,
            TunnelProvider,
            TunnelNewsKind,
            TunnelNews,
            StaleWebhook,
            Tunnel,
            SetTunnelRequest,
            TunnelLine,
            TunnelOutput,
            RepointRequest,
            RepointReply,
            Gap,
            WebhookCatchUp,
            CatchUp,
            CatchUpRequest,
            DoctorSubject,
            DoctorResult,
            DoctorRemedy,
            DoctorStep,
            Doctor,
            TroubleKind,
            Trouble,
            Status,
            Account,
            RateLimit,
            KeyFileRequest,
            KeyFileReply,
            AddAccountRequest,
            AccountRequest,
            RenameAccountRequest,
            ReplaceKeyRequest,
            AccountRemoval,
            AccountCheck,
            App,
            AppsRequest,
            AppWebhooksRequest,
            AccountWebhooksRequest,
            KeptAppsRequest,
            KeptApps,
            AppWebhooks,
            AppWebhook,
            LastDelivery,
            CreateAppWebhookRequest,
            UpdateAppWebhookRequest,
            AppWebhookRequest,
            PingOutcome,
            PingReply,
            DeliveryState,
            Delivery,
            DeliveriesRequest,
            DeliveriesReply,
            RedeliverRequest,
            RedeliverReply,
            RedeliverFailedRequest,
            RedeliveryProgress,
            CopyTextRequest,
            FeedbackKind,
            FeedbackRequest,
            FeedbackReply,
            FeedbackRow,
            FileState,
            FeedbackCounts,
            FeedbackApp,
            FeedbackBuild,
            FeedbackIdRequest,
            MarkFeedbackRequest,
            ArchiveFeedbackRequest,
            FeedbackDetail,
            Fact,
            Picture,
            LogFile,
            PictureRequest,
            SavePicturesRequest,
            SaveReply,
            CrashReply,
            CrashLogRequest,
            CrashLogPage,
            CrashReport,
            CrashFact,
            CrashThread,
            CrashFrame,
            CrashImage,
            BackfillRequest,
            BackfillProgress,
            FeedbackStorage,
            RetentionRequest,
            Announce,
            SoundChoice,
            Day,
            QuietHours,
            Retention,
            LogLevel,
            Settings,
            ChangeSettingsRequest,
            StartAtLogin,
            Overrides,
            SettingsReply,
            SettingsFileReply,
            UpdateStatus,
            Diagnostics,
            InsightsApp,
            AppTimelineRequest,
            AppTimeline,
            TimelineTrack,
            TimelineSpan,
            TimelineStage,
            ReviewPace,
            TypicalTime,
            WebhookHealthRequest,
            WebhookHealth,
            HealthDay,
            HealthCount,
            Delay,
            HealthOfWebhook,
            LastFailure,
            PauseRequest,
            PortRequest,
            Push,
        );
        let commands = signatures(&typescript.config);
        typescript.add_commands(&commands);
        typescript
    }

    /// How types are written.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Adds a type.
    pub fn declare<T: TS>(&mut self) {
        let docs = T::docs().unwrap_or_default();
        let _ = write!(self.types, "\n{docs}export {}\n", T::decl(&self.config));
    }

    /// Adds commands, each as `[name, request, reply]`.
    pub fn add_commands(&mut self, signatures: &[[String; 3]]) {
        for [name, request, reply] in signatures {
            let _ = writeln!(self.commands, "  {name}: [{request}, {reply}];");
        }
    }

    /// The whole file.
    #[must_use]
    pub fn file(self) -> String {
        let Self { types, commands, .. } = self;
        format!(
            "// Generated from the types of the commands in src-tauri/crates by `make bindings`. Do not edit.\n{types}\n\
             /** The one closed list of commands: request and reply. */\nexport interface Commands {{\n{commands}}}\n"
        )
    }
}

impl std::fmt::Debug for TypeScript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypeScript")
            .field("types", &self.types)
            .field("commands", &self.commands)
            .finish_non_exhaustive()
    }
}
