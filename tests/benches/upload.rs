//! The cost of sending a build: a gibibyte to the simulator's storage, compared with `curl -T` with the same number of
//! parallel parts.
//!
//! Both are separate programs, and the storage is a third, so that nothing is shared with what is measured. The storage
//! keeps only the MD5 of each part, so a file of 60 GB needs a sparse file and no disk space.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use hookbell_asc::{
    Client, ClientSettings, Credential, KeyFile,
    api::{
        build_upload_files::{BuildUploadFile, NewBuildUploadFile},
        build_uploads::NewBuildUpload,
    },
};
use hookbell_core::{AppId, IssuerId, KeyId};
use hookbell_sim::{Config, Fault, Simulator, SimulatorSettings};
use hookbell_tests::{program::Program, skip};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
    time::sleep,
};

use crate::{
    Outcome,
    figures::median,
    machine, sender,
    table::{Table, verdict},
};

/// Sends the same parts as Hookbell does. Debian packages it.
const CURL: Program = Program { name: "curl", package: "curl" };

const FILE_BYTES: u64 = 1 << 30;
const PART_BYTES: u64 = 5 << 20;

/// Measured rounds; one more precedes them as a warm-up.
const ROUNDS: usize = 5;
const SLOW_ROUNDS: usize = 3;

const LATENCY_MS: u64 = 200;
const FAILING_PERCENT: u8 = 1;

/// A file that needs no disk space, in half as many parts as S3 allows.
const VAST_BYTES: u64 = 60_000_000_000;
const VAST_PART_BYTES: u64 = 12_000_000;

/// The goals: the least share of curl's speed, the most memory beyond a waiting sender's, and the highest multiple of a
/// clean run's time.
const MIN_SPEED_RATIO: f64 = 0.8;
const MAX_EXTRA_MIB: f64 = 40.0;
const MAX_FAILING_RATIO: f64 = 1.15;

const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The results of sending one file.
struct Run {
    seconds: f64,
    /// Beyond the sender's memory before it began.
    extra_mib: f64,
}

/// The simulator, and the client that reserves uploads there.
struct Bench {
    simulator: Simulator,
    client: Client,
    work: PathBuf,
    reserved: u32,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let work = tempfile::tempdir_in(place)?;
    let mut bench = Bench::start(work.path()).await?;
    let file = work.path().join("build.ipa");
    fill(&file)?;
    bench.beside_curl(&file).await?;
    bench.with_failures(&file).await?;
    fs::remove_file(&file)?;
    bench.vast().await
}

impl Bench {
    async fn start(work: &Path) -> Outcome<Self> {
        let simulator = Simulator::start(Config::default()).await?;
        let ready = simulator.ready();
        let issuer = IssuerId::new(ready.issuer_id.unwrap_or_default())?;
        let key = KeyFile::read(&ready.private_key_file)?.key;
        let credential = Credential::team(KeyId::new(ready.key_id)?, issuer, key);
        let client = Client::new(ready.url.parse()?, credential, ClientSettings::default(), Timestamp::now)?;
        let bench = Self { simulator, client, work: work.to_owned(), reserved: 0 };
        bench.set(PART_BYTES, 0);
        Ok(bench)
    }

    fn set(&self, part_bytes: u64, latency_ms: u64) {
        self.simulator.change(&SimulatorSettings {
            part_bytes: Some(part_bytes),
            latency_ms: Some(latency_ms),
            rate_limit: Some(1_000_000),
            ..SimulatorSettings::default()
        });
    }

    /// Reserves an upload for a file of this size.
    async fn reserve(&mut self, size: u64) -> Outcome<BuildUploadFile> {
        self.reserved += 1;
        let app = self.simulator.apps().first().ok_or("the simulator has no app")?.0.clone();
        let upload = NewBuildUpload {
            app: AppId::new(app)?,
            cf_bundle_short_version_string: "90.0".to_owned(),
            cf_bundle_version: self.reserved.to_string(),
            platform: "IOS".to_owned(),
        };
        let upload = self.client.build_uploads().create(&upload).await?.id;
        let file = NewBuildUploadFile {
            upload,
            file_name: "build.ipa".to_owned(),
            file_size: size,
            uti: "com.apple.ipa".to_owned(),
        };
        Ok(self.client.build_upload_files().create(&file).await?)
    }

