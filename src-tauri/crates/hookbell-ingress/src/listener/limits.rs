//! How much of the listener one sender can use.

use std::time::Duration;

/// Limits on time and size. The product uses [`Limits::default`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From the connection to the end of the first request's head. After that: 408, or no answer if no byte came.
    pub header_timeout: Duration,
    /// From the end of the head to the end of the body. After that: 408.
    pub body_timeout: Duration,
    /// From an answer to the end of the next request's head. After that the connection closes. Also applies if the
    /// sender doesn't read its answers.
    pub idle_timeout: Duration,
    /// Maximum concurrent connections. For one more, the connection that has waited longest with an incomplete head
    /// gets 503 and is closed; if all are being answered, the new one.
    pub connections: usize,
    /// Maximum body length in bytes. A longer one gets 413.
    pub body: usize,
    /// How long requests in flight can take to finish after the listener is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    /// 10 s for a head, 30 s for a body, 120 s idle, 512 connections, 1 MiB per body, 5 s to finish.
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(120),
            connections: 512,
            body: 1024 * 1024,
            drain: Duration::from_secs(5),
        }
    }
}
