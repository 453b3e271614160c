//! The ground floor: what every room is built on, and nothing that belongs to one of them.
//!
//! Clones are handles to the same things. No method here knows a room.

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
    /// What is set, as far as this process has seen it.
    pub(crate) settings: watch::Sender<Settings>,
    /// Everything that can be the matter.
    pub(crate) conditions: watch::Sender<Conditions>,
    /// What a room tells those above it; [`Context::tell`] sends it.
    pub(crate) news: broadcast::Sender<News>,
    /// Every long task, so that stopping can wait for all of them.
    pub(crate) tasks: TaskTracker,
    /// Ends every long task.
    pub(crate) stop: CancellationToken,
}

impl Context {
    /// Awaits something unless the engine is stopped first.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.stop.run_until_cancelled(work).await
    }

    /// Tells every room that listens for it. Nobody may listen.
    pub(crate) fn tell(&self, news: News) {
        let _ = self.news.send(news);
    }

    /// Changes the conditions, and wakes their followers only if something is different.
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

    /// Where the data is.
    pub(crate) fn data_dir(&self) -> &PathBuf {
        &self.options.data_dir
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("data_dir", &self.data_dir()).finish_non_exhaustive()
    }
}
