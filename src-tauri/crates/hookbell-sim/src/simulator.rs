//! The running simulator: started with a [`Config`], controlled through its handle, stopped cleanly.

use std::{fs::File, net::Ipv4Addr, path::PathBuf, sync::Arc, time::Duration};

use serde::Serialize;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    AddApps, AddFeedback, Backdate, ChangeKey, Config, Counts, DecideReview, Emit, Fault, Prospect, Sent,
    SimulatorError, SimulatorSettings, control,
    gate::{Faults, Gate, Rules},
    keys, processing, sender, server,
    shared::Shared,
    world::{self, Resource, World},
};

/// How long to collect changes before saving.
const SAVE_AFTER: Duration = Duration::from_millis(250);

/// What a client needs to know: the first line of `hookbell simulator`'s output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// The base URL of the API, such as `http://127.0.0.1:8400`.
    pub url: String,
    /// The key's id.
    pub key_id: String,
    /// The team's issuer id; individual keys have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_id: Option<String>,
    /// The key's `.p8` file, readable only by its owner.
    pub private_key_file: PathBuf,
}

/// A simulator that runs until stopped or dropped.
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// use hookbell_sim::{Config, Simulator};
///
/// let simulator = Simulator::start(Config::default()).await?;
/// let ready = simulator.ready();
/// assert!(ready.private_key_file.ends_with(format!("AuthKey_{}.p8", ready.key_id)));
/// simulator.stop().await?;
/// # Ok::<(), hookbell_sim::SimulatorError>(())
/// # }).unwrap();
/// ```
pub struct Simulator {
    shared: Arc<Shared>,
    keeper: Option<JoinHandle<Result<(), SimulatorError>>>,
    /// Holds the keys if there is no data directory.
    _temporary: Option<TempDir>,
}

impl Simulator {
    /// Binds the port, loads or creates keys and state, and starts serving.
    ///
    /// # Errors
    /// [`SimulatorError`] if the port is taken, or the data directory or its contents are unusable.
    pub async fn start(config: Config) -> Result<Self, SimulatorError> {
        let port = |source| SimulatorError::Port { port: config.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await.map_err(port)?;
        let base = format!("http://{}", listener.local_addr().map_err(port)?);
        let storage = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(port)?;
        let storage_base = format!("http://{}", storage.local_addr().map_err(port)?);

        let (keys_dir, temporary) = match &config.data_dir {
            Some(dir) => {
                std::fs::create_dir_all(dir).map_err(SimulatorError::file(dir))?;
                (dir.clone(), None)
            }
            None => {
                let made = TempDir::with_prefix("hookbell-simulator-");
                let dir = made.map_err(SimulatorError::file(std::env::temp_dir()))?;
                (dir.path().to_owned(), Some(dir))
            }
        };
        let lock = config.data_dir.as_deref().map(world::lock).transpose()?;
        let kept = world::load(&keys_dir)?;
        let mut world = kept.map_or_else(|| World::fresh((config.clock)()), Ok)?;
        world.interrupted();
        world.keys.load(&keys_dir)?;

        let redirects = reqwest::redirect::Policy::none();
        let client =
            reqwest::Client::builder().redirect(redirects).no_proxy().build().map_err(SimulatorError::Sender)?;
        let rules = Rules { latency: config.latency, ..Rules::default() };
        let gate = Gate { rules, faults: Faults::of(server::operations()), ..Gate::default() };
        let shared = Arc::new(Shared::new(world, gate, config.clock, [base, storage_base], keys_dir, client));
        let router = server::router(shared.clone(), config.controls);
        shared.tasks.spawn(server::serve(listener, router, shared.clone()));
        shared.tasks.spawn(server::serve(storage, server::storage_router(shared.clone()), shared.clone()));
        processing::resume(&shared);
        shared.changed.notify_one();
        let keeper = config.data_dir.zip(lock).map(|(dir, lock)| tokio::spawn(keep(shared.clone(), dir, lock)));
        Ok(Self { shared, keeper, _temporary: temporary })
    }

    /// The address, and the team key for it.
    #[must_use]
    pub fn ready(&self) -> Ready {
        let world = self.shared.world();
        let key_id = world.keys.team().map(|key| key.id.clone()).unwrap_or_default();
        self.ready_with(key_id, Some(world.keys.issuer_id.clone()))
    }

    /// The same with an individual key.
    #[must_use]
    pub fn ready_individual(&self) -> Ready {
        let world = self.shared.world();
        let key_id = world.keys.individual().map(|key| key.id.clone()).unwrap_or_default();
        self.ready_with(key_id, None)
    }

    fn ready_with(&self, key_id: String, issuer_id: Option<String>) -> Ready {
        let private_key_file = keys::file(&self.shared.keys_dir, &key_id);
        Ready { url: self.shared.base.clone(), key_id, issuer_id, private_key_file }
    }

    /// Emits events, like `POST /sim/events`.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if no webhook would get them or there is no possible subject.
    pub async fn emit(&self, emit: Emit) -> Result<Vec<Sent>, SimulatorError> {
        Ok(control::emit(&self.shared, emit).await?)
    }

    /// Adds a fault, like `POST /sim/faults`.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if the fault could never occur as described.
    pub fn add_fault(&self, fault: Fault) -> Result<(), SimulatorError> {
        Ok(self.shared.gate().faults.add(fault)?)
    }

    /// Removes all pending faults.
    pub fn clear_faults(&self) {
        self.shared.gate().faults.clear();
    }

    /// Changes the rules, like `POST /sim/settings`.
    pub fn change(&self, settings: &SimulatorSettings) {
        self.shared.gate().change(settings);
    }

    /// Adds apps, like `POST /sim/apps`, and returns their ids.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if there are too many.
    pub fn add_apps(&self, add: &AddApps) -> Result<Vec<String>, SimulatorError> {
        Ok(control::add_apps(&mut self.shared.change(), add)?)
    }

    /// Adds feedback without sending events, like `POST /sim/feedback`, and returns its ids.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if there is no such app, picture or log.
    pub fn add_feedback(&self, add: &AddFeedback) -> Result<Vec<String>, SimulatorError> {
        let now = self.shared.now();
        Ok(control::add_feedback(&mut self.shared.change(), add, now)?)
    }

    /// What could happen to an app next: every possible event type except the ping.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if there is no such app.
    pub fn prospects(&self, app: &str) -> Result<Vec<Prospect>, SimulatorError> {
        Ok(control::prospects(&self.shared.world(), app)?)
    }

    /// All apps, with id and name.
    #[must_use]
    pub fn apps(&self) -> Vec<(String, String)> {
        let named = |app: &Resource| (app.id.clone(), app.text("name").unwrap_or_default().to_owned());
        self.shared.world().all("apps").map(named).collect()
    }

    /// Moves a Beta App Review submission on, like `POST /sim/reviews`.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if the build is not in review.
    pub fn decide_review(&self, decide: &DecideReview) -> Result<(), SimulatorError> {
        let now = self.shared.now();
        let attempts = control::decide_review(&mut self.shared.change(), decide, now)?;
        for attempt in attempts {
            self.shared.tasks.spawn(sender::deliver(self.shared.clone(), attempt));
        }
        Ok(())
    }

    /// Makes deliveries older, like `POST /sim/backdate`, and returns how many.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if there is no such delivery or webhook.
    pub fn backdate(&self, backdate: &Backdate) -> Result<usize, SimulatorError> {
        Ok(control::backdate(&mut self.shared.change(), backdate)?)
    }

    /// Changes an API key's permissions, like `POST /sim/keys`.
    ///
    /// # Errors
    /// [`SimulatorError::Control`] if there is no such key.
    pub fn change_key(&self, change: &ChangeKey) -> Result<(), SimulatorError> {
        Ok(control::change_key(&mut self.shared.change(), change)?)
    }

    /// Expires every picture URL issued so far.
    pub fn expire_pictures(&self) {
        control::expire_pictures(&mut self.shared.gate());
    }

    /// The call counts so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.gate().counts.clone()
    }

