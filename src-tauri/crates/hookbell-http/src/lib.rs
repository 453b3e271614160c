//! How Hookbell speaks to servers that a person named: which addresses it connects to, how a client is built, and what
//! every service says alike.
//!
//! What a rule does and what a tracker gets both go through here, so that the check of an address exists once. What an
//! answer means for one service, and whether another try makes sense, is said by those above.

mod address;
mod answer;
mod clients;

pub use self::{
    address::{ForbiddenAddress, checked_address, host_of},
    answer::{quoted, read_at_most, retry_after},
    clients::Clients,
};
