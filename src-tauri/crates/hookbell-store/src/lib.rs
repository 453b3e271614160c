//! Every event on disk: one SQLite database in the data directory, shared by every Hookbell process.
//!
//! Writes go through one thread per process that commits whatever has queued up in one transaction
//! and answers only after the commit (`synchronous=FULL`): an answer means "on disk". Reads run on
//! connections of their own and never wait for it. A table is a file in `table/`: its migration, its
//! row type, its reads and its writes.
//!
//! Every event comes in through `intake`, which says what happens to a delivery until it can be found.
//!
//! Deliberately absent: secrets (they are in the keychain; here are only their numbers), the clock
//! (times are passed in), and any idea of what an event means (core puts it into words, kept as text).

mod bell;
mod column;
mod connection;
mod delete;
mod error;
mod files;
mod intake;
mod notes;
mod open;
mod readers;
mod search;
mod store;
mod table;
mod touched;
mod writer;

pub use crate::{
    delete::{Bounds, DeletedFeedback, Going, Traces, Which},
    error::{StoreError, WriteTrouble},
    open::Opened,
    store::Store,
    table::{
        account::StoredAccount,
        apple_list::AppleList,
        apple_webhook::AppleWebhook,
        arrival::{Source, StoredArrival},
        catch_up::CaughtUp,
        distribution::{
            DistributionQuery, DistributionState, DistributionStepName, DistributionStepState, NewDistribution,
            StoredDistribution, StoredDistributionStep, known_build::KnownBuild, work::DistributionProgress,
        },
        enrichment::DueEnrichment,
        event::{
            Arrived, Changed, ChangedApps, ChangedThings, EventPage, EventQuery, FirstArrival, Inserted, MAX_PAGE,
            NewEvent, Redescription, SignedBody, StateChange, StoredEvent, Subject, Tally, own_news_webhook,
        },
        failed_delivery::{FailedDelivery, Failure},
        feedback::{
            FeedbackCount, FeedbackPage, FeedbackPlace, FeedbackQuery, FeedbackSubmission, FileState, FileUse,
            KeptFile, NewFeedback, NewPicture, Role, StoredFeedback, StoredFile,
        },
        issue::{FixedIssue, IssueTally, MadeIssue, StoredIssue},
        judging::{Judgment, RuleChanges},
        listener::Listening,
        refusal::StoredRefusal,
        rule::{RuleTally, StoredRule},
        run::{NewRun, RunEnd, RunQuery, RunState, StoredRun},
        saved_view::StoredView,
        stray::Stray,
        tracker::StoredTracker,
        tunnel_news::{StoredTunnelNews, TunnelNewsKind},
        upload::{NewUpload, StoredUpload, UploadQuery, UploadStage, advance::UploadChange, parts::ConfirmedPart},
        webhook::{NewWebhook, Origin, StoredWebhook, WebhookName},
        webhook_secret::Generation,
    },
    touched::{Rows, Touched},
    writer::StoreLimits,
};
