//! Opening the demo: its App Store Connect, its engine, an account, webhooks, and the weeks before.

use std::sync::{Arc, Mutex, PoisonError};

use hookbell_core::EventType;
use hookbell_engine::{
    Clock, Hookbell, OpenError, Options,
    api::{AddAccountRequest, ApiError, CreateAppWebhookRequest, ErrorCode},
};
use hookbell_sim::{Config, Simulator, SimulatorError};
use hookbell_vault::Vault;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::RwLock;

use crate::{
    desktop::DemoDesktop,
    engines::{Beside, OpenDemo},
    folder::{Folder, NoFolder},
    history,
    state::InFront,
};

/// The name of the demo's account.
const ACCOUNT_NAME: &str = "Halden Software (demo)";

/// The name of its webhooks.
const WEBHOOK_NAME: &str = "This computer";

/// A clock that can be set back, so that both sides of the demo live through the weeks before it.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    now: Clock,
    behind: Arc<Mutex<SignedDuration>>,
}

impl Calendar {
    fn new(now: Clock) -> Self {
        Self { now, behind: Arc::default() }
    }

    /// From now on the clock is behind by this much.
    pub(crate) fn set_back(&self, by: SignedDuration) {
        *self.behind.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    fn now(&self) -> Timestamp {
        let behind = *self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now.now();
        now.saturating_sub(behind).unwrap_or(now)
    }
}

/// Opens a demo beside the person's engine.
pub(crate) async fn start(beside: &Beside, in_front: InFront) -> Result<OpenDemo, ApiError> {
    let data_dir = beside.data_dir.clone();
    let folder = tokio::task::spawn_blocking(move || Folder::empty(&data_dir)).await.map_err(|error| unmade(&error))?;
    let folder = folder.map_err(|error| no_folder(&error))?;

    let calendar = Calendar::new(beside.clock.clone());
    calendar.set_back(history::BEGINS);
    let (theirs, ours) = (calendar.clone(), calendar.clone());
    let config = Config {
        data_dir: Some(folder.app_store_connect()),
        clock: Arc::new(move || theirs.now()),
        ..Config::default()
    };
    let simulator = Simulator::start(config).await.map_err(|error| not_simulated(&error))?;
    let options = Options {
        port: Some(0),
        vault: Vault::memory(),
        clock: Clock::from_fn(move || ours.now()),
        pace: beside.pace.clone(),
        ..Options::new(folder.engine())
    };
    let desktop = Arc::new(DemoDesktop::quiet(Arc::clone(&beside.desktop), in_front));
    let engine = Hookbell::open(options, Arc::clone(&desktop) as _).await.map_err(not_opened)?;

    let prepared = beside.stop.run_until_cancelled(prepare(&engine, &simulator, &calendar)).await;
    let prepared =
        prepared.unwrap_or_else(|| Err(ApiError::new(ErrorCode::Busy, "Hookbell is ending", "start it again")));
    if let Err(error) = prepared {
        engine.stop().await;
        return Err(error);
    }
    desktop.speak();
    Ok(OpenDemo { engine, simulator: RwLock::new(Some(simulator)), _folder: folder })
}

/// Connects the account, makes its webhooks, and plays the past.
async fn prepare(engine: &Hookbell, simulator: &Simulator, calendar: &Calendar) -> Result<(), ApiError> {
    engine.start();
    engine.listener().await;
    let ready = simulator.ready();
    let account = engine.accounts().add(AddAccountRequest {
        name: Some(ACCOUNT_NAME.to_owned()),
        key_file: ready.private_key_file.display().to_string(),
        key_id: Some(ready.key_id),
        issuer_id: ready.issuer_id,
        base_url: Some(ready.url),
    });
    let account = account.await?;
    let every_type: Vec<_> = EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect();
    for (app, _) in simulator.apps() {
        let webhook = CreateAppWebhookRequest {
            account: Some(account.id.clone()),
            app,
            name: WEBHOOK_NAME.to_owned(),
            event_types: every_type.clone(),
            enabled: true,
            ..CreateAppWebhookRequest::default()
        };
        engine.asc_webhooks().create(webhook).await?;
    }
    history::play(engine, simulator, calendar).await
}

fn not_opened(error: OpenError) -> ApiError {
    match error {
        OpenError::Given(error) => error,
        OpenError::Store(error) => error.into(),
        OpenError::Scope(_) => unmade(&error),
    }
}

pub(crate) fn not_simulated(error: &SimulatorError) -> ApiError {
    match error {
        SimulatorError::File { .. } | SimulatorError::State { .. } => unwritable(error),
        _ => unmade(error),
    }
}

fn no_folder(error: &NoFolder) -> ApiError {
    match error {
        NoFolder::InUse => ApiError::new(ErrorCode::Busy, error.to_string(), "leave it there first, or use that one"),
        NoFolder::Foreign(_) => {
            ApiError::new(ErrorCode::StoreUnwritable, error.to_string(), "move it, or use another data directory")
        }
        NoFolder::Io(error) => unwritable(error),
    }
}

fn unwritable(error: &dyn std::error::Error) -> ApiError {
    let hint = "check that the disk has room and that the data directory may be written";
    ApiError::new(ErrorCode::StoreUnwritable, format!("the demo can’t be kept: {error}"), hint)
}

fn unmade(error: &dyn std::error::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, format!("the demo could not be made: {error}"), "try again")
}
