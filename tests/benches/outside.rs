//! The listener from Apple's perspective: the shipped program in a separate process, with load from wrk.
//!
//! The other table's client runs in the measuring process and costs more than the bare listener, which hides part of
//! the difference. Here nothing is shared with the measured program, and the baseline is a bare axum server that checks
//! the same signature and stores nothing.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    net::SocketAddr,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use hookbell_tests::{process::Process, program::WRK, skip};
use tokio::time::sleep;

use crate::{
    Outcome, bare, client,
    engine::TOKEN,
    events::{self, Events},
    figures::{median, ms, quantile},
    machine,
    served::{Served, address, hookbell},
    table::{Table, verdict},
};

const CONNECTIONS: usize = 64;

/// Measured rounds; one more precedes them as a warm-up.
const ROUNDS: usize = 5;
const ROUND_SECONDS: u64 = 4;

/// Different events per round: about as many as the listener handles. The bare server gets them twice.
const REQUESTS: usize = 200_000;

/// The goals: the least share of the bare server's rate, and the highest multiple of its p99.
const MIN_RATE_RATIO: f64 = 0.5;
const MAX_P99_RATIO: f64 = 5.0;

/// Single events, and how long the listener is idle before each: long enough to finish all deferred work.
const LONE_EVENTS: usize = 60;
const LONE_REST: Duration = Duration::from_millis(400);

/// The goal: the most milliseconds that a single event may take beyond a disk flush.
const MAX_LONE_EXTRA_MS: f64 = 1.0;

/// Sends the prepared requests one after another, and prints its measurements in microseconds.
const SCRIPT: &str = r#"
local requests, sent = {}, 0
function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
end
function request()
  sent = sent % #requests + 1
  return requests[sent]
