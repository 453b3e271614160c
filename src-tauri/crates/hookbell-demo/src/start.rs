//! Opens the demo: its App Store Connect, its engine, and its story.

use std::{path::PathBuf, sync::Arc};

use hookbell_engine::{
    Clock, Hookbell, OpenError, Options, Pace,
    api::{ApiError, ErrorCode},
};
use hookbell_sim::{Config, Simulator};
use hookbell_vault::Vault;
use tokio::sync::RwLock;
use tokio_util::sync::CancellationToken;

use crate::{
    desktop::{DemoDesktop, DemoHost},
    folder::{Folder, NoFolder},
    in_front::InFront,
    open_demo::OpenDemo,
    refusal::{not_simulated, unmade, unwritable},
    story::Story,
};

/// The name of the demo's account.
const ACCOUNT_NAME: &str = "Halden Software (demo)";

/// What the demo shares with the user's engine.
#[derive(Clone)]
pub(crate) struct Beside {
    pub(crate) data_dir: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) pace: Pace,
    pub(crate) desktop: Arc<dyn DemoHost>,
    /// Cancelled on shutdown, which aborts a demo that is still opening.
    pub(crate) stop: CancellationToken,
}

/// Opens a demo alongside the user's engine.
pub(crate) async fn start(beside: &Beside, in_front: InFront) -> Result<OpenDemo, ApiError> {
    let data_dir = beside.data_dir.clone();
    let folder = tokio::task::spawn_blocking(move || Folder::empty(&data_dir)).await.map_err(|error| unmade(&error))?;
    let folder = folder.map_err(|error| no_folder(&error))?;

    let story = Story::new(beside.clock.clone());
    let (theirs, ours) = (story.clone(), story.clone());
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

    let told = beside.stop.run_until_cancelled(story.tell(&engine, &simulator, ACCOUNT_NAME)).await;
    let told = told.unwrap_or_else(|| Err(ApiError::new(ErrorCode::Busy, "Hookbell is quitting", "start it again")));
    if let Err(error) = told {
        engine.stop().await;
        return Err(error);
    }
    desktop.speak();
    Ok(OpenDemo { engine, simulator: RwLock::new(Some(simulator)), _folder: folder })
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
