//! The whole: it builds the rooms in their order, starts their tasks, and ends them.
//!
//! Every long task lives in one tracker and ends with one token, so that stopping finishes what is in flight and leaves
//! nothing behind. What Hookbell does, its rooms do; here they are only handed out.

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
    views::Views,
    webhooks::Webhooks,
    welcome::Welcome,
};

/// A running Hookbell. Clones are handles to the same one.
#[derive(Clone)]
pub struct Hookbell {
    rooms: Arc<Rooms>,
}

/// Every room, and what they stand on.
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
    /// The tasks that wait for the start.
    waiting: Mutex<Option<(ListenerTask, StoreWatch, RefusalNotices)>>,
    given: Option<String>,
}

impl Hookbell {
    /// Starts listening, notifying and telling the window. Needs a tokio runtime. Starting twice is starting once.
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
        let updates = Arc::clone(&self.rooms.updates);
        tasks.spawn(async move { updates.run().await });
        // A command that was given its one webhook's secret has no account to ask with.
        if self.rooms.context.options.only.is_none() {
            tasks.spawn(Arc::clone(&self.rooms.enrichment).run());
            tasks.spawn(Arc::clone(&self.rooms.feedback).run_downloads());
            tasks.spawn(Arc::clone(&self.rooms.cleanup).run());
            tasks.spawn(self.rooms.backfill.clone().run());
        }
    }

    /// Ends the listener and every other task; what is in flight is finished. The store can still be read.
    pub async fn finish(&self) {
        self.rooms.context.stop.cancel();
        self.rooms.context.tasks.close();
        self.rooms.context.tasks.wait().await;
    }

    /// Ends everything, and closes the store.
    pub async fn stop(&self) {
        self.finish().await;
        let _ = self.rooms.intake.store_refusals().await;
        self.rooms.context.store.clone().close().await;
    }

    /// Waits until the listener listens, or can't: never [`ListenerState::Starting`].
    pub async fn listener(&self) -> ListenerState {
        let mut conditions = self.rooms.context.conditions.subscribe();
        let decided = |conditions: &Conditions| conditions.listener != ListenerState::Starting;
        match conditions.wait_for(decided).await {
            Ok(conditions) => conditions.listener.clone(),
            Err(_) => ListenerState::Starting,
        }
    }

    /// Where a damaged database was moved to when this engine was opened, if it was. Somebody has to be told.
    #[must_use]
    pub fn set_aside(&self) -> Option<PathBuf> {
        self.rooms.context.conditions.borrow().set_aside.clone()
    }

    /// The payload URL of the one webhook that was given, while the listener runs.
    #[must_use]
    pub fn given_payload_url(&self) -> Option<String> {
        self.rooms.context.conditions.borrow().payload_url(self.rooms.given.as_deref()?)
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &SettingsCommands {
        &self.rooms.settings_commands
    }

    /// The webhooks of this Hookbell.
    #[must_use]
    pub fn webhooks(&self) -> &Webhooks {
        &self.rooms.webhooks
    }

    /// The state of the whole.
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

    /// The room that sends events to an address of the person's own.
    #[must_use]
    pub fn resending(&self) -> &Resending {
        &self.rooms.resending
    }

    /// The room that keeps our webhooks at the tunnel's address.
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

    /// The walk along the whole chain.
    #[must_use]
    pub fn checkup(&self) -> &Checkup {
        &self.rooms.checkup
    }

    /// Newer versions.
    #[must_use]
    pub fn updates(&self) -> &Updates {
        &self.rooms.updates
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

    /// What rules do.
    #[must_use]
    pub fn runs(&self) -> &Runs {
        &self.rooms.runs
    }

    /// The addresses that rules send to.
    #[must_use]
    pub fn destinations(&self) -> &Destinations {
        &self.rooms.destinations
    }

    /// Trackers, and the issues of feedback.
    #[must_use]
    pub fn trackers(&self) -> &Trackers {
        &self.rooms.trackers
    }

    /// Builds of apps.
    #[must_use]
    pub fn builds(&self) -> &Builds {
        &self.rooms.builds
    }

    /// Plans for builds.
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

    /// The reading of existing feedback.
    #[must_use]
    pub fn backfill(&self) -> &Backfill {
        &self.rooms.backfill
    }

    /// Deleting what was received.
    #[must_use]
    pub fn cleanup(&self) -> &Cleanup {
        &self.rooms.cleanup
    }

    /// How long a line about an event waits for its details.
    #[must_use]
    pub fn hold(&self) -> &Hold {
        &self.rooms.hold
    }

    /// Notifications.
    #[must_use]
    pub fn notifications(&self) -> &Notifications {
        &self.rooms.notifications
    }

    /// What many events say together.
    #[must_use]
    pub fn insights(&self) -> &Insights {
        &self.rooms.insights
    }

    /// Reports for somebody who asks for help.
    #[must_use]
    pub fn reports(&self) -> &Reports {
        &self.rooms.reports
    }

    /// What is stored.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.rooms.context.store
    }

    /// Moves whenever the state of the whole may have changed.
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
