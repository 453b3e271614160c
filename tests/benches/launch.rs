//! The app started hidden, as at login: how soon it is in the tray, and how much memory it uses then.

use std::time::Instant;

use hookbell_tests::app::Launch;

use crate::{
    Outcome,
    desk::{Desk, HIDDEN},
    figures::{median, ms},
    machine, memory,
    table::{Table, verdict},
};

/// Measured starts; one more precedes them as a warm-up.
const STARTS: usize = 9;

/// The goal: at most this many times what a minimal Tauri app with a tray icon took on Debian 12 with 2 cores, on
/// another day.
const LIMIT: f64 = 1.3;
const BARE_MEMORY_MIB: f64 = 57.0;
const BARE_TRAY_MS: f64 = 107.0;

pub async fn measure() -> Outcome<()> {
    let Some(mut desk) = Desk::start(0).await? else { return Ok(()) };
    let (mut ours, mut bare) = (Starts::default(), Starts::default());
    for _ in 0..=STARTS {
        ours.once(&mut desk, |desk| &desk.launch).await?;
        bare.once(&mut desk, |desk| &desk.bare).await?;
    }

    let mut table = Table::new("The app, started hidden", &["", "Hookbell", "bare Tauri", "ratio", "goal"]);
    let mut row = |name: &str, unit, ours: Vec<f64>, bare: Vec<f64>, of_another_day: f64| {
        let (figure, bare) = (settled_median(ours), settled_median(bare));
        let goal = verdict(&format!("≤ {LIMIT} × {of_another_day:.0} {unit}"), figure <= LIMIT * of_another_day);
        table.row([
            name.to_owned(),
            format!("{figure:.0} {unit}"),
            format!("{bare:.0} {unit}"),
            format!("{:.2}", figure / bare),
            goal,
        ]);
    };
    row("memory (PSS) at rest", "MiB", ours.held, bare.held, BARE_MEMORY_MIB);
    row("from start to tray icon", "ms", ours.tray, bare.tray, BARE_TRAY_MS);
    table.print(&format!(
        "Medians of {STARTS} starts with one webhook in the store, taken in turns with an app of Tauri that has a tray \
         icon and nothing else. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

/// The times and memory of one app's starts.
#[derive(Default)]
struct Starts {
    tray: Vec<f64>,
    held: Vec<f64>,
}

impl Starts {
    async fn once(&mut self, desk: &mut Desk, launch: impl Fn(&Desk) -> &Launch) -> Outcome<()> {
        let launch = launch(desk).clone().arg(HIDDEN);
        let start = Instant::now();
        let mut app = launch.start(&desk.desktop)?;
        let item = desk.tray.next_item().await?;
        self.tray.push(ms(item.registered_at() - start));
        self.held.push(memory::settled(app.id()).await);
        item.click("Quit Hookbell").await?;
        app.ended().await?;
        Ok(())
    }
}

/// Without the first, which was the warm-up.
fn settled_median(mut figures: Vec<f64>) -> f64 {
    median(figures.split_off(1))
}
