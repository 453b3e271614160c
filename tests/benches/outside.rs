//! The listener as Apple meets it: the program that ships, in a process of its own, loaded by wrk.
//!
//! The client of the table beside this one lives in the measuring process and costs more than the bare
//! listener does, which hides part of the difference. Here nothing is shared with what is measured, and
//! the baseline is a bare axum server that checks the same signature and keeps nothing.

use std::{
    env,
    fs::{self, File},
    io::{BufWriter, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use hookbell_tests::{
    desktop::Desktop,
    keyring::{Keyring, Lock},
    process::Process,
    program::WRK,
    skip,
};
use tokio::time::sleep;

use crate::{
    Outcome, bare, client,
    desk::FILL,
    engine::TOKEN,
    events::{self, Events},
    figures::{median, ms, quantile},
    machine,
    table::{Table, verdict},
};

const CONNECTIONS: usize = 64;

/// Rounds that count; one more goes before, to warm up.
const ROUNDS: usize = 5;
const ROUND_SECONDS: u64 = 4;

/// Different events in a round: about as many as the listener takes in it. The bare server is sent them twice.
const REQUESTS: usize = 200_000;

/// The goals: the least part of the bare server's rate, and the most times its p99.
const MIN_RATE_RATIO: f64 = 0.5;
const MAX_P99_RATIO: f64 = 5.0;

/// Events that come alone, and how long the listener is left in peace before each: long enough for
/// everything that it puts off.
const LONE_EVENTS: usize = 60;
const LONE_REST: Duration = Duration::from_millis(400);

/// The goal: the most milliseconds a lone event may take beyond a flush of the disk.
const MAX_LONE_EXTRA_MS: f64 = 1.0;

/// Sends the prepared requests one after the other, and prints what it measured in microseconds.
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

/// What wrk measured in one round.
#[derive(Clone, Copy)]
struct Round {
    /// Answers of 200 in each second.
    rate: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// A round of each, one after the other.
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
            Some(served) => Some(served.round(work.path()).await?),
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

/// What one event costs when nothing else happens, beside a flush of the same disk in the same second.
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

/// The release build of `hookbell`, beside the app.
fn hookbell() -> Outcome<PathBuf> {
    let app = env::var_os("HOOKBELL_APP_BIN").ok_or("HOOKBELL_APP_BIN is the app that is measured")?;
    Ok(Path::new(&app).with_file_name("hookbell"))
}

/// `hookbell listen` with a new data directory, its output in files.
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

/// The address in the line that says that a server is ready.
fn address(ready: &str) -> Outcome<SocketAddr> {
    let document: serde_json::Value = serde_json::from_str(ready)?;
    let url = document["ready"]["url"].as_str().ok_or_else(|| format!("no address in {ready}"))?;
    let authority = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
    Ok(authority.parse()?)
}

/// What `hookbell serve` needs: a keychain with a webhook's secret in it.
struct Served {
    _keyring: Keyring,
    desktop: Desktop,
    data: PathBuf,
    token: String,
}

impl Served {
    /// `None`, said in a line, if a program for it is not installed.
    async fn prepare(work: &Path) -> Outcome<Option<Self>> {
        let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        let data = work.join("serve");
        let filled = desktop.command(&env::current_exe()?).arg(FILL).arg(&data).arg("0").output()?;
        if !filled.status.success() {
            return Err(String::from_utf8_lossy(&filled.stderr).into());
        }
        let token = String::from_utf8(filled.stdout)?.trim().to_owned();
        Ok(Some(Self { _keyring: keyring, desktop, data, token }))
    }

    /// One round on a copy of the data directory as it was prepared.
    async fn round(&self, work: &Path) -> Outcome<Round> {
        let data = work.join("serve-round");
        copy(&self.data, &data)?;
        let mut command = self.desktop.command(&hookbell()?);
        command.args(["serve", "--json", "--port", "0", "--data-dir"]).arg(&data);
        let mut process = Process::start("serve", &mut command, work)?;
        let address = address(&process.first_line().await?)?;
        let round = load(work, address, &self.token)?;
        drop(process);
        fs::remove_dir_all(data)?;
        Ok(round)
    }
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// One round of wrk. Every answer has to be a 200.
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

/// Writes the requests of a round: the length of each in bytes, a line break, and its bytes.
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
