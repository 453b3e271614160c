//! What commands print as JSON beyond the engine's own replies. `docs/cli.md` is written from these types, and tests
//! hold what is printed against them.

use hookbell_engine::{
    EventLine,
    api::{
        CrashReply, Deleted, Deletion, Distribution, FeedbackDetail, UploadFailure, UploadFinding, UploadStage,
        UploadWait, Webhook,
    },
};
use hookbell_sim::Ready;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// The first line of `listen` and `serve`: from now on, deliveries are accepted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct ReadyPrinted {
    pub(crate) ready: Listening,
}

/// The listener's address.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Listening {
    /// For `listen`, the webhook's payload URL on this computer; for `serve`, the address without a path.
    pub(crate) url: String,
}

/// An event that was stored. `serve` prints it again, under the same id, if its details come late.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct EventPrinted {
    pub(crate) event: EventLine,
}

/// What the app would show as a notification.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct NotificationPrinted {
    pub(crate) notification: Notified,
}

/// The words of a notification.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct Notified {
    /// What happened.
    pub(crate) title: String,
    /// The same in a sentence.
    pub(crate) body: String,
}

/// A simulated App Store Connect that is ready.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct SimulatorPrinted {
    /// The address of its API, and the key to use it with. `issuerId` is left out for an individual key.
    #[cfg_attr(test, ts(type = "{ url: string, keyId: string, issuerId?: string, privateKeyFile: string }"))]
    pub(crate) ready: Ready,
}

/// One sample event that was signed, sent, or both.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct TriggerPrinted {
    /// What was signed, with `--print`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(crate) request: Option<SignedRequest>,
    /// The server's response, if the event was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(crate) answer: Option<ServerAnswer>,
}

/// A signed request.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct SignedRequest {
    /// The value of the header `x-apple-signature`.
    pub(crate) signature: String,
    /// The signed body, byte for byte.
    pub(crate) body: String,
}

/// A server's response.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct ServerAnswer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The start of the response body on one line, or `null` if it is empty.
    pub(crate) message: Option<String>,
}

/// Whether a body matches a signature.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct VerifyPrinted {
    /// Whether the signature is valid.
    pub(crate) verified: bool,
    /// Why it isn't, or `null`.
    pub(crate) reason: Option<String>,
}

/// A webhook that was added without an account.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct AddedWebhook {
    #[serde(flatten)]
    pub(crate) webhook: Webhook,
    /// The payload URL without its address: `/hooks/` and the webhook's token.
    pub(crate) path: String,
}

/// A webhook that was deleted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct WebhookDeleted {
    /// The id it had in App Store Connect.
    pub(crate) deleted: String,
}

/// What a deletion would take, before `--yes` confirms it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeletionPlanned {
    pub(crate) would_delete: Deletion,
}

/// What a deletion took.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct DeletionDone {
    pub(crate) deleted: Deleted,
}

/// A tracker that was removed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct TrackerRemoved {
    /// The id it had.
    pub(crate) removed: i64,
}

/// An account that was removed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct AccountRemoved {
    pub(crate) removed: RemovedAccount,
    /// What was deleted with it, or `null` without `--delete-received`.
    pub(crate) deleted: Option<Deleted>,
}

/// Which account it was.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct RemovedAccount {
    /// The account's id.
    pub(crate) id: String,
    /// The name it had.
    pub(crate) name: String,
    /// The names of its webhooks that send here. They stay in App Store Connect.
    pub(crate) webhooks: Vec<String>,
}

/// A rule that was deleted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct RuleDeleted {
    pub(crate) deleted: DeletedRule,
}

/// The rule that was deleted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct DeletedRule {
    /// The id it had.
    pub(crate) id: i64,
    /// The name it had.
    pub(crate) name: String,
}

/// A destination that was deleted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct DestinationDeleted {
    /// The name it had.
    pub(crate) deleted: String,
}

/// Feedback with its crash report.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct FeedbackShown {
    #[serde(flatten)]
    pub(crate) detail: FeedbackDetail,
    /// The crash; left out for screenshots.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(crate) crash: Option<CrashReply>,
}

/// The progress of an upload: at most one line per second while something changes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct UploadProgressPrinted {
    pub(crate) progress: UploadProgress,
}

/// Bytes and parts of an upload.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct UploadProgress {
    /// The upload's id.
    pub(crate) upload: i64,
    /// Bytes that were sent.
    pub(crate) sent: u64,
    /// Bytes of the whole file.
    pub(crate) total: u64,
    /// How many parts App Store Connect has confirmed. They are never sent again.
    pub(crate) part: u32,
    /// How many parts there are, once App Store Connect has said so.
    pub(crate) parts: Option<u32>,
    /// Why it isn't progressing, or `null`.
    pub(crate) waits: Option<UploadWait>,
}

/// App Store Connect has the whole build.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct UploadedPrinted {
    pub(crate) uploaded: Uploaded,
}

/// An upload that arrived.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Uploaded {
    /// The upload's id.
    pub(crate) id: i64,
    /// Its id in App Store Connect.
    pub(crate) asc_id: Option<String>,
    /// The app's id.
    pub(crate) app: String,
    /// The build's version.
    pub(crate) version: String,
    /// The build's number.
    pub(crate) number: String,
}

/// How processing an upload ended, with `--wait`; or how an upload ended that didn't get that far.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct UploadStatePrinted {
    /// `processing` at first, then `done`, `failed` or `canceled`.
    pub(crate) state: UploadStage,
    /// The build's id, once it is done.
    pub(crate) build: Option<String>,
    /// Why it failed, or `null`.
    pub(crate) failure: Option<UploadFailure>,
    /// What App Store Connect warned of.
    pub(crate) warnings: Vec<UploadFinding>,
}

/// How the plan for an uploaded build ended, with `--wait`. The last line.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
pub(crate) struct PlanPrinted {
    pub(crate) plan: Distribution,
}
