//! How patient a client is, and how much it takes.

use std::time::Duration;

use super::retry_policy::RetryPolicy;

/// Bounds on time and on what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientSettings {
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// How long one try may take, from the first byte sent to the last one read.
    pub request_timeout: Duration,
    /// The largest answer that is read, in bytes.
    pub max_body: usize,
    /// The longest list that is read, in pages.
    pub max_pages: usize,
    /// When a read is tried again.
    pub retry: RetryPolicy,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            max_body: 32 * 1024 * 1024,
            max_pages: 1000,
            retry: RetryPolicy::default(),
        }
    }
}
