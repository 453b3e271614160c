//! The ground floor: what every room is built on, and nothing that belongs to a single room.
//!
//! Clones are handles to the same state. No method here knows about rooms.

use std::{path::PathBuf, sync::Arc};

use hookbell_store::{Store, StoreError};
use tokio::sync::{broadcast, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    api::Settings, clock::Clock, conditions::Conditions, host::Host, keychain::Keychain, news::News, options::Options,
};

/// What every room is built on.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) store: Store,
    pub(crate) vault: Keychain,
    pub(crate) clock: Clock,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) options: Arc<Options>,
    /// The settings as this process last saw them.
    pub(crate) settings: watch::Sender<Settings>,
    /// Everything that can be wrong.
    pub(crate) conditions: watch::Sender<Conditions>,
    /// News from a room to the rooms above it; sent with [`Context::tell`].
    pub(crate) news: broadcast::Sender<News>,
    /// Tracks every long task, so that stopping can wait for all of them.
    pub(crate) tasks: TaskTracker,
    /// Cancels every long task.
    pub(crate) stop: CancellationToken,
}

impl Context {
    /// Awaits a future unless the engine stops first.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.stop.run_until_cancelled(work).await
    }

    /// Sends news to the subscribed rooms, if there are any.
    pub(crate) fn tell(&self, news: News) {
        let _ = self.news.send(news);
    }

    /// Changes the conditions, and wakes subscribers only if something really changed.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Conditions)) {
        self.conditions.send_if_modified(|conditions| {
            let before = conditions.clone();
            change(conditions);
            *conditions != before
        });
    }

    pub(crate) fn store_works(&self) {
        if self.conditions.borrow().store.is_some() {
            self.change(|conditions| conditions.store = None);
        }
    }

    pub(crate) fn store_fails(&self, error: &StoreError) {
        let text = format!("{error}; {}", error.hint());
        self.change(|conditions| conditions.store = Some(text));
    }

    /// The data directory.
    pub(crate) fn data_dir(&self) -> &PathBuf {
        &self.options.data_dir
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("data_dir", &self.data_dir()).finish_non_exhaustive()
    }
}
