//! The same contract in TypeScript, written to `ui/src/lib/bindings/api.ts` and committed.

use std::fmt::Write;

use ts_rs::{Config, TS};

use super::*;

/// The whole file. `make bindings` writes it, and a test fails when the committed one differs.
#[must_use]
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut file =
        String::from("// Generated from src-tauri/crates/hookbell-engine/src/api by `make bindings`. Do not edit.\n");
    macro_rules! declare {
        ($($name:ty),* $(,)?) => {
            $(
                let docs = <$name as TS>::docs().unwrap_or_default();
                let _ = write!(file, "\n{docs}export {}\n", <$name as TS>::decl(&config));
            )*
        };
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
        StrayWebhook,
        Tunnel,
        SetTunnelRequest,
        TunnelLine,
        TunnelOutput,
        HealRequest,
        HealReply,
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
        PauseRequest,
        PortRequest,
        Push,
    );
    file.push_str("\n/** The one closed list of commands: request and reply. */\nexport interface Commands {\n");
    for [name, request, reply] in super::commands::signatures(&config) {
        let _ = writeln!(file, "  {name}: [{request}, {reply}];");
    }
    file.push_str("}\n");
    file
}
