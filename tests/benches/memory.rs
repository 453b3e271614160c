//! What the app holds: the memory of a process and all that it started, once it stands still.
//!
//! The app closes its memory to other programs, so on Linux only root can measure it: for anybody else its own part
//! counts nothing.

use std::time::Duration;

use hookbell_tests::procfs;
use tokio::time::sleep;

/// Still is within so much, for so many looks in a row.
const STILL_MIB: f64 = 0.5;
const STILL_LOOKS: usize = 10;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Looks at most: a process that never stands still is measured as it is then.
const LOOKS: usize = 300;

/// The proportional memory (PSS) of a process and all that it started, in MiB.
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
