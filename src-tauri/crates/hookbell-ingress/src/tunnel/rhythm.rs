//! How patient the supervisor is.

use std::time::Duration;

/// Bounds on time. [`Rhythm::default`] is what the product runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// How often the public address is probed while all is well.
    pub probe_every: Duration,
    /// How long one probe may take.
    pub probe_timeout: Duration,
    /// How long until the next try after one in vain.
    pub again_after: Duration,
    /// After so many tries in vain one after another the program is started anew.
    pub misses: u32,
    /// From the start of the program until it has said its public address.
    pub address_within: Duration,
    /// From then on until the address leads here. New names take a while to be known everywhere.
    pub verified_within: Duration,
    /// From a public address whose name may not exist yet until it is tried, unless the program says sooner that it is
    /// connected.
    pub promised: Duration,
    /// From that word until the first try, in which the name becomes known.
    pub settle: Duration,
    /// How long a name may stay unknown before the program is started again. Each start makes another new name.
    pub named_within: Duration,
    /// How long the last words of a program are waited for, once it has ended or was refused. What it started may hold
    /// its output open for longer.
    pub last_words: Duration,
    /// The first and the longest wait before the program is started again.
    pub wait: (Duration, Duration),
    /// The same where the provider said that it refuses more for a while.
    pub wait_refused: (Duration, Duration),
    /// How long it has to be up for its next failure to count as the first one.
    pub steady: Duration,
    /// How long the program may take to end before it is killed.
    pub grace: Duration,
    /// How often the clock and the addresses of this computer are checked.
    pub watch_every: Duration,
}

impl Default for Rhythm {
    /// A probe every minute; an address that is silent is given up within half a minute, 1 to 60 s between starts.
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
