//! The engine itself: what it holds, how it starts, and how it ends.
//!
//! Every long task lives in one tracker and ends with one token, so that stopping finishes what is in
//! flight and leaves nothing behind.

use std::sync::{Arc, Mutex, PoisonError};

use hookbell_core::WebhookId;
use hookbell_store::{NewWebhook, Opened, Origin, Store, StoreError};
use hookbell_vault::Scope;
use tokio::sync::{broadcast, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    account::Accounts,
    api::{ApiError, Doctor, ListenerState, Settings},
    asc::{Apps, AscWebhooks},
    build_names::BuildNames,
    catch_up::MissedEvents,
    cleanup::Cleanup,
    clipboard::Clipboard,
    conditions::Conditions,
    context::Context,
    diagnostics::Reports,
    doctor::Checkup,
    enrich::{Enrichment, Hold},
    events::Events,
    feedback::{Backfill, Feedback},
    host::Host,
    insights::Insights,
    intake::Intake,
    keychain::Keychain,
    listener_handle::ListenerHandle,
    listening,
    menu::Menu,
    news::MAX_UNREAD_NEWS,
    notify::Notifications,
    options::{GivenWebhook, Options},
    overview::Overview,
    random,
    refusal_notices::RefusalNotices,
    registry::Registry,
    repoint::Repointing,
    settings::StoredSettings,
    settings_commands::SettingsCommands,
    store_watch::StoreWatch,
    tunnel::Tunnels,
    update::Updates,
    webhooks::Webhooks,
    welcome::Welcome,
};

/// Why an engine could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store can't be opened.
    #[error("{0}; {hint}", hint = .0.hint())]
    Store(#[from] StoreError),
    /// The name under which this data directory's secrets are kept was changed by hand.
    #[error("the setting vaultScope can't be used: {0}")]
    Scope(String),
    /// The webhook that was given can't be used.
    #[error(transparent)]
    Given(#[from] ApiError),
}

/// A running Hookbell. Clones are handles to the same one.
#[derive(Clone)]
pub struct Hookbell {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) context: Context,
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) apps: Arc<Apps>,
    pub(crate) asc_webhooks: Arc<AscWebhooks>,
    pub(crate) repointing: Repointing,
    pub(crate) clipboard: Arc<Clipboard>,
    pub(crate) events: Arc<Events>,
    pub(crate) insights: Arc<Insights>,
    pub(crate) listener: Arc<ListenerHandle>,
    pub(crate) intake: Arc<Intake>,
    pub(crate) tunnels: Arc<Tunnels>,
    pub(crate) missed_events: Arc<MissedEvents>,
    pub(crate) hold: Arc<Hold>,
    pub(crate) notifications: Arc<Notifications>,
    pub(crate) feedback: Arc<Feedback>,
    pub(crate) backfill: Backfill,
    pub(crate) enrichment: Arc<Enrichment>,
    pub(crate) cleanup: Arc<Cleanup>,
    pub(crate) updates: Arc<Updates>,
    pub(crate) checkup: Checkup,
    pub(crate) reports: Reports,
    pub(crate) stored_settings: Arc<StoredSettings>,
    settings_commands: Arc<SettingsCommands>,
    overview: Arc<Overview>,
    welcome: Welcome,
    menu: Menu,
    webhooks: Webhooks,
    /// What waits for the start.
    waiting: Mutex<Option<(StoreWatch, RefusalNotices)>>,
    given: Option<String>,
}

