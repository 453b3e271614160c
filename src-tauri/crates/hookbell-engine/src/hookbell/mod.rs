//! The top level: builds the rooms in order, starts their tasks, and stops them.
//!
//! Every long task belongs to one tracker and ends with one token, so that stopping finishes what is in flight and
//! leaves nothing behind. The rooms do the work; this module only hands them out.

mod open;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use hookbell_store::Store;
use tokio::sync::watch;

pub use self::open::OpenError;
use crate::{
    account::Accounts,
    api::ListenerState,
    asc::{Apps, AscWebhooks},
    builds::Builds,
    catch_up::MissedEvents,
    cleanup::Cleanup,
    clipboard::Clipboard,
    conditions::Conditions,
    context::Context,
    destinations::Destinations,
    diagnostics::Reports,
    distribution::Distributions,
    doctor::Checkup,
    enrich::{Enrichment, Hold},
    events::Events,
    feedback::{Backfill, Feedback},
    insights::Insights,
    intake::Intake,
    listener_handle::ListenerHandle,
    listening::ListenerTask,
    menu::Menu,
    notify::Notifications,
    overview::Overview,
    refusal_notices::RefusalNotices,
    repoint::Repointing,
    resend::Resending,
    rules::Rules,
    runs::Runs,
    settings_commands::SettingsCommands,
    store_watch::StoreWatch,
    testers::Testers,
    trackers::Trackers,
    tunnel::Tunnels,
    update::Updates,
    uploads::Uploads,
    views::Views,
    webhooks::Webhooks,
    welcome::Welcome,
};

/// A running Hookbell. Clones are handles to the same one.
#[derive(Clone)]
pub struct Hookbell {
    rooms: Arc<Rooms>,
}

/// All rooms, and what they are built on.
struct Rooms {
    context: Context,
    accounts: Arc<Accounts>,
    apps: Arc<Apps>,
    asc_webhooks: Arc<AscWebhooks>,
    repointing: Arc<Repointing>,
    clipboard: Arc<Clipboard>,
    events: Arc<Events>,
    views: Arc<Views>,
    destinations: Arc<Destinations>,
    rules: Arc<Rules>,
    runs: Arc<Runs>,
    trackers: Arc<Trackers>,
    insights: Arc<Insights>,
    listener: Arc<ListenerHandle>,
    intake: Arc<Intake>,
    tunnels: Arc<Tunnels>,
    missed_events: Arc<MissedEvents>,
    hold: Arc<Hold>,
    notifications: Arc<Notifications>,
    feedback: Arc<Feedback>,
    backfill: Backfill,
    enrichment: Arc<Enrichment>,
    cleanup: Arc<Cleanup>,
    updates: Arc<Updates>,
    uploads: Arc<Uploads>,
    checkup: Arc<Checkup>,
    reports: Reports,
    settings_commands: Arc<SettingsCommands>,
    overview: Arc<Overview>,
    welcome: Welcome,
    menu: Menu,
    webhooks: Arc<Webhooks>,
    resending: Resending,
    builds: Builds,
    distributions: Arc<Distributions>,
    testers: Testers,
    /// The tasks that are started later.
    waiting: Mutex<Option<(ListenerTask, StoreWatch, RefusalNotices)>>,
    given: Option<String>,
}

impl Hookbell {
    /// Starts listening, notifying and pushing to the window. Needs a tokio runtime. Starting twice has no effect.
    pub fn start(&self) {
        let Some(orders) = self.rooms.listener.take_orders() else { return };
        let waiting = self.rooms.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((listener_task, store_watch, refusal_notices)) = waiting else { return };
        let tasks = &self.rooms.context.tasks;
        tasks.spawn(listener_task.run(orders));
        tasks.spawn(Arc::clone(&self.rooms.notifications).run());
        tasks.spawn(store_watch.run());
        let intake = Arc::clone(&self.rooms.intake);
        tasks.spawn(async move { intake.watch_secrets().await });
        tasks.spawn(refusal_notices.run());
        tasks.spawn(Arc::clone(&self.rooms.overview).run());
        tasks.spawn(Arc::clone(&self.rooms.views).run());
        tasks.spawn(Arc::clone(&self.rooms.rules).run());
        tasks.spawn(Arc::clone(&self.rooms.rules).run_judging());
        tasks.spawn(Arc::clone(&self.rooms.uploads).run_pushes());
        let updates = Arc::clone(&self.rooms.updates);
        tasks.spawn(async move { updates.run().await });
        // A command with a single given webhook has no account to ask with.
        if self.rooms.context.options.only.is_none() {
            tasks.spawn(Arc::clone(&self.rooms.enrichment).run());
            tasks.spawn(Arc::clone(&self.rooms.feedback).run_downloads());
            tasks.spawn(Arc::clone(&self.rooms.cleanup).run());
            tasks.spawn(self.rooms.backfill.clone().run());
        }
    }

    /// Stops the listener and all other tasks after finishing what is in flight. The store can still be read.
    pub async fn finish(&self) {
        self.rooms.context.stop.cancel();
        self.rooms.context.tasks.close();
        self.rooms.context.tasks.wait().await;
    }

    /// Stops everything, and closes the store.
    pub async fn stop(&self) {
        self.finish().await;
        let _ = self.rooms.intake.store_refusals().await;
        self.rooms.context.store.clone().close().await;
    }

