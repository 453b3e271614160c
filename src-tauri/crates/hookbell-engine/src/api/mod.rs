//! The vocabulary of commands: their requests and replies.
//!
//! It is below the rooms that answer them. No reply has a field that can hold a secret: [`hookbell_core::Secret`]
//! can't be serialised.

mod account;
mod asc;
mod build;
mod catch_up;
mod changes;
mod clipboard;
mod crash;
mod deletion;
mod delivery;
mod diagnostics;
mod distribution;
mod doctor;
mod error;
mod event;
mod feedback;
mod insights;
mod resend;
mod rule;
mod run;
mod settings;
mod status;
mod tester;
mod tracker;
mod tunnel;
mod update;
mod upload;
mod view;
mod webhook;

/// The enumerations come from the crates below: a word means the same in a column, here and in the window.
pub use hookbell_core::{
    AppIcon, EventFilter, EventKind, EventPlace, EventType, FeedbackKind, IssueFilter, IssueProgress, TrackerKind,
    timeline::{ReviewPace, TimelineStage, TypicalTime},
    words::Importance,
};
pub use hookbell_ingress::tunnel::TokenNeed;
pub use hookbell_store::{FileState, Origin, Source, TunnelNewsKind};

pub use self::{
    account::{
        Account, AccountCheck, AccountRemoval, AccountRequest, AddAccountRequest, KeyFileReply, KeyFileRequest,
        RateLimit, RenameAccountRequest, ReplaceKeyRequest,
    },
    asc::{
        AccountWebhooksRequest, App, AppWebhook, AppWebhookRequest, AppWebhooks, AppWebhooksRequest, AppsRequest,
        AscPage, AscPageRequest, CreateAppWebhookRequest, KeptApps, KeptAppsRequest, LastDelivery, PingOutcome,
        PingReply, SignatureTrouble, UpdateAppWebhookRequest,
    },
    build::{
        BuildDetail, BuildGroup, BuildMoment, BuildRequest, BuildTone, BuildTrack, BuildTrackStep, BuildsReply,
        BuildsRequest, BuildsTrouble, ExpireOlderBuildsReply, ExpireOlderBuildsRequest, FixedLine, ListedBuild,
        RefusedBuild,
    },
    catch_up::{CatchUp, CatchUpRequest, Gap, WebhookCatchUp},
    changes::{EventChanges, FeedbackChanges, StoredChanges},
    clipboard::CopyTextRequest,
    crash::{CrashFact, CrashFrame, CrashImage, CrashLogPage, CrashLogRequest, CrashReply, CrashReport, CrashThread},
    deletion::{Deleted, Deletion, DeletionBounds, DeletionRequest, Received},
    delivery::{
        ChosenDelivery, DeliveriesReply, DeliveriesRequest, Delivery, DeliveryState, RedeliverChosenRequest,
        RedeliverFailedRequest, RedeliverReply, RedeliverRequest, RedeliveryOutcome, RedeliveryProgress,
        RedeliveryResult,
    },
    diagnostics::Diagnostics,
    distribution::{
        DecideDistributionRequest, DistributeRequest, Distribution, DistributionCheck, DistributionChoice,
        DistributionDefaultsRequest, DistributionPlan, DistributionPlanner, DistributionRequest, DistributionState,
        DistributionStep, DistributionStepName, DistributionStepState, NotifyChoice, ReviewChoice, WhatToTest,
    },
    doctor::{Doctor, DoctorRemedy, DoctorResult, DoctorStep, DoctorSubject},
    error::{ApiError, ErrorCode},
    event::{
        ArchiveRequest, Arrival, BuildExpiry, EventChoices, EventDetail, EventDetails, EventRequest, EventRow,
        EventsReply, EventsRequest, InstanceRef, KnownApp, MarkReadRequest, MarkedEvents, NamedThing, NewsFact,
        Payload, StateChoice, TrackStep, TypeChoice,
    },
    feedback::{
        Amount, ArchiveFeedbackRequest, BackfillProgress, BackfillRequest, ExportFeedbackReply, ExportFeedbackRequest,
        Fact, FeedbackApp, FeedbackBuild, FeedbackCounts, FeedbackDetail, FeedbackIdRequest, FeedbackReply,
        FeedbackRequest, FeedbackRow, FeedbackStorage, LogFile, MarkFeedbackRequest, MarkedFeedback, Picture,
        PictureRequest, PicturesRequest, RetentionRequest, SaveReply,
    },
    insights::{
        AppTimeline, AppTimelineRequest, Delay, HealthCount, HealthDay, HealthOfWebhook, InsightsApp, InsightsReply,
        LastFailure, TimelineSpan, TimelineTrack, WebhookHealth, WebhookHealthRequest,
    },
    resend::{
        CopyCurlRequest, CurlRequest, ForgetAddressRequest, Original, ResendForm, ResendFormRequest, ResendReply,
        ResendRequest,
    },
    rule::{
        ComparedRule, Destination, DestinationRequest, EnableRuleRequest, EventRules, EventRulesRequest,
        ExportRulesReply, ExportRulesRequest, ImportRulesRequest, ListedRule, MoveRuleRequest, NamedWord, OtherEvents,
        PreviewRuleRequest, PreviewedEvent, ReadyMadeRule, RuleApp, RuleChoices, RuleFault, RuleName, RulePreview,
        RuleRequest, SaveDestinationRequest, SaveRuleRequest, Sends, TryRuleRequest,
    },
    run::{Run, RunEvent, RunIdRequest, RunState, RunsReply, RunsRequest},
    settings::{
        Announce, ChangeSettingsRequest, DEFAULT_PORT, Day, DigestPeriod, LogLevel, NoTimeOfDay,
        NotificationPermission, Overrides, OwnNewsChoice, QuietHours, Retention, Settings, SettingsFileReply,
        SettingsReply, SoundChoice, StartAtLogin, TimeOfDay, UploadSettings,
    },
    status::{ListenerState, PauseRequest, Platform, PortRequest, Push, Status, TrayState, Trouble, TroubleKind},
    tester::{
        AddTestersReply, AddTestersRequest, CopyPublicLinkRequest, CreateTesterGroupRequest, InviteTesterRequest,
        NewTester, PublicLink, RefusedTester, RemoveTesterRequest, Tester, TesterFileReply, TesterFileRequest,
        TesterGroup, TesterGroupsRequest, TestersReply, TestersRequest, WrongLine,
    },
    tracker::{
        AddTrackerRequest, ChangeTrackerRequest, FeedbackIssue, FeedbackIssuesRequest, FileIssuesRequest,
        FixedIssueLine, FixedLinesRequest, Issue, IssueFile, IssueParts, IssuePreview, OpenFixedIssueRequest,
        OpenIssueRequest, RenewTrackerTokenRequest, SimilarCrashes, Tracker, TrackerAccess, TrackerChoices,
        TrackerPlaceRequest, TrackerPlaces, TrackerRequest, TrackerSettings,
    },
    tunnel::{
        ProofResult, RepointReply, RepointRequest, SetTunnelRequest, StaleWebhook, Tunnel, TunnelField, TunnelLine,
        TunnelNews, TunnelOutput, TunnelProof, TunnelProvider, TunnelState, TunnelStatus,
    },
    update::UpdateStatus,
    upload::{
        BuildFileForm, BuildFileRequest, BuildFileSummary, StartUploadRequest, Upload, UploadFailure, UploadFinding,
        UploadRequest, UploadStage, UploadTarget, UploadTeller, UploadTrouble, UploadWait, UploadsRequest,
    },
    view::{OrderViewsRequest, RenameViewRequest, SaveViewRequest, SavedView, ViewRequest},
    webhook::{
        AddWebhookRequest, CopySecretReply, GivenSecret, LastEvent, Refused, RenameWebhookRequest, RotateSecretRequest,
        TestReply, Webhook, WebhookRequest,
    },
};
