//! Fetching missed events: Hookbell's catch-up compared with the same calls and the same store, one webhook after
//! another, against a simulator with a delay for every reply.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::TryStreamExt;
use hookbell_asc::{Client, Credential, KeyFile, api::deliveries::DeliveryQuery};
use hookbell_core::{AscWebhookId, IssuerId, ReceivedDelivery, WebhookId};
use hookbell_engine::{
    Hookbell, NoDesktop, Options,
    api::{AddAccountRequest, CreateAppWebhookRequest},
};
use hookbell_sim::{AddApps, Config, Emit, Ready, Simulator, SimulatorSettings};
use hookbell_store::{NewEvent, Source, Store};
use hookbell_vault::Vault;
use jiff::Timestamp;

use crate::{
    Outcome,
    figures::median,
    table::{Table, verdict},
};

const WEBHOOKS: usize = 20;
const EVENTS: usize = 10_000;
const LATENCY: Duration = Duration::from_millis(50);

/// The most deliveries that App Store Connect returns per page.
const PAGE: usize = 200;

/// How often each of the two runs, alternately.
const TURNS: usize = 3;

/// The wanted speed-up.
const GOAL: f64 = 5.0;

/// What one run took.
struct Run {
    seconds: f64,
    calls: u64,
    /// How much the memory grew at its peak, in MiB.
    grown: f64,
}

pub async fn measure() -> Outcome<()> {
    let simulator = Simulator::start(Config { latency: LATENCY, ..Config::default() }).await?;
    simulator.change(&SimulatorSettings { rate_limit: Some(1_000_000), ..SimulatorSettings::default() });
    let apps = serde_json::json!({ "count": WEBHOOKS });
    let apps = simulator.add_apps(&serde_json::from_value::<AddApps>(apps)?)?;
    let ready = simulator.ready();
    let (mut ours, mut plain, mut small) = (Vec::new(), Vec::new(), Vec::new());
    let mut webhooks = Vec::new();
    for turn in 0..=TURNS {
        // The first turn has a quarter of the events, to show how memory grows with their number.
        let folder = tempfile::tempdir()?;
        let hookbell = engine(folder.path(), &ready, &apps, &simulator, &mut webhooks).await?;
        let count = if turn == 0 { EVENTS / 4 } else { EVENTS };
        let emit = serde_json::json!({
            "eventType": "BUILD_UPLOAD_STATE_UPDATED", "count": count / WEBHOOKS, "deliver": false,
        });
        simulator.emit(serde_json::from_value::<Emit>(emit)?).await?;
        let run = timed(&simulator, async {
            let fetched = hookbell.missed_events().fetch_now().await?.fetched;
            Ok(usize::try_from(fetched)?)
        });
        let run = run.await?;
        assert_eq!(run.0, count, "every missed event is fetched");
        if turn == 0 { &mut small } else { &mut ours }.push(run.1);
        if turn > 0 {
            let run = timed(&simulator, one_after_another(&ready, &webhooks)).await?;
            assert_eq!(run.0, count);
            plain.push(run.1);
        }
        hookbell.stop().await;
    }
    let middle = |runs: &[Run], of: fn(&Run) -> f64| median(runs.iter().map(of));
    let mut table = Table::new(
        format!("{EVENTS} missed events of {WEBHOOKS} webhooks, {} ms a call", LATENCY.as_millis()),
        &["", "s", "calls", "more memory, MiB"],
    );
    for (name, runs) in
        [("Hookbell", &ours), ("one webhook after another", &plain), ("a quarter of the events", &small)]
    {
        table.row([
            name.to_owned(),
            format!("{:.2}", middle(runs, |run| run.seconds)),
            format!("{:.0}", middle(runs, |run| run.calls as f64)),
            format!("{:.1}", middle(runs, |run| run.grown)),
        ]);
    }
    let faster = middle(&plain, |run| run.seconds) / middle(&ours, |run| run.seconds);
    let needed = (WEBHOOKS * (EVENTS / WEBHOOKS).div_ceil(PAGE)) as f64;
    let calls = middle(&ours, |run| run.calls as f64);
    table.print(&format!(
        "{faster:.1} times as fast. {}. {}. The simulator lives in the same process, and its answers are in the memory.",
        verdict(&format!("at least {GOAL} times as fast"), faster >= GOAL),
        verdict(&format!("no more than the {needed} calls that paging needs"), calls <= needed),
    ));
    Ok(())
}

