//! Sends a file in parts to the signed addresses of a storage host.
//!
//! [`PartPlan::check`] turns App Store Connect's offer into a plan and rejects any other host. [`stored_parts`] finds
//! the parts that the storage already has. [`Sending::run`] sends the rest: four at a time, each verified by its MD5
//! and retried separately if it fails. Confirmed parts are reported to a [`SendReport`], which records them.
//!
//! Deliberately absent: App Store Connect's API and its token, which therefore can't reach the storage; the store; and
//! pausing, for which the caller drops the future. That loses only the parts under way.
#![deny(missing_docs)]

mod error;
mod limit;
mod meter;
mod parts;
mod put;
mod reread;
mod schedule;
mod section;
mod send;

pub use self::{
    error::{PlanError, PutError, SendStop},
    limit::BandwidthLimit,
    meter::SendMeter,
    parts::{MAX_PARTS, OfferedPart, Part, PartPlan, StorageHosts},
    put::{PartStorage, Patience},
    reread::{StoredParts, stored_parts},
    schedule::PartRetries,
    section::{Md5Tag, PIECE_BYTES, PartSource},
    send::{SendReport, SendWait, Sending, StoredPart},
};
