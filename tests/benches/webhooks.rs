//! Opening the webhooks of an account with hundreds of apps: Hookbell compared with the same calls one after another,
//! against a simulator with a delay for every reply.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use hookbell_asc::{Client, Credential, KeyFile};
use hookbell_core::IssuerId;
use hookbell_engine::{
    ClipboardError, Hookbell, Host, Notification, NotifyError, Options,
    api::{AccountWebhooksRequest, AddAccountRequest, AppsRequest, KeptAppsRequest, Push},
};
use hookbell_sim::{AddApps, Config, Ready, Simulator, SimulatorSettings};
use hookbell_vault::Vault;

use crate::{
    Outcome,
    figures::{median, ms},
    table::{Table, verdict},
};

const APPS: usize = 200;
const WEBHOOKS_PER_APP: usize = 10;
const LATENCY: Duration = Duration::from_millis(50);

/// The most apps that App Store Connect returns per page.
const PAGE: usize = 200;

/// How often each of the two runs, alternately.
const TURNS: usize = 3;

/// The wanted speed-up.
const GOAL: f64 = 5.0;

/// A window that records when the first webhooks could be shown.
#[derive(Default)]
struct Window(Mutex<Option<Instant>>);

impl Window {
    fn first(&self) -> Option<Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Host for Window {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        Ok(())
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, push: &Push) {
        if matches!(push, Push::AppWebhooks { .. }) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
        }
    }
}

pub async fn measure() -> Outcome<()> {
    let simulator = Simulator::start(Config { latency: LATENCY, ..Config::default() }).await?;
    simulator.add_apps(&AddApps { count: APPS, webhooks_per_app: WEBHOOKS_PER_APP, url: None, secret: None })?;
    simulator.change(&SimulatorSettings { rate_limit: Some(1_000_000), ..SimulatorSettings::default() });
    let ready = simulator.ready();
    let folder = tempfile::tempdir()?;
    let window = Arc::new(Window::default());
    let mut options = Options::new(folder.path().to_owned());
    options.vault = Vault::memory();
    let hookbell = Hookbell::open(options, Arc::clone(&window) as Arc<dyn Host>).await?;
    let account = AddAccountRequest {
        name: None,
        key_file: ready.private_key_file.display().to_string(),
        key_id: None,
        issuer_id: ready.issuer_id.clone(),
        base_url: Some(ready.url.clone()),
    };
    let account = hookbell.accounts().add(account).await?.id;
    let client = client(&ready)?;

    let (mut in_a_row, mut ours, mut first) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        in_a_row.push(one_after_another(&client, &simulator).await?);
        let (told, all) = with_hookbell(&hookbell, &window, &simulator).await?;
        first.push(told);
        ours.push(all);
    }
    let begun = Instant::now();
    let kept = hookbell.asc_webhooks().last_seen(KeptAppsRequest { account }).await?;
    let kept_after = ms(begun.elapsed());
    assert_eq!(kept.webhooks.iter().map(|list| list.webhooks.len()).sum::<usize>(), APPS * WEBHOOKS_PER_APP);

    let calls = simulator.counts().total;
    let (in_a_row, ours) = (median(in_a_row), median(ours));
    let title = format!("{APPS} apps with {WEBHOOKS_PER_APP} webhooks each, {} ms a call", LATENCY.as_millis());
    let mut table = Table::new(title, &["", "calls", "first webhooks, ms", "all webhooks, ms"]);
    table.row(["one after another".to_owned(), calls.to_string(), String::new(), format!("{in_a_row:.0}")]);
    table.row(["Hookbell".to_owned(), calls.to_string(), format!("{:.0}", median(first)), format!("{ours:.0}")]);
    table.row([
        "Hookbell, next start".to_owned(),
        "0".to_owned(),
        format!("{kept_after:.0}"),
        format!("{kept_after:.0}"),
    ]);
    let times = in_a_row / ours;
    table.print(&verdict(&format!("{times:.1} times as fast, at least {GOAL:.0}"), times >= GOAL));
    hookbell.stop().await;
    simulator.stop().await?;
    Ok(())
}

fn client(ready: &Ready) -> Outcome<Client> {
    let file = KeyFile::read(&ready.private_key_file)?;
    let key_id = file.key_id.ok_or("the key's file does not tell its id")?;
    let issuer = IssuerId::new(ready.issuer_id.clone().unwrap_or_default())?;
    let credential = Credential::team(key_id, issuer, file.key);
    Ok(Client::new(ready.url.parse()?, credential, hookbell_asc::ClientSettings::default(), jiff::Timestamp::now)?)
}

async fn one_after_another(client: &Client, simulator: &Simulator) -> Outcome<f64> {
    simulator.reset_counts();
    let begun = Instant::now();
    let mut webhooks = 0;
    for app in client.apps().list().all().await? {
        webhooks += client.webhooks().of_app(&app.id).all().await?.len();
    }
    let took = ms(begun.elapsed());
    assert_eq!(webhooks, APPS * WEBHOOKS_PER_APP);
    few_calls(simulator);
    Ok(took)
}

/// When the first webhooks could be shown, and when all could.
async fn with_hookbell(hookbell: &Hookbell, window: &Window, simulator: &Simulator) -> Outcome<(f64, f64)> {
    simulator.reset_counts();
    window.first();
    let begun = Instant::now();
    hookbell.apps().list(AppsRequest { fresh: true, ..AppsRequest::default() }).await?;
    let lists = hookbell.asc_webhooks().of_account(AccountWebhooksRequest::default()).await?;
    let took = ms(begun.elapsed());
    let first = window.first().ok_or("the window was told nothing")?;
    assert_eq!(lists.iter().map(|list| list.webhooks.len()).sum::<usize>(), APPS * WEBHOOKS_PER_APP);
    few_calls(simulator);
    Ok((ms(first.duration_since(begun)), took))
}

/// Apps in as few calls as paging allows, then one call for each app and none per webhook.
fn few_calls(simulator: &Simulator) {
    let counts = simulator.counts();
    let apps = simulator.state()["apps"].as_array().map_or(0, Vec::len);
    let pages = apps.div_ceil(PAGE);
    assert_eq!(counts.operations["appsGetCollection"], pages as u64, "{counts:?}");
    assert_eq!(counts.total, (pages + apps) as u64, "{counts:?}");
}
