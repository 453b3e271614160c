//! The inbox and its search over a million events.
//!
//! The store is built once through the real listener, in the user's cache, and reused: building takes minutes, and a
//! cache may be deleted at any time.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use hookbell_engine::{
    Hookbell,
    api::{EventFilter, EventPlace, EventType, EventsRequest, Importance},
};

use crate::{
    Outcome, client,
    engine::{self, TOKEN},
    events::{self, Events},
    figures::{median, ms},
    machine,
    table::{Table, verdict},
};

const EVENTS: usize = 1_000_000;
const CONNECTIONS: usize = 64;
/// Events per batch while the store is built.
const BATCH: usize = 25_000;

/// The page size that the window uses.
const PAGE: u32 = 100;

const WARM_RUNS: usize = 31;
const COLD_RUNS: usize = 5;

/// The goals for a page without and with a search, in milliseconds.
const PAGE_GOAL: f64 = 16.0;
const SEARCH_GOAL: f64 = 50.0;

/// A query to the store.
struct Question {
    name: &'static str,
    request: EventsRequest,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let data = built(place).await?;
    let mut table = Table::new(
        format!("Inbox: a page of {PAGE} out of {} events", grouped(EVENTS)),
        &["asked for", "shown", "warm ms", "worst", "cold ms", "worst", "goal"],
    );
    for Question { name, request } in questions() {
        let (shown, warm) = warm(&data, &request).await?;
        let cold = cold(&data, &request).await?;
        let goal = if request.filter.search.is_empty() { PAGE_GOAL } else { SEARCH_GOAL };
        let (warm_median, cold_median) = (median(warm.iter().copied()), median(cold.iter().copied()));
        table.row([
            name.to_owned(),
            shown.to_string(),
            format!("{warm_median:.2}"),
            format!("{:.2}", worst(&warm)),
            format!("{cold_median:.2}"),
            format!("{:.2}", worst(&cold)),
            verdict(&format!("< {goal}"), warm_median < goal && cold_median < goal),
        ]);
    }
    table.print(&format!(
        "Medians of {WARM_RUNS} warm runs and of {COLD_RUNS} cold ones: opened anew, with nothing of the files \
         in the system's memory. What the window asks, down to the rows it gets. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

fn questions() -> Vec<Question> {
    let ask = |name, filter, before| {
        let request = EventsRequest { filter, before, limit: PAGE };
        Question { name, request }
    };
    let inbox = EventFilter::default();
    let all = |name, search: &str| ask(name, EventFilter { search: search.to_owned(), ..EventFilter::default() }, None);
    let somewhere = events::event_id(EVENTS as u64 / 2);
    let group = somewhere.split('-').next().unwrap_or_default();
    vec![
        all("the first page", ""),
        ask("a page in the middle", inbox.clone(), Some(EVENTS as i64 / 2)),
        ask("what needs attention", EventFilter { importance: vec![Importance::NeedsYou], ..inbox.clone() }, None),
        ask("a type", EventFilter { event_type: vec![EventType::BuildUploadStateUpdated], ..inbox.clone() }, None),
        ask("a state that is nowhere", EventFilter { state: vec!["ON_THE_MOON".to_owned()], ..inbox.clone() }, None),
        ask(
            "unread rejections",
            EventFilter { state: vec!["REJECTED".to_owned()], unread: true, ..inbox.clone() },
            None,
        ),
        ask("the last 30 days, archived", EventFilter { place: EventPlace::Archive, days: Some(30), ..inbox }, None),
        all("a word in every event: relationships", "relationships"),
        all("a common word: rejected", "rejected"),
        all("its beginning: rej", "rej"),
        all("a letter: r", "r"),
        all("one event, by a part of its id", group),
        all("the same, five letters of it", &group[..5]),
        all("two words: review queue", "review queue"),
        all("two common words that never meet", "rejected crash"),
        all("a word that is nowhere", "xylophone"),
    ]
}

async fn ask(hookbell: &Hookbell, request: &EventsRequest) -> Outcome<(usize, f64)> {
    let start = Instant::now();
    let reply = hookbell.events().page(request.clone()).await;
    let took = ms(start.elapsed());
    let reply = reply.map_err(|error| format!("the inbox could not be read: {error:?}"))?;
    Ok((reply.events.len(), took))
}

async fn warm(data: &Path, request: &EventsRequest) -> Outcome<(usize, Vec<f64>)> {
    let hookbell = engine::open(data).await?;
    let (shown, _) = ask(&hookbell, request).await?;
    let mut took = Vec::new();
    for _ in 0..WARM_RUNS {
        took.push(ask(&hookbell, request).await?.1);
    }
    hookbell.stop().await;
    Ok((shown, took))
}

async fn cold(data: &Path, request: &EventsRequest) -> Outcome<Vec<f64>> {
    let mut took = Vec::new();
    for _ in 0..COLD_RUNS {
        forget(data)?;
        let hookbell = engine::open(data).await?;
        took.push(ask(&hookbell, request).await?.1);
        hookbell.stop().await;
    }
    Ok(took)
}

/// Drops the store's files from the system's page cache. Never while they are open: closing a file releases all locks
/// that this process has on it, SQLite's too.
#[cfg(target_os = "linux")]
fn forget(data: &Path) -> Outcome<()> {
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        if path.is_file() {
            let file = fs::File::open(path)?;
            // Only pages that are on disk can be dropped.
            file.sync_all()?;
            rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?;
        }
    }
    Ok(())
}

/// Other systems have no call for it: their cold run is the first on a new connection.
#[cfg(not(target_os = "linux"))]
fn forget(_: &Path) -> Outcome<()> {
    Ok(())
}

/// The directory of the finished store; built if missing.
async fn built(place: &Path) -> Outcome<PathBuf> {
    let finished = place.join(format!("store-{EVENTS}"));
    if finished.exists() {
        return Ok(finished);
    }
    let unfinished = place.join("store-unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    let start = Instant::now();
    let hookbell = engine::open(&unfinished).await?;
    let address = engine::start(&hookbell).await?;
    let mut events = Events::new(TOKEN);
    for sent in (0..EVENTS).step_by(BATCH) {
        eprint!("\rbuilding a store of {} events: {}", grouped(EVENTS), grouped(sent));
        client::load(address, CONNECTIONS, events.requests(BATCH), Duration::MAX).await?;
    }
    eprint!("\rbuilding a store of {} events: indexing  ", grouped(EVENTS));
    hookbell.store().index_now().await?;
    hookbell.stop().await;
    eprintln!("\rbuilt a store of {} events in {} s        ", grouped(EVENTS), start.elapsed().as_secs());
    fs::rename(&unfinished, &finished)?;
    Ok(finished)
}

fn worst(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// A number with commas between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}
