//! A process that answers like the listener, routes to it that can be cut, and a supervised tunnel.

use std::{
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use hookbell_core::Secret;
use hookbell_ingress::tunnel::{
    Instruction, Output, Programs, Report, Rhythm, Setup, State, TunnelConfig, by_id, supervise,
};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    task::{AbortHandle, JoinHandle},
};
use tokio_util::sync::CancellationToken;

pub const NONCE: &str = "the nonce of this very run";

/// Long enough for a loaded machine; a passing test never uses it up.
pub const SOON: Duration = Duration::from_secs(20);

/// Scales a minute down to a hundredth of a second.
pub fn quick() -> Rhythm {
    Rhythm {
        probe_every: Duration::from_millis(50),
        probe_timeout: Duration::from_millis(500),
        again_after: Duration::from_millis(20),
        misses: 3,
        address_within: Duration::from_secs(5),
        verified_within: Duration::from_secs(2),
        promised: Duration::from_millis(300),
        settle: Duration::from_millis(20),
        named_within: Duration::from_secs(600),
        last_words: Duration::from_secs(1),
        wait: (Duration::from_millis(20), Duration::from_millis(200)),
        wait_refused: (Duration::from_secs(600), Duration::from_secs(600)),
        steady: Duration::from_secs(5),
        grace: Duration::from_secs(2),
        watch_every: Duration::from_secs(1),
    }
}

/// Answers every request with a text.
pub struct Answering {
    pub address: SocketAddr,
    task: AbortHandle,
}

impl Answering {
    pub async fn with(text: &'static str) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let serve = async move {
            loop {
                let (mut stream, _) = socket.accept().await.unwrap();
                tokio::spawn(async move {
                    let _ = stream.read(&mut [0; 2048]).await;
                    let length = text.len();
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
                    let _ = stream.write_all([head.as_bytes(), text.as_bytes()].concat().as_slice()).await;
                });
            }
        };
        Self { address, task: tokio::spawn(serve).abort_handle() }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What a route does with a connection.
const PASSES: u8 = 0;
const HANGS: u8 = 1;

/// A route: a port that forwards connections, or lets them hang.
pub struct Way {
    pub url: String,
    mode: Arc<AtomicU8>,
    task: AbortHandle,
}

impl Way {
    pub async fn to(target: SocketAddr) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let mode = Arc::new(AtomicU8::new(PASSES));
        let how = Arc::clone(&mode);
        let pass = async move {
            loop {
                let (mut here, _) = socket.accept().await.unwrap();
                let hangs = how.load(Ordering::Relaxed) == HANGS;
                tokio::spawn(async move {
                    if hangs {
                        std::future::pending::<()>().await;
                    }
                    let Ok(mut there) = TcpStream::connect(target).await else { return };
                    let _ = copy_bidirectional(&mut here, &mut there).await;
                });
            }
        };
        Self { url, mode, task: tokio::spawn(pass).abort_handle() }
    }

    /// From now on accepts connections but sends nothing.
    pub fn hang(&self) {
        self.mode.store(HANGS, Ordering::Relaxed);
    }

