//! The app started hidden, as at login: how soon it is in the tray, and how much memory it then holds.

use std::time::{Duration, Instant};

use hookbell_tests::procfs;
use tokio::time::sleep;

use crate::{
    Outcome,
    desk::Desk,
    figures::{median, ms},
    machine,
    table::{Table, verdict},
};

/// Starts that count; one more goes before, to warm up.
const STARTS: usize = 9;

/// An app of Tauri 2.12 with a tray icon and nothing else, built with the same profile and started the
/// same way on Debian 12 with 2 cores: our limit is so many times as much.
const BARE_MEMORY_MIB: f64 = 57.0;
const BARE_TRAY_MS: f64 = 107.0;
const LIMIT: f64 = 1.3;

/// Memory is read once it has stood still, within so much, for so many looks in a row.
const STILL_MIB: f64 = 0.5;
const STILL_LOOKS: usize = 10;
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub async fn measure() -> Outcome<()> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    let (mut tray, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..=STARTS {
        let start = Instant::now();
        let mut app = desk.launch.start(&desk.desktop)?;
        let item = desk.tray.next_item().await?;
        tray.push(ms(item.registered_at() - start));
        memory.push(settled_memory(app.id()).await);
        item.click("Quit Hookbell").await?;
        app.ended().await?;
    }
    let (tray, memory) = (median(tray.split_off(1)), median(memory.split_off(1)));

    let mut table = Table::new("The app, started hidden", &["", "Hookbell", "bare Tauri", "ratio", "goal"]);
    let mut row = |name: &str, unit, figure: f64, bare: f64| {
        let ratio = figure / bare;
        let goal = verdict(&format!("≤ {LIMIT}"), ratio <= LIMIT);
        table.row([
            name.to_owned(),
            format!("{figure:.0} {unit}"),
            format!("{bare:.0} {unit}"),
            format!("{ratio:.2}"),
            goal,
        ]);
    };
    row("memory (PSS) at rest", "MiB", memory, BARE_MEMORY_MIB);
    row("from start to tray icon", "ms", tray, BARE_TRAY_MS);
    table.print(&format!(
        "Medians of {STARTS} starts with one webhook in the store. The figures of bare Tauri are constants, taken on \
         another day on Debian 12 with 2 cores. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

/// The memory of a process and all that it started, in MiB, once it stands still.
async fn settled_memory(pid: u32) -> f64 {
    let (mut settled, mut looks) = (0.0, 0);
    while looks < STILL_LOOKS {
        sleep(LOOK_EVERY).await;
        let now = procfs::memory(&procfs::family(pid)) as f64 / f64::from(1 << 20);
        looks = if (now - settled).abs() <= STILL_MIB { looks + 1 } else { 0 };
        if looks == 0 {
            settled = now;
        }
    }
    settled
}