end
function done(summary, latency)
  local failed = summary.errors
  print(string.format("measured %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
"#;

/// wrk's measurements of one round.
#[derive(Clone, Copy)]
struct Round {
    /// Replies of 200 per second.
    rate: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// One round of each, consecutively.
struct Turn {
    listen: Round,
    serve: Option<Round>,
    bare: Round,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    if skip::if_missing(WRK.find())?.is_none() {
        return Ok(());
    }
    let work = tempfile::tempdir_in(place)?;
    let served = Served::prepare(work.path()).await?;
    let bare = bare::start(work.path()).await?;
    let mut turns = Vec::new();
    for _ in 0..=ROUNDS {
        let listen = {
            let (_process, address) = listen(work.path()).await?;
            load(work.path(), address, TOKEN)?
        };
        fs::remove_dir_all(work.path().join("listen"))?;
        let serve = match &served {
            Some(served) => Some(round(served, work.path()).await?),
            None => None,
        };
        let bare = load(work.path(), bare.address, TOKEN)?;
        turns.push(Turn { listen, serve, bare });
    }
    turns.remove(0);

    let mut table = Table::new(
        format!("Listener from outside: the program that ships, wrk with {CONNECTIONS} connections"),
        &["", "events/s", "ratio", "p50 ms", "p99 ms", "ratio", "goal"],
    );
    table.row(row("hookbell listen", &turns, |turn| Some(turn.listen)));
    if served.is_some() {
        table.row(row("hookbell serve", &turns, |turn| turn.serve));
    }
    let of_bare = |figure: fn(&Round) -> f64| median(turns.iter().map(|turn| figure(&turn.bare)));
    table.row([
        "bare axum server".to_owned(),
        format!("{:.0}", of_bare(|round| round.rate)),
        String::new(),
        format!("{:.2}", of_bare(|round| round.p50_ms)),
        format!("{:.2}", of_bare(|round| round.p99_ms)),
        String::new(),
        String::new(),
    ]);
    table.print(&format!(
        "Medians of {ROUNDS} rounds of {ROUND_SECONDS} s each, taken in turns, a new data directory in each; ratios are \
         medians of the pairs'. Output goes to a file. The bare server checks the signature and keeps nothing. \
         Load at the end: {}.",
        machine::load()
    ));
    alone(work.path()).await
}

fn row(name: &str, turns: &[Turn], of: impl Fn(&Turn) -> Option<Round>) -> [String; 7] {
    let pairs: Vec<(Round, Round)> = turns.iter().filter_map(|turn| Some((of(turn)?, turn.bare))).collect();
    let figure = |figure: fn(&Round) -> f64| median(pairs.iter().map(|(ours, _)| figure(ours)));
    let rate_ratio = median(pairs.iter().map(|(ours, bare)| ours.rate / bare.rate));
    let p99_ratio = median(pairs.iter().map(|(ours, bare)| ours.p99_ms / bare.p99_ms));
    [
        name.to_owned(),
        format!("{:.0}", figure(|round| round.rate)),
        format!("{rate_ratio:.2}"),
        format!("{:.2}", figure(|round| round.p50_ms)),
        format!("{:.2}", figure(|round| round.p99_ms)),
        format!("{p99_ratio:.1}"),
        verdict(
            &format!("≥ {MIN_RATE_RATIO}, < {MAX_P99_RATIO}"),
            rate_ratio >= MIN_RATE_RATIO && p99_ratio < MAX_P99_RATIO,
        ),
    ]
}

/// The cost of a single event on an idle listener, compared with a flush of the same disk in the same second.
async fn alone(work: &Path) -> Outcome<()> {
    let (_process, address) = listen(work).await?;
    let mut connection = client::Connection::open(address).await?;
    let mut events = Events::new(TOKEN);
    let (mut answered, mut flushed) = (Vec::new(), Vec::new());
    for _ in 0..LONE_EVENTS {
        sleep(LONE_REST).await;
        let request = events.request();
        let start = Instant::now();
        connection.post(&request).await?;
        answered.push(ms(start.elapsed()));
        sleep(LONE_REST).await;
        flushed.push(median(machine::flushes(work, 1)?));
    }
    let (ours, disk) = (median(answered.iter().copied()), median(flushed.iter().copied()));
    let mut table = Table::new("One event alone, from outside", &["", "p50 ms", "p99 ms", "goal"]);
    let goal = verdict(&format!("≤ the disk + {MAX_LONE_EXTRA_MS} ms"), ours <= disk + MAX_LONE_EXTRA_MS);
    table.row(["POST to 200".into(), format!("{ours:.2}"), format!("{:.2}", quantile(answered, 0.99)), goal]);
    table.row([
        "4 KiB appended and flushed".into(),
        format!("{disk:.2}"),
        format!("{:.2}", quantile(flushed, 0.99)),
        String::new(),
    ]);
    table.print(&format!(
        "{LONE_EVENTS} of each in turns, {} ms of rest before each. Load at the end: {}.",
        LONE_REST.as_millis(),
        machine::load()
    ));
    Ok(())
}

/// `hookbell listen` with a new data directory, and its output in files.
async fn listen(work: &Path) -> Outcome<(Process, SocketAddr)> {
    let secret = work.join("secret");
    fs::write(&secret, events::SECRET)?;
    let mut command = Command::new(hookbell()?);
    command.args(["listen", "--json", "--port", "0", "--path", &format!("/hooks/{TOKEN}"), "--secret-file"]);
    let data = work.join("listen");
    fs::create_dir(&data)?;
    command.arg(&secret).arg("--data-dir").arg(data);
    let mut process = Process::start("listen", &mut command, work)?;
    let address = address(&process.first_line().await?)?;
    Ok((process, address))
}

/// One round with `hookbell serve` on a separate data directory.
async fn round(served: &Served, work: &Path) -> Outcome<Round> {
    let data = work.join("serve-round");
    served.copy_to(&data)?;
    let (process, address) = served.start(&data, work).await?;
    let round = load(work, address, &served.token)?;
    drop(process);
    fs::remove_dir_all(data)?;
    Ok(round)
}

/// One round of wrk. Every reply must be a 200.
fn load(work: &Path, address: SocketAddr, token: &str) -> Outcome<Round> {
    let script = work.join("load.lua");
    fs::write(&script, SCRIPT)?;
    let requests = work.join(format!("requests-{token}"));
    if !requests.exists() {
        prepare(&requests, token)?;
    }
    let output = Command::new(WRK.find()?)
        .args(["--threads", "1", "--connections", &CONNECTIONS.to_string()])
        .args(["--duration", &format!("{ROUND_SECONDS}s"), "--script"])
        .arg(&script)
        .arg(format!("http://{address}"))
        .arg("--")
        .arg(&requests)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<f64> = said
        .lines()
        .find_map(|line| line.strip_prefix("measured "))
        .ok_or_else(|| format!("wrk said: {said}{}", String::from_utf8_lossy(&output.stderr)))?
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    match figures[..] {
        [answers, microseconds, p50, p99, 0.0] => {
            Ok(Round { rate: answers / microseconds * 1e6, p50_ms: p50 / 1e3, p99_ms: p99 / 1e3 })
        }
        _ => Err(format!("not every answer was a 200: {said}").into()),
    }
}

/// Writes a round's requests: each one's length in bytes, a line break, and its bytes.
fn prepare(path: &Path, token: &str) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut events = Events::new(token);
    for _ in 0..REQUESTS {
        let request = events.request();
        writeln!(file, "{}", request.len())?;
        file.write_all(&request)?;
    }
    Ok(file.flush()?)
}
