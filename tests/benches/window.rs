//! Opening the window on a full inbox: how soon its rows are usable.

use std::time::Instant;

use hookbell_tests::{
    app::Launch,
    wait::{self, SOON},
    webdriver::Session,
};
use serde_json::Value;

use crate::{
    Outcome,
    desk::Desk,
    figures::{median, ms},
    machine, memory,
    table::{Table, verdict},
};

const EVENTS: usize = 100_000;

/// Measured starts; one more precedes them as a warm-up.
const STARTS: usize = 9;

/// The goal: at most this many times what a Tauri app with an empty page took on Debian 12 with 2 cores, on another
/// day.
const LIMIT: f64 = 1.15;
const BARE_READY_MS: f64 = 756.0;

/// Returns whether the newest event is in the list.
const READY: &str = "return document.querySelector('[role=listbox] [role=option]') !== null";

/// Returns whether the empty page has loaded.
const BARE_READY: &str = "return document.readyState === 'complete' && document.querySelector('p') !== null";

pub async fn measure() -> Outcome<()> {
    let Some(desk) = Desk::start(EVENTS).await? else { return Ok(()) };
    let (mut ours, mut bare) = (Starts::default(), Starts::default());
    for _ in 0..=STARTS {
        ours.once(&desk, &desk.launch, READY).await?;
        bare.once(&desk, &desk.bare, BARE_READY).await?;
    }
    let (ready, held) = ours.medians();
    let (bare_ready, bare_held) = bare.medians();

    let mut table = Table::new(
        "The window, opened on an inbox of 100,000 events",
        &["", "Hookbell", "bare Tauri", "ratio", "goal"],
    );
    table.row([
        "from start to the first rows".to_owned(),
        format!("{ready:.0} ms"),
        format!("{bare_ready:.0} ms"),
        format!("{:.2}", ready / bare_ready),
        verdict(&format!("≤ {LIMIT} × {BARE_READY_MS:.0} ms"), ready <= LIMIT * BARE_READY_MS),
    ]);
    table.row([
        "memory (PSS), window open".to_owned(),
        format!("{held:.0} MiB"),
        format!("{bare_held:.0} MiB"),
        format!("{:.2}", held / bare_held),
        "none".to_owned(),
    ]);
    table.print(&format!(
        "Medians of {STARTS} starts, WebKit's driver and its looks included, taken in turns with an app of Tauri that \
         has an empty page. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

/// The times and memory of one app's starts.
#[derive(Default)]
struct Starts {
    ready: Vec<f64>,
    held: Vec<f64>,
}

impl Starts {
    async fn once(&mut self, desk: &Desk, launch: &Launch, when: &str) -> Outcome<()> {
        let start = Instant::now();
        let session = Session::open(&desk.desktop, launch).await?;
        // A page that is still loading rejects the script.
        while !matches!(session.run(when).await, Ok(Value::Bool(true))) {}
        self.ready.push(ms(start.elapsed()));
        self.held.push(memory::settled(session.app_pid().ok_or("the app has ended")?).await);
        session.close().await?;
        let ended = async || launch.processes().is_empty().then_some(());
        wait::eventually(SOON, "the end of the app", ended).await?;
        Ok(())
    }

    /// The median time and memory, without the first start, which was the warm-up.
    fn medians(mut self) -> (f64, f64) {
        (median(self.ready.split_off(1)), median(self.held.split_off(1)))
    }
}
