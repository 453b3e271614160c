//! Sends the offered parts until App Store Connect's storage has confirmed them, and records each.
//!
//! The crate `hookbell-transfer` sends the parts. This module translates its errors for people, and its confirmations
//! into rows.

use std::{collections::BTreeMap, sync::Arc};

use hookbell_asc::api::build_upload_files::{BuildUploadFile, UploadOperation};
use hookbell_store::{ConfirmedPart, StoredUpload};
use hookbell_transfer::{
    BandwidthLimit, Md5Tag, OfferedPart, PartPlan, PartRetries, PartStorage, Patience, PutError, SendMeter, SendReport,
    SendStop, SendWait, Sending, StorageHosts, StoredPart, stored_parts,
};
use jiff::Timestamp;
use tokio::sync::Notify;

use super::{failures::sentence, held_file::HeldFile, progress::Progress};
use crate::{
    api::{UploadFailure, UploadWait},
    context::Context,
};

/// As network speeds are measured.
const BYTES_PER_KILOBYTE: u64 = 1_000;

const GOES_ON: &str = "It continues automatically.";

/// Shared by all uploads of a process.
#[derive(Debug)]
pub(super) struct Sender {
    limit: Arc<BandwidthLimit>,
    wake: Notify,
}

/// Why not all parts were sent. The confirmed ones stay confirmed.
#[derive(Debug)]
pub(super) enum NotSent {
    /// The URLs have expired: App Store Connect has new ones.
    Addresses,
    /// The bytes read are no longer the ones that were chosen.
    Changed,
    /// It is retried later.
    Later(UploadWait),
    /// It isn't retried automatically.
    Failed(UploadFailure),
}

impl Sender {
    pub(super) fn new() -> Self {
        Self { limit: Arc::new(BandwidthLimit::new(None)), wake: Notify::new() }
    }

    /// Sets the speed limit from now on, in kilobytes per second; `None` for no limit.
    pub(super) fn set_limit(&self, kilobytes_per_second: Option<u32>) {
        self.limit.set(kilobytes_per_second.map(|limit| u64::from(limit) * BYTES_PER_KILOBYTE));
    }

    /// Retries at once whatever waits for the network.
    pub(super) fn wake(&self) {
        self.wake.notify_waiters();
    }

    /// Sends the parts of a file that the storage lacks. `offered` is App Store Connect's description of it;
    /// `is_loopback` means that it comes from a simulator. Dropping the future pauses.
    pub(super) async fn send(
        &self,
        context: &Context,
        upload: &StoredUpload,
        offered: BuildUploadFile,
        is_loopback: bool,
        held: &Arc<HeldFile>,
        progress: &Progress,
    ) -> Result<(), NotSent> {
        let hosts = if is_loopback { StorageHosts::Loopback } else { StorageHosts::Apple };
        let parts = offered.upload_operations.unwrap_or_default().into_iter().map(part).collect();
        let plan = PartPlan::check(held.size(), parts, hosts).map_err(|error| {
            let message = format!("Hookbell can’t send the build the way App Store Connect requires: {error}.");
            failed(message, "Check for an update of Hookbell, then try again.", true)
        })?;
        let storage = PartStorage::new(hosts, Patience::default()).map_err(|error| {
            failed(sentence(&error.to_string()), "Check this computer’s certificates, then try again.", true)
        })?;
        let store = &context.store;
        let kept = |error: hookbell_store::StoreError| not_kept(&error.to_string());
        let known: BTreeMap<_, _> = store
            .confirmed_parts(upload.id)
            .await
            .map_err(kept)?
            .into_iter()
            .map(|part| (part.number, Md5Tag(part.md5)))
            .collect();
        let stored = stored_parts(&plan, &known, held).await.map_err(|error| unreadable(&error))?;
        if !stored.lost.is_empty() {
            store.forget_parts(upload.id, stored.lost.into_iter().collect()).await.map_err(kept)?;
        }
        store.confirm_parts(upload.id, stored.found.into_iter().map(confirmed).collect()).await.map_err(kept)?;
        let meter = Arc::new(SendMeter::starting_at(stored.stored_bytes));
        progress.follow(Arc::clone(&meter));
        let second = context.options.pace.upload_second;
        let usual = PartRetries::default();
        let sending = Sending {
            plan: &plan,
            storage: &storage,
            source: held,
            limit: &self.limit,
            meter: &meter,
            report: &Report { context, upload: upload.id },
            retries: PartRetries {
                first_wait: second.mul_f64(usual.first_wait.as_secs_f64()),
                longest_wait: second.mul_f64(usual.longest_wait.as_secs_f64()),
                ..usual
            },
            wake: &self.wake,
            now: Timestamp::now,
        };
        sending.run(stored.missing).await.map_err(stopped)
    }
}

