//! The pure part of Hookbell: ids, secrets, signatures, the event model and its words.
//!
//! Everything here is a pure function of its arguments, so that the listener, the catch-up, the simulator and the
//! command line agree on what an event is without sharing any machinery. [`words`] says what an event means,
//! [`timeline`] derives a version's history from its events, [`crash`] parses crash logs, [`visible`] knows which
//! characters a reader sees, and [`fixture`] has one event of each type for experiments. Deliberately absent: IO,
//! async, randomness and the clock; callers pass bytes and times in.

mod app_icon;
pub mod backoff;
mod build_number;
pub mod crash;
mod delivery;
pub mod event;
mod event_filter;
pub mod fixture;
mod id;
pub mod json;
mod reach;
pub mod rules;
mod secret;
mod signature;
mod slip;
pub mod timeline;
mod tracker;
pub mod visible;
mod vocabulary;
pub mod words;

pub use crate::{
    app_icon::AppIcon,
    build_number::BuildNumber,
    delivery::{ReceivedDelivery, Verified, verify},
    event::{Event, EventKind, EventType, FeedbackKind, Instance},
    event_filter::{EventFilter, EventPlace},
    id::{
        AccountId, AlternativeDistributionPackageId, AlternativeDistributionPackageVersionId, AppId, AppStoreVersionId,
        AscWebhookId, BackgroundAssetAppStoreReleaseId, BackgroundAssetExternalReleaseId, BackgroundAssetId,
        BackgroundAssetInternalReleaseId, BackgroundAssetVersionId, BetaAppLocalizationId, BetaAppReviewDetailId,
        BetaAppReviewSubmissionId, BetaBuildLocalizationId, BetaGroupId, BetaTesterId, BetaTesterInvitationId,
        BuildBetaDetailId, BuildBetaNotificationId, BuildId, BuildUploadFileId, BuildUploadId, CrashFeedbackId,
        CrashLogId, DeliveryId, EventId, IdError, IssuerId, KeyId, PingId, PreReleaseVersionId, ScreenshotFeedbackId,
        WebhookId,
    },
    reach::{causes, is_loopback_host, is_public_address, root_cause, stands_in_for},
    secret::{Secret, SecretError},
    signature::{SIGNATURE_HEADER, Signature, SignatureError},
    slip::Slip,
    tracker::{IssueFilter, IssueProgress, MAX_ISSUE_LABELS, MAX_LABEL_CHARS, TrackerKind},
    vocabulary::UnknownWord,
};
