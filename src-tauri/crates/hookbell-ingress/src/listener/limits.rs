//! How much of the listener one sender may have.

use std::time::Duration;

/// Bounds on time and size. [`Limits::default`] is what the product runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From the connection to the end of the first request's head. Past it: 408, or nothing if not a byte came.
    pub header_timeout: Duration,
    /// From the end of the head to the end of the body. Past it: 408.
    pub body_timeout: Duration,
    /// From an answer to the end of the next request's head. Past it the connection is closed. This also
    /// ends a connection whose sender does not take its answers.
    pub idle_timeout: Duration,
    /// Connections at a time. For one more, the one that has been waiting the longest with an unfinished head gets 503
    /// and is closed; if all are being answered, the new one.
    pub connections: usize,
    /// The longest body in bytes. A longer one gets 413.
    pub body: usize,
    /// How long requests in flight may take to finish once the listener is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    /// 10 s for a head, 30 s for a body, 120 s idle, 512 connections, bodies of 1 MiB, 5 s to finish.
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