/// A fresh engine whose webhooks are the only ones in App Store Connect.
async fn engine(
    folder: &Path,
    ready: &Ready,
    apps: &[String],
    simulator: &Simulator,
    webhooks: &mut Vec<AscWebhookId>,
) -> Outcome<Hookbell> {
    let client = client(ready)?;
    for webhook in webhooks.drain(..) {
        client.webhooks().delete(&webhook).await?;
    }
    let mut options = Options::new(folder.to_owned());
    options.vault = Vault::memory();
    // It is not started: only the catch-up itself is measured.
    let hookbell = Hookbell::open(options, Arc::new(NoDesktop)).await?;
    let key = AddAccountRequest {
        key_file: ready.private_key_file.display().to_string(),
        issuer_id: ready.issuer_id.clone(),
        base_url: Some(ready.url.clone()),
        ..AddAccountRequest::default()
    };
    let account = hookbell.accounts().add(key).await?.id;
    for app in apps {
        let form = CreateAppWebhookRequest {
            account: Some(account.clone()),
            app: app.clone(),
            name: "Bench".to_owned(),
            url: Some("https://receiver.example/hooks/bench".to_owned()),
            event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
            enabled: true,
            ..CreateAppWebhookRequest::default()
        };
        webhooks.push(hookbell.asc_webhooks().create(form).await?.id.parse()?);
    }
    simulator.reset_counts();
    Ok(hookbell)
}

fn client(ready: &Ready) -> Outcome<Client> {
    let file = KeyFile::read(&ready.private_key_file)?;
    let key_id = file.key_id.ok_or("the key file's name tells no key ID")?;
    let issuer = IssuerId::new(ready.issuer_id.clone().ok_or("a team key")?)?;
    let credential = Credential::team(key_id, issuer, file.key);
    Ok(Client::new(ready.url.parse()?, credential, hookbell_asc::ClientSettings::default(), Timestamp::now)?)
}

/// The baseline: the same pages into the same kind of store, one webhook after another.
async fn one_after_another(ready: &Ready, webhooks: &[AscWebhookId]) -> Outcome<usize> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path(), Timestamp::now())?.store;
    let client = client(ready)?;
    let mut fetched = 0;
    for webhook in webhooks {
        let stored_as = WebhookId::new(webhook.as_str())?;
        let mut pages = std::pin::pin!(client.deliveries().of_webhook(webhook, &DeliveryQuery::default()).pages());
        while let Some(page) = pages.try_next().await? {
            let events = page.data.into_iter().filter_map(|delivery| delivery.event?.included?.payload);
            let events: Vec<_> = events.map(|body| new_event(&stored_as, body)).collect();
            let ids = events.iter().map(|event| event.event.id.clone()).collect();
            let unknown = store.unknown_events(&stored_as, ids).await?;
            let missing = events.into_iter().filter(|event| unknown.contains(&event.event.id)).collect();
            fetched += store.keep_events(missing).await?.iter().filter(|kept| kept.new).count();
        }
    }
    store.close().await;
    Ok(fetched)
}

fn new_event(webhook: &WebhookId, body: String) -> NewEvent {
    let (webhook, received_at) = (webhook.clone(), Timestamp::now());
    let delivery = ReceivedDelivery { webhook, body: body.into_bytes(), received_at, signature: None };
    NewEvent::read(delivery, Source::Fetched)
}

/// The work's result and its cost.
async fn timed(simulator: &Simulator, work: impl Future<Output = Outcome<usize>>) -> Outcome<(usize, Run)> {
    simulator.reset_counts();
    // Resets the peak (proc(5), clear_refs).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (before, begun) = (memory("VmRSS:"), Instant::now());
    let count = work.await?;
    let seconds = begun.elapsed().as_secs_f64();
    let calls = simulator.counts().operations.get("webhooksDeliveriesGetToManyRelated").copied().unwrap_or_default();
    Ok((count, Run { seconds, calls, grown: memory("VmHWM:") - before }))
}

/// A memory figure of this process in MiB; 0 on systems without one.
fn memory(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