    /// Sends a file in a process that does nothing else.
    async fn hookbell(&mut self, file: &Path, size: u64) -> Outcome<Run> {
        let reserved = self.reserve(size).await?;
        let plan = self.work.join("plan.json");
        fs::write(&plan, offered(&reserved).to_string())?;
        let mut sender = Command::new(std::env::current_exe()?)
            .arg(sender::SEND)
            .args([file, &plan])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (id, output) = (sender.id().ok_or("the sender has ended")?, sender.stdout.take().ok_or("no output")?);
        let ready = BufReader::new(output).lines().next_line().await?;
        if ready.as_deref() != Some(sender::READY) {
            return Err("the sender does not begin".into());
        }
        let idle = resident_mib(id, "VmRSS:").ok_or("the sender has ended")?;
        let begun = Instant::now();
        sender.stdin.take().ok_or("no input")?.write_all(b"go\n").await?;
        let mut most = idle;
        let status = loop {
            tokio::select! {
                status = sender.wait() => break status?,
                () = sleep(LOOK_EVERY) => most = resident_mib(id, "VmHWM:").unwrap_or(most).max(most),
            }
        };
        let seconds = begun.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("the sender ended with {status}").into());
        }
        self.assert_stored_once(&reserved).await?;
        Ok(Run { seconds, extra_mib: most - idle })
    }

    /// Sends the same parts with curl, four at a time. curl reads each from a separate file.
    async fn curl(&mut self, curl: &Path, file: &Path) -> Outcome<Run> {
        let reserved = self.reserve(FILE_BYTES).await?;
        let parts = self.work.join("parts");
        split(file, &parts)?;
        let mut config = String::new();
        for part in reserved.upload_operations.iter().flatten() {
            let (Some(url), Some(offset)) = (&part.url, part.offset) else { return Err("a part lacks a value".into()) };
            let path = parts.join(offset.to_string());
            if !config.is_empty() {
                config += "next\n";
            }
            // Otherwise curl would wait for the server's "100 Continue" before each part.
            config += &format!(
                "url = \"{}\"\nupload-file = \"{}\"\nheader = \"Expect:\"\noutput = \"/dev/null\"\nsilent\nfail\n",
                url.expose(),
                path.display()
            );
        }
        let path = self.work.join("curl.conf");
        fs::write(&path, config)?;
        let begun = Instant::now();
        let status = Command::new(curl)
            .args(["--parallel", "--parallel-max", "4", "--config"])
            .arg(&path)
            .stderr(Stdio::null())
            .status()
            .await?;
        let seconds = begun.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("curl ended with {status}").into());
        }
        self.assert_stored_once(&reserved).await?;
        Ok(Run { seconds, extra_mib: 0.0 })
    }

    async fn assert_stored_once(&self, reserved: &BuildUploadFile) -> Outcome<()> {
        let file = self.client.build_upload_files().get(&reserved.id).await?;
        let parts = file.upload_operations.unwrap_or_default();
        let stored = parts.iter().filter(|part| part.entity_tag.is_some()).count();
        if stored == parts.len() { Ok(()) } else { Err(format!("{stored} of {} parts are stored", parts.len()).into()) }
    }

    async fn beside_curl(&mut self, file: &Path) -> Outcome<()> {
        let Some(curl) = skip::if_missing(CURL.find())? else { return Ok(()) };
        let mut pairs = Vec::new();
        for _ in 0..=ROUNDS {
            let hookbell = self.hookbell(file, FILE_BYTES).await?;
            pairs.push((hookbell, self.curl(&curl, file).await?));
        }
        pairs.remove(0);
        fs::remove_dir_all(self.work.join("parts"))?;
        let mib_per_second = |seconds: f64| format!("{:.0}", (FILE_BYTES >> 20) as f64 / seconds);
        let ratio = median(pairs.iter().map(|(hookbell, curl)| curl.seconds / hookbell.seconds));
        let extra = pairs.iter().map(|(hookbell, _)| hookbell.extra_mib).fold(0.0, f64::max);
        let mut table = Table::new(
            "Sending a build of 1 GiB to the simulator's storage, four parts at a time",
            &["MiB/s", "curl -T", "ratio", "goal", "MiB above idle", "goal"],
        );
        table.row([
            mib_per_second(median(pairs.iter().map(|(hookbell, _)| hookbell.seconds))),
            mib_per_second(median(pairs.iter().map(|(_, curl)| curl.seconds))),
            format!("{ratio:.2}"),
            verdict(&format!("≥ {MIN_SPEED_RATIO}"), ratio >= MIN_SPEED_RATIO),
            format!("{extra:.1}"),
            verdict(&format!("< {MAX_EXTRA_MIB:.0}"), extra < MAX_EXTRA_MIB),
        ]);
        table.print(&format!(
            "Medians of {ROUNDS} rounds, taken in turns; the ratio is the median of the pairs'. Hookbell hashes each part \
             and compares it with what was stored, curl does not. Memory is the most of all rounds. Load at the end: {}.",
            machine::load()
        ));
        Ok(())
    }

    async fn with_failures(&mut self, file: &Path) -> Outcome<()> {
        self.set(PART_BYTES, LATENCY_MS);
        let mut pairs = Vec::new();
        for _ in 0..SLOW_ROUNDS {
            let clean = self.hookbell(file, FILE_BYTES).await?;
            self.simulator.add_fault(Fault {
                operation: Some("uploadParts".to_owned()),
                status: Some(503),
                percent: FAILING_PERCENT,
                count: None,
                ..Fault::default()
            })?;
            let failing = self.hookbell(file, FILE_BYTES).await?;
            self.simulator.clear_faults();
            pairs.push((clean, failing));
        }
        let ratio = median(pairs.iter().map(|(clean, failing)| failing.seconds / clean.seconds));
        let mut table = Table::new(
            format!(
                "The same at {LATENCY_MS} ms for each answer, and with {FAILING_PERCENT} % of the parts answered 503"
            ),
            &["seconds", "with failures", "ratio", "goal"],
        );
        table.row([
            format!("{:.1}", median(pairs.iter().map(|(clean, _)| clean.seconds))),
            format!("{:.1}", median(pairs.iter().map(|(_, failing)| failing.seconds))),
            format!("{ratio:.2}"),
            verdict(&format!("≤ {MAX_FAILING_RATIO}"), ratio <= MAX_FAILING_RATIO),
        ]);
        table.print(&format!("Medians of {SLOW_ROUNDS} rounds, taken in turns. Load at the end: {}.", machine::load()));
        self.set(PART_BYTES, 0);
        Ok(())
    }

    /// The memory needed for a file of 60 GB in 5,000 parts.
    async fn vast(&mut self) -> Outcome<()> {
        self.set(VAST_PART_BYTES, 0);
        let path = self.work.join("vast.ipa");
        File::create(&path)?.set_len(VAST_BYTES)?;
        let run = self.hookbell(&path, VAST_BYTES).await?;
        let mut table =
            Table::new("A sparse file of 60 GB in 5,000 parts", &["seconds", "MiB/s", "MiB above idle", "goal"]);
        table.row([
            format!("{:.0}", run.seconds),
            format!("{:.0}", VAST_BYTES as f64 / f64::from(1 << 20) / run.seconds),
            format!("{:.1}", run.extra_mib),
            verdict(&format!("< {MAX_EXTRA_MIB:.0}"), run.extra_mib < MAX_EXTRA_MIB),
        ]);
        table.print(&format!("Load at the end: {}.", machine::load()));
        Ok(())
    }
}

