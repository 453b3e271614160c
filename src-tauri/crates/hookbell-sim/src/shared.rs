//! What all requests and delivery attempts share.

use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{SimClock, gate::Gate, links::Links, world::World};

/// The maximum number of concurrent deliveries.
const SIDE_BY_SIDE: usize = 64;

/// The running simulator's internals.
pub(crate) struct Shared {
    world: Mutex<World>,
    gate: Mutex<Gate>,
    clock: SimClock,
    pub(crate) base: String,
    /// The storage host for parts of files.
    pub(crate) storage: String,
    /// The directory of the keys.
    pub(crate) keys_dir: PathBuf,
    pub(crate) client: reqwest::Client,
    pub(crate) sending: Semaphore,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    /// Notified whenever the world has changed, to save it.
    pub(crate) changed: Notify,
}

/// The locked world. Dropping a guard for changes triggers a save.
pub(crate) struct WorldGuard<'a> {
    world: MutexGuard<'a, World>,
    changed: Option<&'a Notify>,
}

impl Deref for WorldGuard<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for WorldGuard<'_> {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

impl Drop for WorldGuard<'_> {
    fn drop(&mut self) {
        if let Some(changed) = self.changed {
            changed.notify_one();
        }
    }
}

impl Shared {
    pub(crate) fn new(
        world: World,
        gate: Gate,
        clock: SimClock,
        [base, storage]: [String; 2],
        keys_dir: PathBuf,
        client: reqwest::Client,
    ) -> Self {
        Self {
            world: Mutex::new(world),
            gate: Mutex::new(gate),
            clock,
            base,
            storage,
            keys_dir,
            client,
            sending: Semaphore::new(SIDE_BY_SIDE),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            changed: Notify::new(),
        }
    }

    /// The world, for reading. Held only during computations, never across an await.
    pub(crate) fn world(&self) -> WorldGuard<'_> {
        WorldGuard { world: self.world.lock().unwrap_or_else(PoisonError::into_inner), changed: None }
    }

    /// The world, for changing. Triggers a save.
    pub(crate) fn change(&self) -> WorldGuard<'_> {
        let mut world = self.world();
        world.changed = Some(&self.changed);
        world
    }

    pub(crate) fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Apple's time.
    pub(crate) fn now(&self) -> Timestamp {
        let offset = self.gate().rules.clock_offset;
        (self.clock)().saturating_add(offset).unwrap_or(Timestamp::MAX)
    }

    pub(crate) fn links(&self) -> Links {
        let now = self.now();
        let rules = &self.gate().rules;
        Links {
            base: self.base.clone(),
            now,
            lifetime: rules.picture_lifetime,
            signer: rules.pictures.clone(),
            storage: self.storage.clone(),
            part_lifetime: rules.part_lifetime,
        }
    }
}
