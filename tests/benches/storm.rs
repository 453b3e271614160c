//! The cost of ten thousand events at once with ten rules deciding about each: the memory of `hookbell serve`, measured
//! from outside, compared with the same events without rules.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use hookbell_tests::procfs;
use serde_json::json;
use tokio::{task::JoinHandle, time::sleep};

use crate::{
    Outcome, client,
    events::Events,
    machine, memory,
    served::{Served, hookbell},
    sink::Sink,
    table::Table,
};

const EVENTS: usize = 10_000;
const CONNECTIONS: usize = 64;

/// Rules that check the first digit of the event's id: one matches a sixteenth of the events, nine match none.
const RULES: usize = 10;

const LOOK_EVERY: Duration = Duration::from_millis(20);

const MIB: f64 = (1 << 20) as f64;

/// A process's memory over time, in MiB.
struct Storm {
    before: f64,
    peak: f64,
    after: f64,
    seconds: f64,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let work = tempfile::tempdir_in(place)?;
    let Some(served) = Served::prepare(work.path()).await? else { return Ok(()) };
    let without = run(&served, work.path(), "without", None).await?;
    let mut sink = Sink::start().await?;
    let with = run(&served, work.path(), "with", Some(&mut sink)).await?;
    let mut table = Table::new(
        format!("{EVENTS} events at once, and {RULES} rules"),
        &["", "MiB before", "MiB at most", "MiB after", "seconds"],
    );
    for (name, storm) in [("without rules", without), ("with rules", with)] {
        let figure = |figure: f64| format!("{figure:.1}");
        table.row([
            name.to_owned(),
            figure(storm.before),
            figure(storm.peak),
            figure(storm.after),
            figure(storm.seconds),
        ]);
    }
    table.print(&format!(
        "PSS of `hookbell serve`, which takes the events over {CONNECTIONS} connections. Seconds: until the last was \
         answered, and with rules until the last was forwarded, one in sixteen. Load at the end: {}.",
        machine::load()
    ));
    Ok(())
}

async fn run(served: &Served, work: &Path, name: &str, sink: Option<&mut Sink>) -> Outcome<Storm> {
    let data = work.join(name);
    served.copy_to(&data)?;
    if let Some(sink) = &sink {
        add_rules(served, &data, &sink.url)?;
    }
    let (process, address) = served.start(&data, work).await?;
    let before = memory::settled(process.id()).await;
    let mut events = Events::new(&served.token);
    let requests = events.requests(EVENTS);
    let forwarded = (0..EVENTS as u64).filter(|number| crate::events::event_id(*number).starts_with('7')).count();

    let over = Arc::<AtomicBool>::default();
    let watching = watch(process.id(), Arc::clone(&over));
    let start = Instant::now();
    client::load(address, CONNECTIONS, requests, Duration::MAX).await?;
    if let Some(sink) = sink {
        for _ in 0..forwarded {
            sink.next().await?;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    let peak = watching.await?;
    let after = memory::settled(process.id()).await;
    Ok(Storm { before, peak, after, seconds })
}

/// A process's peak memory until `over` is set, in MiB.
fn watch(pid: u32, over: Arc<AtomicBool>) -> JoinHandle<f64> {
    tokio::spawn(async move {
        let mut peak: f64 = 0.0;
        while !over.load(Ordering::Relaxed) {
            peak = peak.max(procfs::memory(&[pid]) as f64 / MIB);
            sleep(LOOK_EVERY).await;
        }
        peak
    })
}

fn add_rules(served: &Served, data: &Path, url: &str) -> Outcome<()> {
    let rule = |number: usize| {
        let digit = if number == 0 { "7" } else { "-" };
        json!({
            "name": format!("Rule {number}"),
            "when": { "if": format!("event.id[:1] == '{digit}'") },
            "then": [{ "forward": { "as": "raw", "url": url } }],
        })
    };
    let rules: Vec<_> = (0..RULES).map(rule).collect();
    let file = data.join("rules.json");
    fs::write(&file, json!(rules).to_string())?;
    let mut command = served.desktop.command(&hookbell()?);
    let imported = command.args(["rules", "import"]).arg(&file).arg("--data-dir").arg(data).output()?;
    if imported.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&imported.stderr).into()) }
}
