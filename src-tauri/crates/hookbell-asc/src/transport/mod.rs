//! What every operation shares: who we are, how one exchange goes, when it may be repeated, how the
//! answer is read, and what can go wrong.
//!
//! Nothing here names a resource. Only `exchange` speaks HTTP.

pub mod base_url;
pub mod credential;
pub mod error;
pub(crate) mod exchange;
pub mod json_api;
pub(crate) mod jwt;
pub mod key;
mod lenient;
pub(crate) mod open_enum;
pub(crate) mod pace;
pub mod rate_limit;
pub(crate) mod retry;
pub mod retry_policy;
pub mod settings;
