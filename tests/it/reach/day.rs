//! A day on one laptop, in fast motion: 2,000 events while it is killed, put to sleep, cut off from its tunnel and
//! given other addresses at random. At the end, every event is stored once and was notified at most once, and every
//! webhook has the current address.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use hookbell_engine::api::{AddAccountRequest, CreateAppWebhookRequest, SetTunnelRequest};
use hookbell_sim::{Config, Emit, Simulator, SimulatorSettings};
use hookbell_tests::{
    Error,
    process::Process,
    wait::{self, SOON},
};
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

use super::laptop;

const EVENTS: usize = 2_000;
const ROUNDS: usize = 50;
const WEBHOOKS: usize = 4;

/// Long enough for a loaded machine.
const EVENING: Duration = Duration::from_secs(90);

/// A deterministic pseudo-random generator (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// The public address: a port that forwards to wherever the laptop listens now, or nowhere.
struct Address {
    url: String,
    task: AbortHandle,
}

impl Address {
    async fn new(laptop: Arc<AtomicU16>) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let pass = async move {
            while let Ok((mut here, _)) = socket.accept().await {
                let port = laptop.load(Ordering::Relaxed);
                tokio::spawn(async move {
                    if port != 0
                        && let Ok(mut there) = TcpStream::connect(("127.0.0.1", port)).await
                    {
                        let _ = copy_bidirectional(&mut here, &mut there).await;
                    }
                });
            }
        };
        Self { url, task: tokio::spawn(pass).abort_handle() }
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_of_a_bad_day_is_kept_once_and_told_at_most_once() -> Result<(), Error> {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(Config::default()).await.unwrap();
    simulator.change(&SimulatorSettings { rate_limit: Some(1_000_000), ..SimulatorSettings::default() });
    let port = Arc::new(AtomicU16::new(0));
    let mut address = Address::new(Arc::clone(&port)).await;
    fs::write(folder.path().join("address"), &address.url).unwrap();

    let _swept = Swept(folder.path().join("data"));

    // In the morning, everything is set up.
    let mut running = morning(folder.path(), &simulator, &port).await?;

    let mut dice = Dice(20_261_121);
    for _ in 0..ROUNDS {
        let emit = serde_json::json!({
            "eventType": "BUILD_UPLOAD_STATE_UPDATED", "count": EVENTS / ROUNDS / WEBHOOKS, "wait": false,
        });
        let emitted = simulator.emit(serde_json::from_value::<Emit>(emit).unwrap()).await.unwrap();
        assert_eq!(emitted.len(), EVENTS / ROUNDS);
        match dice.below(6) {
            0 => {
                running.kill();
                tokio::time::sleep(Duration::from_millis(100)).await;
                running = start(folder.path(), &port).await?;
            }
            1 => {
                signal(&running, Signal::STOP);
                tokio::time::sleep(Duration::from_millis(300)).await;
                signal(&running, Signal::CONT);
            }
            2 => {
                let there = port.swap(0, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(250)).await;
                port.store(there, Ordering::Relaxed);
            }
            3 => {
                address = Address::new(Arc::clone(&port)).await;
                fs::write(folder.path().join("address"), &address.url).unwrap();
            }
            _ => {}
        }
        tokio::time::sleep(Duration::from_millis(40 + dice.below(80) as u64)).await;
    }

    // In the evening, everything works again.
    let hookbell = laptop::open(folder.path()).await;
    let stored = async || hookbell.store().after(0, 10_000).await.unwrap();
    wait::eventually_or_say(EVENING, "every event", async || {
        let count = stored().await.len();
        if count == EVENTS { Ok(()) } else { Err(format!("{count} are stored")) }
    })
    .await?;
    wait::eventually_or_say(EVENING, "every webhook at the address that holds", async || {
        let state = simulator.state();
        let urls: Vec<_> = state["webhooks"].as_array().unwrap().iter().map(|one| one["url"].to_string()).collect();
        let here = |url: &String| url.contains(&format!("{}/hooks/", address.url));
        if urls.len() == WEBHOOKS && urls.iter().all(here) { Ok(()) } else { Err(format!("{urls:?}")) }
    })
    .await?;
    let told = || fs::read_to_string(folder.path().join("shown")).unwrap_or_default();
    wait::eventually_or_say(EVENING, "no event that waits to be told", async || {
        let waiting = hookbell.store().unnotified(1).await.unwrap().len();
        if waiting == 0 { Ok(()) } else { Err(told()) }
    })
    .await?;
    running.kill();

    // The store has each of the simulator's events once, and no others.
    let state = simulator.state();
    let sent: HashSet<_> =
        state["deliveries"].as_array().unwrap().iter().map(|one| one["eventId"].to_string()).collect();
    let kept: HashMap<_, _> = stored().await.iter().map(|one| (format!("{:?}", one.id.as_str()), one.seq)).collect();
    assert_eq!((sent.len(), kept.len()), (EVENTS, EVENTS));
    assert!(sent.iter().all(|id| kept.contains_key(id)));

    // Notified at most once: alone, under its own route, or counted in a summary.
    let told = told();
    let (mut summaries, mut routes) = (HashMap::new(), HashSet::new());
    for line in told.lines() {
        let [title, route, tag] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        match title.strip_suffix(" new events").and_then(|number| number.parse::<usize>().ok()) {
            // A summary is updated: each replaces the one before it.
            Some(many) => drop(summaries.insert(tag, many)),
            None => assert!(routes.insert(route.to_owned()), "{route} was told twice"),
        }
    }
    let count = routes.len() + summaries.values().sum::<usize>();
    assert!(count <= EVENTS, "{count} of {EVENTS} were told");
    hookbell.stop().await;
    Ok(())
}

/// Kills what the day's last crash left behind, however the test ends.
struct Swept(PathBuf);

impl Drop for Swept {
    fn drop(&mut self) {
        hookbell_ingress::tunnel::reap(&self.0);
    }
}

/// Sets up an account, a tunnel and webhooks, with the laptop running.
async fn morning(folder: &Path, simulator: &Simulator, port: &AtomicU16) -> Result<Process, Error> {
    let running = start(folder, port).await?;
    let hookbell = laptop::open(folder).await;
    let ready = simulator.ready();
    let key = AddAccountRequest {
        key_file: ready.private_key_file.display().to_string(),
        issuer_id: ready.issuer_id,
        base_url: Some(ready.url),
        ..AddAccountRequest::default()
    };
    let account = hookbell.accounts().add(key).await.unwrap().id;
    let tunnel = SetTunnelRequest {
        provider: Some("custom".to_owned()),
        fields: laptop::tunnel_fields(folder),
        ..SetTunnelRequest::default()
    };
    hookbell.tunnels().set(tunnel).await.unwrap();
    let app = simulator.state()["apps"][0]["id"].as_str().unwrap().to_owned();
    for number in 0..WEBHOOKS {
        wait::eventually_or_say(SOON, "a webhook", async || {
            let form = CreateAppWebhookRequest {
                account: Some(account.clone()),
                app: app.clone(),
                name: format!("Webhook {number}"),
                event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
                enabled: true,
                ..CreateAppWebhookRequest::default()
            };
            hookbell.asc_webhooks().create(form).await.map_err(|error| error.to_string())
        })
        .await?;
    }
    hookbell.stop().await;
    Ok(running)
}

/// Starts the laptop, and forwards the address to it once it listens.
async fn start(folder: &Path, port: &AtomicU16) -> Result<Process, Error> {
    let running = laptop::start(folder)?;
    let file = folder.join("port");
    let listening = async || fs::read_to_string(&file).ok()?.parse::<u16>().ok();
    port.store(wait::eventually(SOON, "the laptop", listening).await?, Ordering::Relaxed);
    Ok(running)
}

fn signal(process: &Process, signal: Signal) {
    let pid = i32::try_from(process.id()).ok().and_then(Pid::from_raw).unwrap();
    kill_process(pid, signal).unwrap();
}
