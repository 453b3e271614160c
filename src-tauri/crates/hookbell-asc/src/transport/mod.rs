//! What every operation shares: credentials, the HTTP exchange, retries, reading answers, and errors.
//!
//! Nothing here names a resource. Only `exchange` uses HTTP.

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
