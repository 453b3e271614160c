//! Opening the demo: its App Store Connect, its engine, an account, webhooks, and the weeks before.

use std::{path::PathBuf, sync::Arc};

use hookbell_core::EventType;
use hookbell_engine::{
    Clock, Hookbell, OpenError, Options, Pace,
    api::{AddAccountRequest, ApiError, CreateAppWebhookRequest, ErrorCode},
};
use hookbell_sim::{Config, Simulator};
use hookbell_vault::Vault;
use tokio::sync::RwLock;
use tokio_util::sync::CancellationToken;

use crate::{
    calendar::Calendar,
    desktop::{DemoDesktop, DemoHost},
    folder::{Folder, NoFolder},
    history,
    in_front::InFront,
    open_demo::OpenDemo,
    refusal::{not_simulated, unmade, unwritable},
};

/// The name of the demo's account.
const ACCOUNT_NAME: &str = "Halden Software (demo)";

/// The name of its webhooks.
const WEBHOOK_NAME: &str = "This computer";

/// What the demo shares with the person's engine.
#[derive(Clone)]
pub(crate) struct Beside {
    pub(crate) data_dir: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) pace: Pace,
    pub(crate) desktop: Arc<dyn DemoHost>,
    /// Cancelled when everything ends, so that a demo that is still being made is given up.
    pub(crate) stop: CancellationToken,
}

/// Opens a demo beside the person's engine.
pub(crate) async fn start(beside: &Beside, in_front: InFront) -> Result<OpenDemo, ApiError> {
    let data_dir = beside.data_dir.clone();
    let folder = tokio::task::spawn_blocking(move || Folder::empty(&data_dir)).await.map_err(|error| unmade(&error))?;
    let folder = folder.map_err(|error| no_folder(&error))?;

    let calendar = Calendar::new(beside.clock.clone());
    calendar.set_back(history::PLAYED_TIME);
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
        prepared.unwrap_or_else(|| Err(ApiError::new(ErrorCode::Busy, "Hookbell is quitting", "start it again")));
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

fn no_folder(error: &NoFolder) -> ApiError {
    match error {
        NoFolder::InUse => ApiError::new(ErrorCode::Busy, error.to_string(), "leave it there first, or use that one"),
        NoFolder::Foreign(_) => {
            ApiError::new(ErrorCode::StoreUnwritable, error.to_string(), "move it, or use another data directory")
        }
        NoFolder::Io(error) => unwritable(error),
    }
}