    pub fn pass(&self) {
        self.mode.store(PASSES, Ordering::Relaxed);
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A supervised command in its own directory.
pub struct Stage {
    pub folder: Arc<TempDir>,
    pub output: Output,
    pub orders: mpsc::Sender<Instruction>,
    reports: watch::Receiver<Report>,
    stop: CancellationToken,
    supervising: JoinHandle<()>,
}

impl Stage {
    /// A shell command that finds this stage's directory in `$DIR`.
    pub fn of(command: &str, token: Option<&str>) -> Self {
        Self::of_provider("custom", &[("command", command)], token, quick())
    }

    pub fn of_provider(id: &str, fields: &[(&str, &str)], token: Option<&str>, rhythm: Rhythm) -> Self {
        Self::in_folder(Arc::new(TempDir::new().unwrap()), id, fields, token, rhythm)
    }

    /// A provider whose program is a script of this test. The script finds this stage's directory in `$DIR`, and logs
    /// each start with its arguments in the file `starts`.
    pub fn scripted(id: &str, script: &str, rhythm: Rhythm) -> Self {
        let folder = Arc::new(TempDir::new().unwrap());
        let program = folder.path().join(by_id(id).unwrap().program.unwrap().name);
        let dir = folder.path().display();
        std::fs::write(&program, format!("#!/bin/sh\nDIR='{dir}'\necho \"$*\" >> \"$DIR/starts\"\n{script}\n"))
            .unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self::in_folder(folder, id, &[], None, rhythm)
    }

    fn in_folder(folder: Arc<TempDir>, id: &str, fields: &[(&str, &str)], token: Option<&str>, rhythm: Rhythm) -> Self {
        let dir = folder.path().display().to_string();
        let fields = fields.iter().map(|(name, text)| ((*name).to_owned(), text.replace("$DIR", &dir)));
        // A pattern that matches an address alone on its line, plain http included.
        let pattern = ("pattern".to_owned(), r"(https?://\S+)".to_owned());
        let pattern = (id == "custom").then_some(pattern);
        let setup = Setup {
            fields: pattern.into_iter().chain(fields).collect(),
            token: token.map(|token| Secret::new(token).unwrap()),
            dir: PathBuf::from(&dir),
        };
        let provider = by_id(id).unwrap();
        let programs = Programs::here().after(folder.path().to_owned());
        let tunnel =
            TunnelConfig { provider, setup, programs, name_servers: &[], port: 1, nonce: NONCE.to_owned(), rhythm };
        let (report, reports) = watch::channel(Report::default());
        let (orders, mut coming) = mpsc::channel(4);
        let (output, stop) = (Output::default(), CancellationToken::new());
        let supervising = tokio::spawn({
            let (output, stop) = (output.clone(), stop.clone());
            async move { supervise(tunnel, &report, &output, &mut coming, Timestamp::now, stop).await }
        });
        Self { folder, output, orders, reports, stop, supervising }
    }

    /// Waits for a state, and returns the whole report.
    pub async fn until(&mut self, wanted: impl Fn(&State) -> bool) -> Report {
        let last = self.reports.clone();
        let seen = tokio::time::timeout(SOON, self.reports.wait_for(|report| wanted(&report.state))).await;
        match seen {
            Ok(report) => report.unwrap().clone(),
            Err(_) => panic!("the state did not come; it is {:?}\n{:?}", last.borrow(), self.output.lines()),
        }
    }

    /// Waits for a report.
    pub async fn until_report(&mut self, wanted: impl FnMut(&Report) -> bool) -> Report {
        tokio::time::timeout(SOON, self.reports.wait_for(wanted)).await.expect("in time").unwrap().clone()
    }

    /// The current report.
    pub fn report(&self) -> Report {
        self.reports.borrow().clone()
    }

    /// Waits until it is up at this address.
    pub async fn up_at(&mut self, wanted: &str) -> Report {
        self.until(|state| matches!(state, State::Up { url, .. } if url == wanted)).await
    }

    /// Waits until it retries, and returns the reason.
    pub async fn retried(&mut self) -> String {
        match self.until(|state| matches!(state, State::Retrying { .. })).await.state {
            State::Retrying { why, .. } => why,
            other => panic!("{other:?}"),
        }
    }

    pub fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.path().join(file), text).unwrap();
    }

    /// The arguments of each start of a scripted program.
    pub fn starts(&self) -> Vec<String> {
        let starts = std::fs::read_to_string(self.folder.path().join("starts")).unwrap_or_default();
        starts.lines().map(str::to_owned).collect()
    }

    /// Waits until its program has written `times` lines with these words.
    pub async fn wrote(&self, words: &str, times: usize) {
        eventually(|| {
            let lines = self.output.lines();
            (lines.iter().filter(|line| line.text.contains(words)).count() >= times).then_some(())
        })
        .await;
    }

    /// Waits until a person must act, and returns the message and the hint.
    pub async fn refused(&mut self) -> (String, String) {
        match self.until(|state| matches!(state, State::Failed { .. })).await.state {
            State::Failed { message, hint } => (message, hint),
            other => panic!("{other:?}"),
        }
    }

    /// Waits for a script to write a number, and returns it.
    pub async fn number(&self, file: &str) -> u32 {
        let path = self.folder.path().join(file);
        eventually(|| std::fs::read_to_string(&path).ok()?.trim().parse().ok()).await
    }

    pub async fn end(self) {
        self.stop.cancel();
        tokio::time::timeout(SOON, self.supervising).await.expect("the supervisor ends").unwrap();
    }
}

/// Polls until there is a value.
pub async fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "it did not come in time");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Whether a process runs; a zombie doesn't count.
pub fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}