/// The parts for the sender, which gets no key.
fn offered(file: &BuildUploadFile) -> Value {
    let parts = file.upload_operations.iter().flatten();
    parts
        .map(|part| json!({ "url": part.url.as_ref().map(|url| url.expose()), "offset": part.offset, "length": part.length }))
        .collect()
}

/// Writes bytes that no file system stores as holes.
fn fill(path: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    let mut state = 1_u64;
    let mut block = vec![0; 1 << 20];
    for _ in 0..FILE_BYTES >> 20 {
        for word in block.chunks_exact_mut(8) {
            // Any xorshift will do (Marsaglia 2003).
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word.copy_from_slice(&state.to_le_bytes());
        }
        file.write_all(&block)?;
    }
    file.sync_all()
}

/// Writes each part to a file named by its offset.
fn split(file: &Path, parts: &Path) -> Outcome<()> {
    if parts.exists() {
        return Ok(());
    }
    fs::create_dir_all(parts)?;
    let mut file = File::open(file)?;
    for offset in (0..FILE_BYTES).step_by(usize::try_from(PART_BYTES)?) {
        let mut part = File::create(parts.join(offset.to_string()))?;
        io::copy(&mut io::Read::take(&mut file, PART_BYTES), &mut part)?;
    }
    Ok(())
}

/// A process's memory figure (proc(5), `status`).
fn resident_mib(pid: u32, figure: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()? / 1024.0)
}
