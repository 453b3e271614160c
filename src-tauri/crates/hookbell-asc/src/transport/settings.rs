//! The client's timeouts and size limits.

use std::time::Duration;

use super::retry_policy::RetryPolicy;

/// Limits on time and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientSettings {
    /// Timeout for connecting.
    pub connect_timeout: Duration,
    /// Timeout for one try, from the first byte sent to the last one read.
    pub request_timeout: Duration,
    /// Maximum size of an answer, in bytes.
    pub max_body: usize,
    /// Maximum length of a list, in pages.
    pub max_pages: usize,
    /// When to retry a read.
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
