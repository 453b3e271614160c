//! How long the developer waits for an event's details: from the POST to the notification that has them, compared with
//! making the required App Store Connect calls one after another.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hookbell_asc::{Client, ClientSettings, Credential, KeyFile};
use hookbell_core::{AppStoreVersionId, BuildId, CrashFeedbackId, EventType, IssuerId, ScreenshotFeedbackId};
use hookbell_engine::{
    ClipboardError, Hookbell, Host, Notification, NotifyError, Options,
    api::{AddAccountRequest, ApiError, AppsRequest, CreateAppWebhookRequest, EventRequest, ListenerState, Push},
};
use hookbell_sim::{Config, Emit, Simulator, SimulatorSettings as Rules};
use hookbell_vault::Vault;
use tokio::sync::mpsc;

use crate::{
    Outcome,
    figures::{median, ms},
    machine,
    table::{Table, verdict},
};

/// App Store Connect's delay for each reply.
const LATENCY: Duration = Duration::from_millis(50);

const EVENTS: usize = 20;

/// A pause before each event, so that nothing else is running.
const REST: Duration = Duration::from_millis(200);

/// The notification may take this many times as long as the calls it needs.
const GOAL: f64 = 1.2;

/// A desktop that reports when each notification was shown.
struct Watching(mpsc::UnboundedSender<(Instant, Notification)>);

impl Host for Watching {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        let told = self.0.send((Instant::now(), notification.clone()));
        told.map_err(|error| NotifyError::Refused(error.to_string()))
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}

/// An engine with an account at a simulated App Store Connect, and a webhook there that sends to it.
pub struct Bench {
    pub simulator: Simulator,
    pub hookbell: Hookbell,
    shown: mpsc::UnboundedReceiver<(Instant, Notification)>,
    client: Client,
    pictures: reqwest::Client,
    /// The webhook's id at App Store Connect.
    pub webhook: String,
    seq: i64,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let data = tempfile::tempdir_in(place)?;
    let mut bench = Bench::start(data.path()).await?;
    let types = [
        ("App Store version, one call", EventType::AppStoreVersionAppVersionStateUpdated),
        ("crash feedback, two calls", EventType::BetaFeedbackCrashSubmissionCreated),
        ("screenshot feedback, three calls, two pictures", EventType::BetaFeedbackScreenshotSubmissionCreated),
    ];
    let columns = ["", "notified, p50 ms", "the calls in turn, p50 ms", "times", "goal 1.2"];
    let mut table = Table::new("From the POST of an event to its notification with details", &columns);
    for (name, event_type) in types {
        let (mut notified, mut calls) = (Vec::new(), Vec::new());
        for _ in 0..EVENTS {
            tokio::time::sleep(REST).await;
            let (took, instance) = bench.event(event_type).await?;
            notified.push(took);
            tokio::time::sleep(REST).await;
            calls.push(bench.calls(event_type, &instance).await?);
        }
        let (notified, calls) = (median(notified), median(calls));
        table.row([
            name.to_owned(),
            format!("{notified:.1}"),
            format!("{calls:.1}"),
            format!("{:.2}", notified / calls),
            verdict("1.2", notified <= GOAL * calls),
        ]);
    }
    let note = format!(
        "{EVENTS} events of each type, one at a time, against a simulated App Store Connect that takes {} ms for each \
         answer. The build of an event is remembered after the first one, so later ones need a call less. \
         Load at the end: {}.",
        LATENCY.as_millis(),
        machine::load()
    );
    table.print(&note);
    bench.hookbell.stop().await;
    Ok(())
}

