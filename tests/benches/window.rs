//! The window, opened on a full inbox: how soon its rows are there to be used.

use std::time::Instant;

use hookbell_tests::{
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

/// Starts that count; one more goes before, to warm up.
const STARTS: usize = 9;

/// An app of Tauri 2.12 with an empty page, built with the same profile and driven the same way on Debian 12
/// with 2 cores: from its start until its page was ready, and what it held then.
const BARE_READY_MS: f64 = 756.0;
const BARE_MEMORY_MIB: f64 = 266.0;
const LIMIT: f64 = 1.15;

/// Says once the newest event stands in the list and the page answers to a key.
const READY: &str = "return document.querySelector('[role=listbox] [role=option]') !== null";

pub async fn measure() -> Outcome<()> {
    let Some(desk) = Desk::start(EVENTS).await? else { return Ok(()) };
    let (mut ready, mut held) = (Vec::new(), Vec::new());
    for _ in 0..=STARTS {
        let start = Instant::now();
        let session = Session::open(&desk.desktop, &desk.launch).await?;
        // A page that is still being loaded refuses the script.
        while !matches!(session.run(READY).await, Ok(Value::Bool(true))) {}
        ready.push(ms(start.elapsed()));
        held.push(memory::settled(session.app_pid().ok_or("the app has ended")?).await);
        session.close().await?;
        let ended = async || desk.launch.processes().is_empty().then_some(());
        wait::eventually(SOON, "the end of the app", ended).await?;
    }
    let (ready, held) = (median(ready.split_off(1)), median(held.split_off(1)));

    let mut table = Table::new(
        "The window, opened on an inbox of 100,000 events",
        &["", "Hookbell", "bare Tauri", "ratio", "goal"],
    );
    table.row([
        "from start to the first rows".to_owned(),
        format!("{ready:.0} ms"),
        format!("{BARE_READY_MS:.0} ms"),
        format!("{:.2}", ready / BARE_READY_MS),
        verdict(&format!("≤ {LIMIT}"), ready <= LIMIT * BARE_READY_MS),
    ]);
    table.row([
        "memory (PSS), window open".to_owned(),
        format!("{held:.0} MiB"),
        format!("{BARE_MEMORY_MIB:.0} MiB"),
        format!("{:.2}", held / BARE_MEMORY_MIB),
        "none".to_owned(),
    ]);
    table.print(&format!(
        "Medians of {STARTS} starts, WebKit's driver and its looks included. The figures of bare Tauri are constants, \
         taken on another day on Debian 12 with 2 cores. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}