impl std::ops::Deref for Inner {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

impl Hookbell {
    /// Opens the store and gets everything ready; nothing runs yet.
    ///
    /// # Errors
    /// [`OpenError`] if the data directory can't be used.
    pub async fn open(options: Options, host: Arc<dyn Host>) -> Result<Self, OpenError> {
        let now = options.clock.now();
        let Opened { store, set_aside } = Store::open(&options.data_dir, now)?;
        let vault = Keychain::new(options.vault.scoped(scope(&store).await?));
        let (registry, given) = match &options.only {
            None if options.manages_only => (Registry::idle(store.clone(), vault.clone()), None),
            None => (Registry::new(store.clone(), vault.clone()), None),
            Some(webhook) => {
                let (id, token) = adopt(&store, webhook, now).await?;
                let secret = webhook.secret.clone();
                (Registry::of_given(store.clone(), vault.clone(), token.clone(), id, secret), Some(token))
            }
        };
        let context = Context {
            store,
            vault,
            clock: options.clock.clone(),
            host,
            options: Arc::new(options),
            settings: watch::Sender::new(Settings::default()),
            conditions: watch::Sender::new(Conditions { set_aside, ..Conditions::default() }),
            news: broadcast::Sender::new(MAX_UNREAD_NEWS),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        let registry = Arc::new(registry);
        let listener = Arc::new(ListenerHandle::new(context.clone()));
        let intake = Arc::new(Intake::new(context.clone(), Arc::clone(&registry)));
        let accounts = Arc::new(Accounts::new(context.clone()));
        let apps = Arc::new(Apps::new(context.clone(), Arc::clone(&accounts)));
        let clipboard = Arc::new(Clipboard::new(context.clone()));
        let stored_settings = Arc::new(StoredSettings::new(context.clone()));
        let changing = Arc::new(tokio::sync::Mutex::default());
        let asc_webhooks = Arc::new(AscWebhooks::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&accounts),
            Arc::clone(&apps),
            Arc::clone(&registry),
            Arc::clone(&changing),
        ));
        let tunnels = Arc::new(Tunnels::new(context.clone()));
        let repointing =
            Repointing::new(context.clone(), Arc::clone(&accounts), Arc::clone(&asc_webhooks), tunnels.repoint_due());
        let builds = Arc::new(BuildNames::default());
        let feedback = Arc::new(Feedback::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&accounts),
            Arc::clone(&builds),
            Arc::clone(&clipboard),
        ));
        let backfill = Backfill::new(
            context.clone(),
            Arc::clone(&accounts),
            Arc::clone(&apps),
            Arc::clone(&builds),
            Arc::clone(&feedback),
        );
        let hold = Arc::new(Hold::new(context.clone()));
        let enrichment = Arc::new(Enrichment::new(
            context.clone(),
            Arc::clone(&accounts),
            Arc::clone(&apps),
            builds,
            Arc::clone(&feedback),
            Arc::clone(&hold),
        ));
        let events = Arc::new(Events::new(context.clone(), Arc::clone(&clipboard), Arc::clone(&enrichment)));
        let cleanup = Arc::new(Cleanup::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&accounts),
            Arc::clone(&feedback),
        ));
        let insights = Arc::new(Insights::new(context.clone()));
        let missed_events = Arc::new(MissedEvents::new(context.clone(), Arc::clone(&accounts)));
        let notifications = Arc::new(Notifications::new(
            context.clone(),
            Arc::clone(&hold),
            Arc::clone(&feedback),
            missed_events.is_running(),
        ));
        let checkup = Checkup::new(
            context.clone(),
            Arc::clone(&registry),
            Arc::clone(&intake),
            Arc::clone(&accounts),
            Arc::clone(&asc_webhooks),
        );
        let webhooks =
            Webhooks::new(context.clone(), registry, Arc::clone(&asc_webhooks), Arc::clone(&clipboard), changing);
        let settings_commands = Arc::new(SettingsCommands::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&listener),
            Arc::clone(&cleanup),
        ));
        let refusal_notices = RefusalNotices::new(context.clone(), Arc::clone(&intake), Arc::clone(&notifications));
        let overview = Arc::new(Overview::new(
            context.clone(),
            Arc::clone(&listener),
            Arc::clone(&intake),
            Arc::clone(&notifications),
        ));
        let reports = Reports::new(
            context.clone(),
            Arc::clone(&clipboard),
            Arc::clone(&overview),
            Arc::clone(&tunnels),
            Arc::clone(&settings_commands),
        );
        let store_watch =
            StoreWatch::new(context.clone(), Arc::clone(&stored_settings), Arc::clone(&listener), Arc::clone(&intake));
        store_watch.read().await?;
        let inner = Inner {
            welcome: Welcome::new(context.clone()),
            menu: Menu::new(context.clone(), Arc::clone(&events)),
            settings_commands,
            webhooks,
            overview,
            waiting: Mutex::new(Some((store_watch, refusal_notices))),
            accounts,
            apps,
            asc_webhooks,
            repointing,
            clipboard,
            events,
            insights,
            listener,
            intake,
            tunnels,
            missed_events,
            hold,
            notifications,
            feedback,
            backfill,
            enrichment,
            cleanup,
            updates: Arc::new(Updates::new(context.clone())),
            checkup,
            reports,
            stored_settings,
            given,
            context,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Starts listening, notifying and telling the window. Needs a tokio runtime. Starting twice is starting once.
    pub fn start(&self) {
        let Some(orders) = self.inner.listener.take_orders() else { return };
        let waiting = self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((store_watch, refusal_notices)) = waiting else { return };
        let tasks = &self.inner.tasks;
        tasks.spawn(listening::run(Arc::clone(&self.inner), orders));
        tasks.spawn(Arc::clone(&self.inner.notifications).run());
        tasks.spawn(store_watch.run());
        let intake = Arc::clone(&self.inner.intake);
        tasks.spawn(async move { intake.watch_secrets().await });
        tasks.spawn(refusal_notices.run());
        tasks.spawn(Arc::clone(&self.inner.overview).run());
        let updates = Arc::clone(&self.inner.updates);
        tasks.spawn(async move { updates.run().await });
        // A command that was given its one webhook's secret has no account to ask with.
        if self.inner.options.only.is_none() {
            tasks.spawn(Arc::clone(&self.inner.enrichment).run());
            tasks.spawn(Arc::clone(&self.inner.feedback).run_downloads());
            tasks.spawn(Arc::clone(&self.inner.cleanup).run());
            tasks.spawn(self.inner.backfill.clone().run());
        }
    }

    /// Ends the listener and every other task; what is in flight is finished. The store can still be read.
    pub async fn finish(&self) {
        self.inner.stop.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }

    /// Ends everything, and closes the store.
    pub async fn stop(&self) {
        self.finish().await;
        let _ = self.inner.intake.store_refusals().await;
        self.inner.store.clone().close().await;
    }

    /// Waits until the listener listens, or can't: never [`ListenerState::Starting`].
    pub async fn listener(&self) -> ListenerState {
        let mut conditions = self.inner.conditions.subscribe();
        let decided = |conditions: &Conditions| conditions.listener != ListenerState::Starting;
        match conditions.wait_for(decided).await {
            Ok(conditions) => conditions.listener.clone(),
            Err(_) => ListenerState::Starting,
        }
    }

    /// The payload URL of the one webhook that was given, while the listener runs.
    #[must_use]
    pub fn given_payload_url(&self) -> Option<String> {
        self.inner.conditions.borrow().payload_url(self.inner.given.as_deref()?)
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &SettingsCommands {
        &self.inner.settings_commands
    }

    /// The webhooks of this Hookbell.
    #[must_use]
    pub fn webhooks(&self) -> &Webhooks {
        &self.inner.webhooks
    }

    /// The state of the whole.
    #[must_use]
    pub fn overview(&self) -> &Overview {
        &self.inner.overview
    }

    /// The welcome.
    #[must_use]
    pub fn welcome(&self) -> &Welcome {
        &self.inner.welcome
    }

    /// The tray's menu.
    #[must_use]
    pub fn menu(&self) -> &Menu {
        &self.inner.menu
    }

    /// The accounts at App Store Connect.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }

    /// The apps at App Store Connect.
    #[must_use]
    pub fn apps(&self) -> &Apps {
        &self.inner.apps
    }

    /// The webhooks at App Store Connect.
    #[must_use]
    pub fn asc_webhooks(&self) -> &AscWebhooks {
        &self.inner.asc_webhooks
    }

    /// The room that keeps our webhooks at the tunnel's address.
    #[must_use]
    pub fn repointing(&self) -> &Repointing {
        &self.inner.repointing
    }

    /// Walks along the whole chain, and keeps the result for the next report.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read; everything else is a step.
    pub async fn doctor(&self) -> Result<Doctor, ApiError> {
        let doctor = self.inner.checkup.run().await?;
        self.inner.reports.remember_checkup(&doctor);
        Ok(doctor)
    }

    /// The tunnel.
    #[must_use]
    pub fn tunnels(&self) -> &Tunnels {
        &self.inner.tunnels
    }

    /// The room that fetches missed events.
    #[must_use]
    pub fn missed_events(&self) -> &MissedEvents {
        &self.inner.missed_events
    }

    /// Newer versions.
    #[must_use]
    pub fn updates(&self) -> &Updates {
        &self.inner.updates
    }

    /// The clipboard.
    #[must_use]
    pub fn clipboard(&self) -> &Clipboard {
        &self.inner.clipboard
    }

    /// The inbox.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// Testers' feedback.
    #[must_use]
    pub fn feedback(&self) -> &Feedback {
        &self.inner.feedback
    }

    /// The reading of existing feedback.
    #[must_use]
    pub fn backfill(&self) -> &Backfill {
        &self.inner.backfill
    }

    /// Deleting what was received.
    #[must_use]
    pub fn cleanup(&self) -> &Cleanup {
        &self.inner.cleanup
    }

    /// How long a line about an event waits for its details.
    #[must_use]
    pub fn hold(&self) -> &Hold {
        &self.inner.hold
    }

    /// Notifications.
    #[must_use]
    pub fn notifications(&self) -> &Notifications {
        &self.inner.notifications
    }

    /// What many events say together.
    #[must_use]
    pub fn insights(&self) -> &Insights {
        &self.inner.insights
    }

    /// Reports for somebody who asks for help.
    #[must_use]
    pub fn reports(&self) -> &Reports {
        &self.inner.reports
    }

    /// What is stored.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Moves whenever the state of the whole may have changed.
    #[must_use]
    pub fn status_changes(&self) -> watch::Receiver<Conditions> {
        self.inner.conditions.subscribe()
    }
}

/// What keeps this data directory's secrets apart from another one's in the same keychain: a random text, kept for good.
async fn scope(store: &Store) -> Result<Scope, OpenError> {
    const SCOPE: &str = "vaultScope";
    let text = store.setting_or(SCOPE, random::short_id()?).await?;
    Scope::new(text).map_err(|error| OpenError::Scope(error.to_string()))
}

/// The row of a webhook that lives as long as a command: the same one each time, so that its payload URL stays.
async fn adopt(store: &Store, given: &GivenWebhook, now: jiff::Timestamp) -> Result<(WebhookId, String), OpenError> {
    let known = match &given.token {
        Some(token) => store.webhook_by_token(token).await?,
        None => store.webhooks().await?.into_iter().find(|webhook| webhook.origin == Origin::Command),
    };
    if let Some(webhook) = known {
        return Ok((webhook.id, webhook.token));
    }
    let token = given.token.clone().map_or_else(random::token, Ok)?;
    #[allow(clippy::expect_used, reason = "the prefix and the random part are an id")]
    let id = WebhookId::new(format!("command-{}", random::short_id()?)).expect("an id");
    let name = "hookbell listen".to_owned();
    let webhook = NewWebhook { id: id.clone(), name, token: token.clone(), origin: Origin::Command, created_at: now };
    store.add_webhook(webhook).await?;
    Ok((id, token))
}

impl std::fmt::Debug for Hookbell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hookbell").field("data_dir", self.inner.data_dir()).finish_non_exhaustive()
    }
}
