//! Sends a file in parts to the signed addresses of a storage host.
//!
//! [`PartPlan::check`] makes a plan of what App Store Connect offers and refuses any other host. [`stored_parts`] finds the
//! parts that the storage has already. [`Sending::run`] sends the rest: four at a time, each compared by its MD5 and
//! sent again alone if it failed. What was confirmed is told to a [`SendReport`], which writes it down.
//!
//! Deliberately absent: App Store Connect's API and its token, which therefore can't reach the storage; the store; and
//! pausing, for which the future is dropped. Nothing but the parts under way is lost then.
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
