//! How Hookbell talks to servers that a person named: which addresses it connects to, how clients are built, and what
//! responses of all services have in common.
//!
//! Rule actions and trackers both use this crate, so that the address check exists only once. The callers decide what a
//! response means for their service and whether to retry.

mod address;
mod answer;
mod clients;
mod multipart;

pub use self::{
    address::{ForbiddenAddress, checked_address, host_of},
    answer::{quoted, read_at_most, retry_after},
    clients::Clients,
    multipart::{FormPart, MultipartForm},
};
