//! How long the developer waits: from the POST to the call that shows the notification, in the real app. And with a
//! rule that forwards each event, until a server receives its first byte.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use hookbell_tests::{
    notifications::Closed,
    wait::{self, SOON},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::{sleep, timeout},
};

use crate::{
    Outcome,
    client::Connection,
    desk::{Desk, HIDDEN},
    events::{self, Events},
    figures::{ms, quantile},
    machine,
    served::hookbell,
    sink::Sink,
    table::{Table, verdict},
};

const EVENTS: usize = 50;

/// Real events come one at a time, so the app is idle before each.
const REST: Duration = Duration::from_millis(200);

/// How long each event waits for a new rule to take effect.
const RULE_TIMEOUT: Duration = Duration::from_secs(2);

/// The goal: a forwarded request starts at most this long after the notification.
const MAX_AFTER_NOTIFICATION_MS: f64 = 20.0;

const SECRET: &str = "HOOKBELL_BENCH_SECRET";

/// `hookbell listen`, which works the same without a desktop and prints a line instead.
struct Listen {
    lines: Lines<BufReader<ChildStdout>>,
    connection: Connection,
    events: Events,
    _process: Child,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let Some(mut desk) = Desk::start(0).await? else { return Ok(()) };
    let data = tempfile::tempdir_in(place)?;
    let mut listen = Listen::start(&desk, data.path()).await?;
    let _app = desk.launch.clone().arg(HIDDEN).start(&desk.desktop)?;
    let item = desk.tray.next_item().await?;
    let mut connection =
        wait::eventually(SOON, "the app to listen", async || Connection::open(desk.address).await.ok()).await?;
    let mut events = Events::new(&desk.token);

    let (mut stored, mut shown, mut printed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..EVENTS {
        sleep(REST).await;
        let sent = send(&mut desk, &mut connection, &events.request()).await?;
        stored.push(sent.answered);
        shown.push(sent.shown);
        sleep(REST).await;
        printed.push(listen.next().await?);
    }

    let mut sink = Sink::start().await?;
    add_rule(&desk, &sink.url)?;
    while {
        send(&mut desk, &mut connection, &events.request()).await?;
        timeout(RULE_TIMEOUT, sink.next()).await.is_err()
    } {}
    let (mut decided, mut forwarded, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..EVENTS {
        sleep(REST).await;
        let request = events.request();
        let start = Instant::now();
        let forwarding = async { Ok(ms(sink.next().await?.duration_since(start))) };
        let (sent, came) = tokio::try_join!(send(&mut desk, &mut connection, &request), forwarding)?;
        decided.push(sent.shown);
        forwarded.push(came);
        after.push((came - sent.shown).max(0.0));
    }
    item.click("Quit Hookbell").await?;

    let mut table = Table::new("From the POST of an event to…", &["", "p50 ms", "p95 ms"]);
    let late = quantile(after.iter().copied(), 0.95);
    let rows = [
        ("the notification on the session bus, in the app", shown),
        ("the answer of 200, in the app", stored),
        ("the line of `hookbell listen`", printed),
        ("the notification, with a rule that forwards", decided),
        ("the first of the forwarded request", forwarded),
        ("… of which after the notification", after),
    ];
    for (name, took) in rows {
        let p = |part| format!("{:.1}", quantile(took.iter().copied(), part));
        table.row([name.to_owned(), p(0.5), p(0.95)]);
    }
    table.print(&format!(
        "{EVENTS} events of each kind, one at a time. A forwarded request begins within {MAX_AFTER_NOTIFICATION_MS} ms of \
         the notification, {}. Load at the end: {}.",
        verdict("at p95", late <= MAX_AFTER_NOTIFICATION_MS),
        machine::load()
    ));
    Ok(())
}

/// Milliseconds since the POST of an event.
struct Sent {
    answered: f64,
    shown: f64,
}

async fn send(desk: &mut Desk, connection: &mut Connection, request: &[u8]) -> Outcome<Sent> {
    let start = Instant::now();
    let answering = async {
        connection.post(request).await?;
        Outcome::Ok(ms(start.elapsed()))
    };
    let showing = async {
        let notification = desk.notifications.next().await?;
        Outcome::Ok((ms(start.elapsed()), notification))
    };
    let (answered, (shown, notification)) = tokio::try_join!(answering, showing)?;
    desk.notifications.close(&notification, Closed::Dismissed).await?;
    Ok(Sent { answered, shown })
}

/// Adds a rule that forwards every event, with the command line, while the app runs.
fn add_rule(desk: &Desk, url: &str) -> Outcome<()> {
    let file = desk.desktop.root().join("rule.json");
    let rule = serde_json::json!({ "name": "Forward", "then": [{ "forward": { "as": "raw", "url": url } }] });
    std::fs::write(&file, rule.to_string())?;
    let mut command = desk.desktop.command(&hookbell()?);
    let added =
        command.args(["rules", "add", "--file"]).arg(&file).arg("--data-dir").arg(desk.launch.data_dir()).output()?;
    if added.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&added.stderr).into()) }
}

impl Listen {
    async fn start(desk: &Desk, data_dir: &Path) -> Outcome<Self> {
        let mut command = Command::from(desk.desktop.command(&hookbell()?));
        command.args(["listen", "--port", "0", "--json", "--secret-env", SECRET, "--data-dir"]).arg(data_dir);
        command.env(SECRET, events::SECRET).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn()?;
        let stdout = process.stdout.take().ok_or("its output was piped")?;
        let mut lines = BufReader::new(stdout).lines();
        let ready: serde_json::Value = serde_json::from_str(&line(&mut lines).await?)?;
        let url = ready["ready"]["url"].as_str().ok_or("its first line has no URL")?;
        let (address, token) =
            url.trim_start_matches("http://").split_once("/hooks/").ok_or("its URL is no payload URL")?;
        let connection = Connection::open(address.parse()?).await?;
        Ok(Self { lines, connection, events: Events::new(token), _process: process })
    }

    /// Posts an event, and returns the milliseconds until its line was printed.
    async fn next(&mut self) -> Outcome<f64> {
        let request = self.events.request();
        let start = Instant::now();
        let printing = async { line(&mut self.lines).await.map(|_| ms(start.elapsed())) };
        let posting = async { Ok(self.connection.post(&request).await?) };
        Ok(tokio::try_join!(printing, posting)?.0)
    }
}

async fn line(lines: &mut Lines<BufReader<ChildStdout>>) -> Outcome<String> {
    Ok(lines.next_line().await?.ok_or("hookbell listen ended too early")?)
}
