//! What every request and every attempt to deliver shares.

use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{SimClock, gate::Gate, links::Links, world::World};

/// How many deliveries are sent side by side.
const SIDE_BY_SIDE: usize = 64;

/// The running simulator, seen from inside.
pub(crate) struct Shared {
    world: Mutex<World>,
    gate: Mutex<Gate>,
    clock: SimClock,
    pub(crate) base: String,
    /// The storage host, where parts of files are put.
    pub(crate) storage: String,
    /// Where the keys lie.
    pub(crate) keys_dir: PathBuf,
    pub(crate) client: reqwest::Client,
    pub(crate) sending: Semaphore,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    /// Told whenever the world has changed, for the one who keeps it.
    pub(crate) changed: Notify,
}

/// The world while it is looked at or changed. Letting go of a change tells the one who keeps it.
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

    /// The world, for looking. Held only while something is computed, never across an await.
    pub(crate) fn world(&self) -> WorldGuard<'_> {
        WorldGuard { world: self.world.lock().unwrap_or_else(PoisonError::into_inner), changed: None }
    }

    /// The world, for changing: it will be kept.
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
