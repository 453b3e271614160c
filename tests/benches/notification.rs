//! How long the developer waits: from the POST to the call that shows the notification, in the real app.

use std::{
    env,
    path::{Path, PathBuf},
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
    time::sleep,
};

use crate::{
    Outcome,
    client::Connection,
    desk::{Desk, HIDDEN},
    events::{self, Events},
    figures::{ms, quantile},
    machine,
    table::Table,
};

const EVENTS: usize = 50;

/// Events come one at a time in life, so the app is at rest before each.
const REST: Duration = Duration::from_millis(200);

const SECRET: &str = "HOOKBELL_BENCH_SECRET";

/// `hookbell listen`, which does the same without a desktop and prints a line instead.
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
        let request = events.request();
        let start = Instant::now();
        let answering = async {
            connection.post(&request).await?;
            Outcome::Ok(ms(start.elapsed()))
        };
        let showing = async {
            let notification = desk.notifications.next().await?;
            Outcome::Ok((ms(start.elapsed()), notification))
        };
        let (answered, (took, notification)) = tokio::try_join!(answering, showing)?;
        stored.push(answered);
        shown.push(took);
        desk.notifications.close(&notification, Closed::Dismissed).await?;

        sleep(REST).await;
        printed.push(listen.next().await?);
    }
    item.click("Quit Hookbell").await?;

    let mut table = Table::new("From the POST of an event to…", &["", "p50 ms", "p95 ms"]);
    let rows = [
        ("the notification on the session bus, in the app", shown),
        ("the answer of 200, in the app", stored),
        ("the line of `hookbell listen`", printed),
    ];
    for (name, took) in rows {
        let p = |part| format!("{:.1}", quantile(took.iter().copied(), part));
        table.row([name.to_owned(), p(0.5), p(0.95)]);
    }
    table.print(&format!("{EVENTS} events, one at a time and in turns. Load at the end: {}.", machine::load()));
    Ok(())
}

impl Listen {
    async fn start(desk: &Desk, data_dir: &Path) -> Outcome<Self> {
        let mut command = Command::from(desk.desktop.command(&binary()?));
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

    /// Posts an event, and gives the milliseconds until its line was there.
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

/// The command line's binary, which is built beside the app's.
fn binary() -> Outcome<PathBuf> {
    let app = env::var_os("HOOKBELL_APP_BIN").ok_or("HOOKBELL_APP_BIN is not set: use make bench")?;
    Ok(PathBuf::from(app).with_file_name("hookbell"))
}