    /// Waits until the listener listens or has failed: never returns [`ListenerState::Starting`].
    pub async fn listener(&self) -> ListenerState {
        let mut conditions = self.rooms.context.conditions.subscribe();
        let decided = |conditions: &Conditions| conditions.listener != ListenerState::Starting;
        match conditions.wait_for(decided).await {
            Ok(conditions) => conditions.listener.clone(),
            Err(_) => ListenerState::Starting,
        }
    }

    /// Where a damaged database was moved when this engine was opened, if that happened. The caller must report it.
    #[must_use]
    pub fn set_aside(&self) -> Option<PathBuf> {
        self.rooms.context.conditions.borrow().set_aside.clone()
    }

    /// The payload URL of the given webhook, while the listener runs.
    #[must_use]
    pub fn given_payload_url(&self) -> Option<String> {
        self.rooms.context.conditions.borrow().payload_url(self.rooms.given.as_deref()?)
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &SettingsCommands {
        &self.rooms.settings_commands
    }

    /// The local webhooks.
    #[must_use]
    pub fn webhooks(&self) -> &Webhooks {
        &self.rooms.webhooks
    }

    /// The overall state.
    #[must_use]
    pub fn overview(&self) -> &Overview {
        &self.rooms.overview
    }

    /// The welcome.
    #[must_use]
    pub fn welcome(&self) -> &Welcome {
        &self.rooms.welcome
    }

    /// The tray's menu.
    #[must_use]
    pub fn menu(&self) -> &Menu {
        &self.rooms.menu
    }

    /// The accounts at App Store Connect.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.rooms.accounts
    }

    /// The apps at App Store Connect.
    #[must_use]
    pub fn apps(&self) -> &Apps {
        &self.rooms.apps
    }

    /// The webhooks at App Store Connect.
    #[must_use]
    pub fn asc_webhooks(&self) -> &AscWebhooks {
        &self.rooms.asc_webhooks
    }

    /// The room that resends events to an address that the person chooses.
    #[must_use]
    pub fn resending(&self) -> &Resending {
        &self.rooms.resending
    }

    /// The room that keeps our webhooks pointed at the tunnel's address.
    #[must_use]
    pub fn repointing(&self) -> &Repointing {
        &self.rooms.repointing
    }

    /// The tunnel.
    #[must_use]
    pub fn tunnels(&self) -> &Tunnels {
        &self.rooms.tunnels
    }

    /// The room that fetches missed events.
    #[must_use]
    pub fn missed_events(&self) -> &MissedEvents {
        &self.rooms.missed_events
    }

    /// The doctor.
    #[must_use]
    pub fn checkup(&self) -> &Checkup {
        &self.rooms.checkup
    }

    /// Updates of Hookbell.
    #[must_use]
    pub fn updates(&self) -> &Updates {
        &self.rooms.updates
    }

    /// Uploads of builds to App Store Connect.
    #[must_use]
    pub fn uploads(&self) -> &Arc<Uploads> {
        &self.rooms.uploads
    }

    /// The clipboard.
    #[must_use]
    pub fn clipboard(&self) -> &Clipboard {
        &self.rooms.clipboard
    }

    /// The inbox.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.rooms.events
    }

    /// Saved views of the inbox.
    #[must_use]
    pub fn views(&self) -> &Views {
        &self.rooms.views
    }

    /// Rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rooms.rules
    }

    /// The runs of rules.
    #[must_use]
    pub fn runs(&self) -> &Runs {
        &self.rooms.runs
    }

    /// The destinations of rules.
    #[must_use]
    pub fn destinations(&self) -> &Destinations {
        &self.rooms.destinations
    }

    /// Trackers, and the issues made from feedback.
    #[must_use]
    pub fn trackers(&self) -> &Trackers {
        &self.rooms.trackers
    }

    /// Builds of apps.
    #[must_use]
    pub fn builds(&self) -> &Builds {
        &self.rooms.builds
    }

    /// Plans for distributing builds.
    #[must_use]
    pub fn distributions(&self) -> &Distributions {
        &self.rooms.distributions
    }

    /// Groups of testers.
    #[must_use]
    pub fn testers(&self) -> &Testers {
        &self.rooms.testers
    }

    /// Testers' feedback.
    #[must_use]
    pub fn feedback(&self) -> &Feedback {
        &self.rooms.feedback
    }

    /// Backfill of existing feedback.
    #[must_use]
    pub fn backfill(&self) -> &Backfill {
        &self.rooms.backfill
    }

    /// Deletion of what was received.
    #[must_use]
    pub fn cleanup(&self) -> &Cleanup {
        &self.rooms.cleanup
    }

    /// How long lines about events wait for details.
    #[must_use]
    pub fn hold(&self) -> &Hold {
        &self.rooms.hold
    }

    /// Notifications.
    #[must_use]
    pub fn notifications(&self) -> &Notifications {
        &self.rooms.notifications
    }

    /// Insights from many events.
    #[must_use]
    pub fn insights(&self) -> &Insights {
        &self.rooms.insights
    }

    /// Reports for people who ask for help.
    #[must_use]
    pub fn reports(&self) -> &Reports {
        &self.rooms.reports
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.rooms.context.store
    }

    /// Signals whenever the overall state may have changed.
    #[must_use]
    pub fn status_changes(&self) -> watch::Receiver<Conditions> {
        self.rooms.context.conditions.subscribe()
    }
}

impl std::fmt::Debug for Hookbell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hookbell").field("data_dir", self.rooms.context.data_dir()).finish_non_exhaustive()
    }
}