    /// Resets the call counts.
    pub fn reset_counts(&self) {
        self.shared.gate().counts.reset();
    }

    /// The whole state except secrets, like `GET /sim/state`.
    #[must_use]
    pub fn state(&self) -> Value {
        control::state(&self.shared)
    }

    /// Stops serving and sending, and saves the state.
    ///
    /// # Errors
    /// [`SimulatorError::File`] if the state can't be written.
    pub async fn stop(mut self) -> Result<(), SimulatorError> {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
        match self.keeper.take() {
            Some(keeper) => keeper.await.unwrap_or(Ok(())),
            None => Ok(()),
        }
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").field("url", &self.shared.base).finish_non_exhaustive()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
    }
}

/// Saves the world after changes, at most every quarter of a second, and once at the end. Until then the lock keeps
/// other simulators out of the folder.
async fn keep(shared: Arc<Shared>, dir: PathBuf, _lock: File) -> Result<(), SimulatorError> {
    loop {
        let stopping = tokio::select! {
            () = shared.changed.notified() => false,
            () = shared.stop.cancelled() => true,
        };
        if stopping {
            shared.tasks.wait().await;
        } else {
            tokio::select! {
                () = tokio::time::sleep(SAVE_AFTER) => {}
                () = shared.stop.cancelled() => {}
            }
        }
        let written = save(&shared, &dir).await;
        if stopping {
            return written;
        }
        if let Err(error) = written {
            tracing::warn!(%error, "the simulator's state could not be written");
        }
    }
}

async fn save(shared: &Shared, dir: &std::path::Path) -> Result<(), SimulatorError> {
    let json = serde_json::to_vec::<World>(&shared.world());
    let dir = dir.to_owned();
    let json = json.map_err(|source| SimulatorError::State { path: dir.clone(), source })?;
    tokio::task::spawn_blocking(move || world::save(&dir, &json)).await.unwrap_or(Ok(()))
}
