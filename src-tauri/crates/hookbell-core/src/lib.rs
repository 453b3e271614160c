//! The part of Hookbell that only thinks: ids, secrets, signatures, the event model and its words.
//!
//! Everything here is a pure function of its arguments, so that the listener, the catch-up, the
//! simulator and the command line agree on what an event is without sharing any machinery.
//! Deliberately absent: IO, async, randomness and the clock; callers pass bytes and times in.

mod delivery;
pub mod event;
mod id;
mod secret;
mod signature;

pub use crate::{
    delivery::{Delivery, Verified, verify},
    event::{Event, EventType, Instance},
    id::{AppId, EventId, IdError, WebhookId},
    secret::{Secret, SecretError},
    signature::{SIGNATURE_HEADER, Signature, SignatureError},
};
