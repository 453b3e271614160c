//! Detects by polling that the computer woke up or changed its network.
//!
//! While a computer sleeps its clock continues but nothing polls: a poll that comes much later than scheduled means
//! that the computer slept or this process was suspended. A network change shows in the addresses. Both work without
//! permissions and without a system listener, which would differ on each platform.

use std::{collections::BTreeSet, net::IpAddr, time::Duration};

use jiff::{SignedDuration, Timestamp};

/// A busy machine doesn't delay a poll for longer than this.
const LATE_BY: SignedDuration = SignedDuration::from_secs(10);

/// What happened to this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemChange {
    /// The computer slept, or this process was suspended.
    Woke,
    /// This computer's addresses changed.
    NetworkChanged,
}

/// Polls forever at this interval, and calls `tell` for each change.
pub async fn watch(now: impl Fn() -> Timestamp, every: Duration, mut tell: impl FnMut(SystemChange)) {
    let due = SignedDuration::try_from(every).unwrap_or(SignedDuration::MAX).saturating_add(LATE_BY);
    let (mut last, mut known) = (now(), addresses().await);
    loop {
        tokio::time::sleep(every).await;
        let (this, found) = (now(), addresses().await);
        if this.duration_since(last) > due {
            tell(SystemChange::Woke);
        } else if found != known {
            tell(SystemChange::NetworkChanged);
        }
        (last, known) = (this, found);
    }
}

/// Every address except loopback and link-local ones. Empty if the system won't say.
async fn addresses() -> BTreeSet<IpAddr> {
    let read = || {
        let found = if_addrs::get_if_addrs().unwrap_or_default().into_iter();
        found.filter(|one| !one.is_loopback() && !one.is_link_local()).map(|one| one.ip()).collect()
    };
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::{sync::mpsc, time::timeout};

    use super::*;

    #[tokio::test]
    async fn a_clock_that_jumps_means_that_it_slept() {
        let time = Arc::new(Mutex::new(Timestamp::UNIX_EPOCH));
        let (clock, (tell, mut told)) = (Arc::clone(&time), mpsc::unbounded_channel());
        let every = Duration::from_millis(5);
        let watching = watch(move || *clock.lock().unwrap(), every, move |what| tell.send(what).unwrap());
        let sleeping = async {
            *time.lock().unwrap() += SignedDuration::from_hours(8);
            told.recv().await
        };
        let change = tokio::select! {
            // Poll this first, so that it reads the clock before it jumps.
            biased;
            () = watching => None,
            change = timeout(Duration::from_secs(20), sleeping) => change.unwrap(),
        };
        assert_eq!(change, Some(SystemChange::Woke));
    }
}
