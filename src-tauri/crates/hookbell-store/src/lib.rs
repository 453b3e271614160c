//! Every event on disk: one SQLite database in the data directory, shared by all Hookbell processes.
//!
//! One thread per process does all writes: it commits whatever has queued up in one transaction and answers only after
//! the commit (`synchronous=FULL`), so an answer means "on disk". Reads use separate connections and never wait for it.
//! Each table is a file in `table/` with its migration, row type, reads and writes.
//!
//! Every event enters through `intake`, which describes what happens to a delivery until it can be found.
//!
//! Deliberately absent: secrets (the keychain has them; only their numbers are here), the clock (callers pass times
//! in), and any idea of what an event means (core puts it into words, stored as text).

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
