//! The app started hidden, as at login: how soon it is in the tray, and how much memory it then holds.

use std::time::Instant;

use crate::{
    Outcome,
    desk::{Desk, HIDDEN},
    figures::{median, ms},
    machine, memory,
    table::{Table, verdict},
};

/// Starts that count; one more goes before, to warm up.
const STARTS: usize = 9;

/// An app of Tauri 2.12 with a tray icon and nothing else, built with the same profile and started the
/// same way on Debian 12 with 2 cores: our limit is so many times as much.
const BARE_MEMORY_MIB: f64 = 57.0;
const BARE_TRAY_MS: f64 = 107.0;
const LIMIT: f64 = 1.3;

pub async fn measure() -> Outcome<()> {
    let Some(mut desk) = Desk::start(0).await? else { return Ok(()) };
    let (mut tray, mut held) = (Vec::new(), Vec::new());
    for _ in 0..=STARTS {
        let start = Instant::now();
        let mut app = desk.launch.clone().arg(HIDDEN).start(&desk.desktop)?;
        let item = desk.tray.next_item().await?;
        tray.push(ms(item.registered_at() - start));
        held.push(memory::settled(app.id()).await);
        item.click("Quit Hookbell").await?;
        app.ended().await?;
    }
    let (tray, held) = (median(tray.split_off(1)), median(held.split_off(1)));

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
    row("memory (PSS) at rest", "MiB", held, BARE_MEMORY_MIB);
    row("from start to tray icon", "ms", tray, BARE_TRAY_MS);
    table.print(&format!(
        "Medians of {STARTS} starts with one webhook in the store. The figures of bare Tauri are constants, taken on \
         another day on Debian 12 with 2 cores. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}
