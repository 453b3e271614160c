//! The supervisor's intervals and timeouts.

use std::time::Duration;

/// Intervals and timeouts. The product uses [`Rhythm::default`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// How often to probe the public address while all is well.
    pub probe_every: Duration,
    /// One probe's timeout.
    pub probe_timeout: Duration,
    /// The wait after a failed probe.
    pub again_after: Duration,
    /// How many consecutive failed probes cause a restart.
    pub misses: u32,
    /// How long the program gets to print its public address.
    pub address_within: Duration,
    /// How long the address then gets to lead here. New names take a while to propagate.
    pub verified_within: Duration,
    /// How long to wait before probing an address whose name might not exist yet, unless the program reports a
    /// connection sooner.
    pub promised: Duration,
    /// The wait from that report to the first probe, while the name propagates.
    pub settle: Duration,
    /// How long a name can stay unresolved before a restart. Each restart makes another new name.
    pub named_within: Duration,
    /// How long to wait for a program's last output after it exits or is refused. Its descendants can hold the pipe
    /// open for longer.
    pub last_words: Duration,
    /// The first and the longest wait before a restart.
    pub wait: (Duration, Duration),
    /// The same after the provider refused for a while.
    pub wait_refused: (Duration, Duration),
    /// How long it must be up before its next failure counts as the first one.
    pub steady: Duration,
    /// How long the program gets to exit before we kill it.
    pub grace: Duration,
    /// How often to check the clock and this computer's addresses.
    pub watch_every: Duration,
}

impl Default for Rhythm {
    /// A probe every minute; a silent address is given up within half a minute; 1 to 60 s between starts.
    fn default() -> Self {
        Self {
            probe_every: Duration::from_secs(60),
            probe_timeout: Duration::from_secs(8),
            again_after: Duration::from_secs(2),
            misses: 3,
            address_within: Duration::from_secs(60),
            verified_within: Duration::from_secs(60),
            promised: Duration::from_secs(15),
            settle: Duration::from_secs(4),
            named_within: Duration::from_secs(600),
            last_words: Duration::from_secs(1),
            wait: (Duration::from_secs(1), Duration::from_secs(60)),
            wait_refused: (Duration::from_secs(300), Duration::from_secs(3600)),
            steady: Duration::from_secs(60),
            grace: Duration::from_secs(3),
            watch_every: Duration::from_secs(5),
        }
    }
}