impl Bench {
    /// Starts both, and waits until the account's older feedback has been read.
    pub async fn start(data_dir: &Path) -> Outcome<Self> {
        let simulator = Simulator::start(Config::default()).await?;
        let ready = simulator.ready();
        let (sender, shown) = mpsc::unbounded_channel();
        let options = Options { port: Some(0), vault: Vault::memory(), ..Options::new(data_dir.to_owned()) };
        let hookbell = Hookbell::open(options, Arc::new(Watching(sender))).await?;
        hookbell.start();
        if !matches!(hookbell.listener().await, ListenerState::Listening { .. }) {
            return Err("the engine does not listen".into());
        }
        let key_file = ready.private_key_file.display().to_string();
        let account = AddAccountRequest {
            key_file,
            issuer_id: ready.issuer_id.clone(),
            base_url: Some(ready.url.clone()),
            ..AddAccountRequest::default()
        };
        hookbell.accounts().add(account).await.map_err(told)?;
        // The account's older feedback is read first, and the disk is idle afterwards.
        while !hookbell.backfill().progress().await.map_err(told)?.is_some_and(|progress| progress.done)
            || hookbell.store().next_file().await?.is_some()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let app = hookbell.apps().list(AppsRequest::default()).await.map_err(told)?[0].id.clone();
        let all = EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect();
        let form = CreateAppWebhookRequest {
            app,
            name: "Benchmark".to_owned(),
            event_types: all,
            enabled: true,
            ..CreateAppWebhookRequest::default()
        };
        let webhook = hookbell.asc_webhooks().create(form).await.map_err(told)?.id;
        simulator.change(&Rules {
            latency_ms: Some(u64::try_from(LATENCY.as_millis())?),
            rate_limit: Some(1_000_000),
            ..Rules::default()
        });

        let file = KeyFile::read(&ready.private_key_file)?;
        let key_id = file.key_id.ok_or("the key's file does not name it")?;
        let issuer = IssuerId::new(ready.issuer_id.ok_or("a team's key")?)?;
        let credential = Credential::team(key_id, issuer, file.key);
        let client = Client::new(ready.url.parse()?, credential, ClientSettings::default(), jiff::Timestamp::now)?;
        let pictures = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { simulator, hookbell, shown, client, pictures, webhook, seq: 0 })
    }

    /// Emits an event; returns the milliseconds until its notification, and the id of its subject.
    async fn event(&mut self, event_type: EventType) -> Outcome<(f64, String)> {
        let start = Instant::now();
        let emit = Emit { wait: false, ..Emit::of(event_type).through(&self.webhook) };
        self.simulator.emit(emit).await?;
        let (at, _) = self.shown.recv().await.ok_or("no notification came")?;
        self.seq += 1;
        let event = self.hookbell.events().detail(EventRequest { seq: self.seq }).await.map_err(told)?;
        if event.details.is_none() {
            return Err("a notification went out without its details".into());
        }
        let instance = event.instance.ok_or("the event is about nothing")?;
        Ok((ms(at.duration_since(start)), instance.id))
    }

    /// The same calls one after another, in milliseconds.
    async fn calls(&self, event_type: EventType, id: &str) -> Outcome<f64> {
        let start = Instant::now();
        match event_type {
            EventType::BetaFeedbackCrashSubmissionCreated => {
                let feedback = self.client.crash_feedback().get(&CrashFeedbackId::new(id)?).await?;
                self.build(feedback.build.map(|build| build.id)).await?;
            }
            EventType::BetaFeedbackScreenshotSubmissionCreated => {
                let feedback = self.client.screenshot_feedback().get(&ScreenshotFeedbackId::new(id)?).await?;
                self.build(feedback.build.map(|build| build.id)).await?;
                for picture in feedback.screenshots.unwrap_or_default() {
                    let url = picture.url.ok_or("a picture has no URL")?;
                    self.pictures.get(url).send().await?.bytes().await?;
                }
            }
            _ => drop(self.client.app_store_versions().get(&AppStoreVersionId::new(id)?).await?),
        }
        Ok(ms(start.elapsed()))
    }

    async fn build(&self, id: Option<BuildId>) -> Outcome<()> {
        let id = id.ok_or("feedback without a build")?;
        self.client.builds().get(&id).await?;
        Ok(())
    }
}

/// An error of the engine in words.
pub fn told(error: ApiError) -> String {
    error.to_string()
}
