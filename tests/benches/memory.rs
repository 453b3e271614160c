//! The app's memory: that of a process and all its descendants, once it has settled.
//!
//! The app protects its memory from other programs, so on Linux only root can measure it: for other users the app's own
//! part counts as zero.

use std::time::Duration;

use hookbell_tests::procfs;
use tokio::time::sleep;

/// Settled means a change of at most this much, for this many samples in a row.
const STILL_MIB: f64 = 0.5;
const STILL_LOOKS: usize = 10;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The maximum number of samples: a process that never settles is measured at the end.
const LOOKS: usize = 300;

/// The proportional memory (PSS) of a process and all its descendants, in MiB.
pub async fn settled(pid: u32) -> f64 {
    let (mut settled, mut still) = (0.0, 0);
    for _ in 0..LOOKS {
        sleep(LOOK_EVERY).await;
        let now = procfs::memory(&procfs::family(pid)) as f64 / f64::from(1 << 20);
        still = if (now - settled).abs() <= STILL_MIB { still + 1 } else { 0 };
        if still == STILL_LOOKS {
            break;
        }
        if still == 0 {
            settled = now;
        }
    }
    settled
}