/// Records the progress.
struct Report<'a> {
    context: &'a Context,
    upload: i64,
}

impl SendReport for Report<'_> {
    async fn stored(&self, part: StoredPart) -> Result<(), String> {
        let written = self.context.store.confirm_parts(self.upload, vec![confirmed(part)]).await;
        written.map_err(|error| format!("{error}; {}", error.hint()))
    }

    async fn waits(&self, wait: Option<SendWait>) {
        let waits = wait.and_then(|wait| {
            let until = self.context.clock.now().saturating_add(wait.next_try_in).ok().map(|until| until.to_string());
            tracing::info!(upload = self.upload, reason = %wait.reason, "an upload waits for the network");
            let message = "The network isn’t available.".to_owned();
            serde_json::to_string(&UploadWait { message, hint: GOES_ON.to_owned(), until }).ok()
        });
        if let Err(error) = self.context.store.set_upload_waits(self.upload, waits).await {
            tracing::warn!(%error, upload = self.upload, "why an upload waits could not be written down");
        }
    }
}

/// A part as App Store Connect describes it, not validated yet.
fn part(operation: UploadOperation) -> OfferedPart {
    let headers = operation.request_headers.unwrap_or_default().into_iter();
    OfferedPart {
        method: operation.method,
        url: operation.url.map(|url| url.expose().to_owned()),
        offset: operation.offset,
        length: operation.length,
        headers: headers.filter_map(|header| Some((header.name?, header.value.unwrap_or_default()))).collect(),
        expires: operation.expiration,
        entity_tag: operation.entity_tag,
    }
}

fn confirmed(part: StoredPart) -> ConfirmedPart {
    let signed = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    ConfirmedPart { number: part.number, offset: signed(part.offset), length: signed(part.length), md5: part.tag.0 }
}

fn stopped(stop: SendStop) -> NotSent {
    match stop {
        SendStop::Addresses => NotSent::Addresses,
        SendStop::Changed => NotSent::Changed,
        SendStop::NotKept(why) => not_kept(&why),
        SendStop::TooOften { part, tries, last } => {
            tracing::warn!(part, tries, error = %last, "a part could not be sent");
            match last {
                PutError::WrongTag { .. } => failed(
                    "Something between this computer and App Store Connect changes the data on its way.".into(),
                    "Turn off proxies and security software that inspect traffic, then try again.",
                    true,
                ),
                last => NotSent::Later(UploadWait {
                    message: sentence(&last.to_string()),
                    hint: "Hookbell retries automatically.".into(),
                    until: None,
                }),
            }
        }
        SendStop::Failed { why: PutError::File(error), .. } => unreadable(&error),
        SendStop::Failed { why, .. } => {
            failed(sentence(&why.to_string()), "Try again; if it fails once more, check for an update.", true)
        }
    }
}

fn not_kept(why: &str) -> NotSent {
    NotSent::Later(UploadWait { message: sentence(why), hint: GOES_ON.into(), until: None })
}

fn unreadable(error: &std::io::Error) -> NotSent {
    failed(format!("The file can’t be read: {error}."), "Check the disk it’s on, then try again.", true)
}

fn failed(message: String, hint: &str, can_retry: bool) -> NotSent {
    NotSent::Failed(UploadFailure { message, hint: hint.into(), problems: Vec::new(), next_number: None, can_retry })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn too_often(last: PutError) -> NotSent {
        stopped(SendStop::TooOften { part: 3, tries: 3, last })
    }

    #[test]
    fn a_proxy_that_changes_what_is_sent_is_named_and_anything_else_is_tried_again() {
        let host = "storage.apple.com".to_owned();
        let wrong = PutError::WrongTag { host, sent: Md5Tag([1; 16]), stored: None };
        assert!(matches!(too_often(wrong), NotSent::Failed(failure) if failure.hint.contains("proxies")));
        let stalled = PutError::Stalled { after: Duration::from_secs(30) };
        assert!(matches!(too_often(stalled), NotSent::Later(wait) if wait.message == "No data moved for 30 seconds."));
    }
}
