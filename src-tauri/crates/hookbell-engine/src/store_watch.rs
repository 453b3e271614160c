//! Follows the store, which other processes write too, and updates the conditions, the listener and the window.

use std::{sync::Arc, time::Duration};

use hookbell_store::{Rows, StoreError};
use jiff::Timestamp;

use crate::{
    api::{Push, StoredChanges},
    context::Context,
    events::Events,
    feedback::Feedback,
    intake::Intake,
    listener_handle::ListenerHandle,
    notify::PAUSED_UNTIL_SETTING,
    refusing,
    settings::StoredSettings,
    tunnel,
};

/// The shortest interval between two pushes about the store.
const PUSH_EVERY: Duration = Duration::from_millis(100);

/// The room that follows the store.
#[derive(Debug)]
pub(crate) struct StoreWatch {
    context: Context,
    settings: Arc<StoredSettings>,
    listener: Arc<ListenerHandle>,
    intake: Arc<Intake>,
    events: Arc<Events>,
    feedback: Arc<Feedback>,
}

impl StoreWatch {
    pub(crate) fn new(
        context: Context,
        settings: Arc<StoredSettings>,
        listener: Arc<ListenerHandle>,
        intake: Arc<Intake>,
        events: Arc<Events>,
        feedback: Arc<Feedback>,
    ) -> Self {
        Self { context, settings, listener, intake, events, feedback }
    }

    /// Follows the store until the engine stops. Things also change with time alone: a secret expires, a process
    /// stops listening.
    pub(crate) async fn run(self) {
        let context = &self.context;
        let mut changes = context.store.changes();
        let every = context.options.pace.secrets;
        let mut changes_told = StoredChanges::default();
        loop {
            let changed = match context.unless_stopped(tokio::time::timeout(every, changes.changed())).await {
                Some(Ok(Ok(()))) => true,
                Some(Err(_)) => false,
                None | Some(Ok(Err(_))) => return,
            };
            changes.mark_unchanged();
            if let Err(error) = self.read().await {
                tracing::warn!(%error, "the store could not be read");
            }
            if changed {
                match self.changes().await {
                    Ok(known) => changes_told = known,
                    Err(error) => {
                        tracing::warn!(%error, "what has changed in the store could not be read");
                        // The window reads it itself, and shows why that fails.
                        changes_told = StoredChanges { events: None, feedback: None, ..changes_told };
                    }
                }
                context.push(Push::Stored { changes: Box::new(changes_told.clone()) }).await;
                context.unless_stopped(tokio::time::sleep(PUSH_EVERY)).await;
            }
        }
    }

    /// Applies what the store says: webhooks, settings, the unread count, a pause, the tunnel of another process.
    pub(crate) async fn read(&self) -> Result<(), StoreError> {
        let context = &self.context;
        self.intake.take_over().await?;
        self.read_settings().await?;
        let now = context.clock.now();
        let unread = context.store.unread().await?;
        let paused_until = context.store.setting::<Timestamp>(PAUSED_UNTIL_SETTING).await?;
        let tunnel = tunnel::elsewhere(context).await?;
        context.change(|conditions| {
            if let Some(tunnel) = tunnel {
                conditions.tunnel = tunnel;
            }
            conditions.unread = unread;
            conditions.paused_until = paused_until.filter(|until| *until > now);
        });
        refusing::check(context).await
    }

    /// What has changed since the last call.
    async fn changes(&self) -> Result<StoredChanges, StoreError> {
        let store = &self.context.store;
        let touched = store.take_touched().await?;
        if touched.feedback == Rows::Many {
            // Another process may have stored files that nobody is fetching yet.
            self.feedback.check_due_files();
        }
        Ok(StoredChanges {
            events: self.events.changes(touched.events).await?,
            feedback: self.feedback.changes(touched.feedback).await?,
            unread: store.unread().await?,
            unread_feedback: store.unread_feedback().await?,
        })
    }

    /// Applies the settings, and moves to another port if another process requested that.
    async fn read_settings(&self) -> Result<(), StoreError> {
        let before = self.context.settings.borrow().port;
        let port = self.settings.read().await?.in_force().port;
        if port != before && self.context.options.port.is_none() && self.listener.is_started() {
            self.listener.suggest_port(port);
        }
        Ok(())
    }
}
