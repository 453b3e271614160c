//! Hundreds of feedback entries with pictures: how soon the room opens, and how much memory scrolling through all of
//! them leaves behind. A web view takes some memory for scrolling itself before its first garbage collection, so the
//! first rows are scrolled beforehand.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use hookbell_engine::api::{AccountRequest, AppsRequest, BackfillRequest};
use hookbell_sim::{AddFeedback, SimulatorSettings};
use hookbell_tests::webdriver::Session;
use serde_json::Value;
use tokio::time::sleep;

use crate::{
    Outcome,
    desk::Desk,
    feedback::{self, told},
    figures::ms,
    machine, memory,
    table::{Table, verdict},
};

const FEEDBACK: usize = 600;
const WALKS: usize = 3;

/// Afterwards the memory may be this many times what it was before, after the same amount of scrolling elsewhere.
const LIMIT: f64 = 1.1;

const READY: &str = "return document.querySelector('[role=listbox] [role=option] img')?.complete === true";

/// Scrolls as many screens as the full run, up and down in the first rows.
const PACE: &str = "
    const done = arguments[0]
    const frames = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    let pane = document.querySelector('[role=listbox]')
    while (pane.scrollHeight <= pane.clientHeight + 1) pane = pane.parentElement
    const pace = async () => {
      for (let step = 0; step < 160; step += 1) {
        pane.scrollTop = (step % 2) * pane.clientHeight
        await frames()
        await frames()
      }
      pane.scrollTop = 0
      await frames()
      done(0)
    }
    pace()";

/// Scrolls from the top of the list to its end, one screen at a time, with all pictures drawn; then back to the top.
const WALK: &str = "
    const done = arguments[0]
    const frames = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const list = document.querySelector('[role=listbox]')
    let pane = list
    while (pane.scrollHeight <= pane.clientHeight + 1) pane = pane.parentElement
    const rows = new Set()
    const walk = async () => {
      for (let still = 0; still < 30; ) {
        const before = pane.scrollTop
        pane.scrollTop += pane.clientHeight
        await frames()
        const pictures = [...list.querySelectorAll('img')]
        await Promise.all(pictures.map((picture) => picture.decode().catch(() => null)))
        await frames()
        for (const row of list.querySelectorAll('[role=option]')) rows.add(row.id || row.textContent)
        still = pane.scrollTop === before ? still + 1 : 0
      }
      pane.scrollTop = 0
      await frames()
      done(rows.size)
    }
    walk()";

pub async fn measure() -> Outcome<()> {
    let Some(desk) = Desk::start(0).await? else { return Ok(()) };
    fill(desk.launch.data_dir()).await?;
    let session = Session::open(&desk.desktop, &desk.launch).await?;
    let app = session.app_pid().ok_or("the app has ended")?;
    let start = Instant::now();
    session.run("location.hash = '#/feedback'").await?;
    while !matches!(session.run(READY).await, Ok(Value::Bool(true))) {}
    let opened = ms(start.elapsed());

    let mut table =
        Table::new(format!("{FEEDBACK} entries of feedback with pictures"), &["", "PSS MiB", "times", "goal"]);
    let at_rest = memory::settled(app).await;
    session.run_to_its_end(PACE).await?;
    let before = memory::settled(app).await;
    for (when, held) in [("the room is open", at_rest), ("after scrolling in its first rows", before)] {
        let times = format!("{:.2}", held / before);
        table.row([when.to_owned(), format!("{held:.0}"), times, "none".to_owned()]);
    }
    let mut seen = 0;
    for walk in 1..=WALKS {
        seen = session.run_to_its_end(WALK).await?.as_u64().unwrap_or(0);
        let after = memory::settled(app).await;
        table.row([
            format!("after walk {walk}"),
            format!("{after:.0}"),
            format!("{:.2}", after / before),
            verdict(&format!("≤ {LIMIT}"), after <= LIMIT * before),
        ]);
    }
    session.close().await?;
    table.print(&format!(
        "The room was open, its first picture drawn, {opened:.0} ms after it was asked for; each walk saw {seen} rows. \
         Memory of the app and its webview, once it stands still. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

/// Reads feedback from this many testers from a simulated App Store Connect. Its account is removed at the end; the
/// feedback stays.
async fn fill(data_dir: &Path) -> Outcome<()> {
    let bench = feedback::Bench::start(data_dir).await?;
    bench.simulator.change(&SimulatorSettings { latency_ms: Some(0), ..SimulatorSettings::default() });
    let app = bench.hookbell.apps().list(AppsRequest::default()).await.map_err(told)?[0].id.clone();
    let pictures = Some(vec!["keyboard.png".to_owned()]);
    let sent = AddFeedback { app_id: app, count: FEEDBACK, pictures, ..AddFeedback::default() };
    bench.simulator.add_feedback(&sent)?;
    bench.hookbell.backfill().finish(BackfillRequest::default()).await.map_err(told)?;
    while bench.hookbell.store().next_file().await?.is_some() {
        sleep(Duration::from_millis(100)).await;
    }
    for account in bench.hookbell.accounts().list().await.map_err(told)? {
        bench.hookbell.accounts().remove(AccountRequest { id: account.id }).await.map_err(told)?;
    }
    bench.hookbell.stop().await;
    Ok(())
}
