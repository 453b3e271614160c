//! Opens an engine: the ground floor first, then each room on top of the ones below it. Every dependency between
//! rooms is in this file.

use std::sync::{Arc, Mutex};

use hookbell_store::{Opened, Store, StoreError};
use hookbell_vault::Scope;
use tokio::sync::{broadcast, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Hookbell, Rooms};
use crate::{
    account::Accounts,
    api::{ApiError, Settings},
    asc::{Apps, AscWebhooks},
    background_tasks::{BackgroundTasks, RoomsOfTasks},
    build_names::BuildNames,
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
    given_webhook,
    host::Host,
    insights::Insights,
    intake::Intake,
    keychain::Keychain,
    listener_handle::ListenerHandle,
    listening::ListenerTask,
    menu::Menu,
    news::MAX_UNREAD_NEWS,
    notify::Notifications,
    options::Options,
    overview::Overview,
    own_news::OwnNewsRoom,
    random,
    refusal_notices::RefusalNotices,
    registry::Registry,
    repoint::Repointing,
    resend::Resending,
    rules::Rules,
    runs::Runs,
    settings::StoredSettings,
    settings_commands::SettingsCommands,
    store_watch::StoreWatch,
    testers::Testers,
    trackers::Trackers,
    tunnel::Tunnels,
    turns::Turns,
    update::Updates,
    uploads::Uploads,
    views::Views,
    webhooks::Webhooks,
    welcome::Welcome,
};

/// Why an engine couldn't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store can't be opened.
    #[error("{0}; {hint}", hint = .0.hint())]
    Store(#[from] StoreError),
    /// Somebody changed by hand the name under which this data directory's secrets are stored.
    #[error("the setting vaultScope can't be used: {0}")]
    Scope(String),
    /// The given webhook can't be used.
    #[error(transparent)]
    Given(#[from] ApiError),
}

impl Hookbell {
    /// Opens the store and prepares everything; nothing runs yet.
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
                let (id, token) = given_webhook::adopt(&store, webhook, now).await?;
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
        let changes = Arc::new(Turns::new(context.data_dir()));
        let asc_webhooks = Arc::new(AscWebhooks::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&accounts),
            Arc::clone(&apps),
            Arc::clone(&registry),
            Arc::clone(&changes),
        ));
        let tunnels = Arc::new(Tunnels::new(context.clone()));
        let repointing = Arc::new(Repointing::new(context.clone(), Arc::clone(&accounts), Arc::clone(&asc_webhooks)));
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
        let destinations = Arc::new(Destinations::new(context.clone()));
        let rules = Arc::new(Rules::new(context.clone(), Arc::clone(&destinations), Arc::clone(&hold)));
        let distributions = Arc::new(Distributions::new(context.clone(), Arc::clone(&accounts)));
        let trackers = Arc::new(Trackers::new(context.clone(), Arc::clone(&feedback)));
        let runs = Arc::new(Runs::new(
            context.clone(),
            Arc::clone(&rules),
            Arc::clone(&feedback),
            Arc::clone(&distributions),
            Arc::clone(&trackers),
        ));
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
        let checkup = Arc::new(Checkup::new(
            context.clone(),
            Arc::clone(&registry),
            Arc::clone(&intake),
            Arc::clone(&accounts),
            Arc::clone(&asc_webhooks),
        ));
        let webhooks = Arc::new(Webhooks::new(
            context.clone(),
            registry,
            Arc::clone(&asc_webhooks),
            Arc::clone(&clipboard),
            changes,
        ));
        let resending =
            Resending::new(context.clone(), Arc::clone(&asc_webhooks), Arc::clone(&webhooks), Arc::clone(&clipboard));
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
            Arc::clone(&checkup),
        );
        let builds =
            Builds::new(context.clone(), Arc::clone(&accounts), Arc::clone(&distributions), Arc::clone(&trackers));
        let testers = Testers::new(Arc::clone(&accounts), Arc::clone(&clipboard));
        let uploads = Arc::new(Uploads::new(context.clone(), Arc::clone(&accounts), Arc::clone(&apps)));
        let rooms = RoomsOfTasks {
            tunnels: Arc::clone(&tunnels),
            repointing: Arc::clone(&repointing),
            missed_events: Arc::clone(&missed_events),
            runs: Arc::clone(&runs),
            trackers: Arc::clone(&trackers),
            distributions: Arc::clone(&distributions),
            uploads: Arc::clone(&uploads),
            own_news: OwnNewsRoom::new(
                context.clone(),
                Arc::clone(&accounts),
                Arc::clone(&asc_webhooks),
                Arc::clone(&insights),
                missed_events.is_running(),
            ),
        };
        let background = Arc::new(BackgroundTasks::new(context.clone(), rooms));
        let store_watch = StoreWatch::new(
            context.clone(),
            Arc::clone(&stored_settings),
            Arc::clone(&listener),
            Arc::clone(&intake),
            Arc::clone(&events),
            Arc::clone(&feedback),
        );
        store_watch.read().await?;
        let listener_task = ListenerTask::new(context.clone(), stored_settings, Arc::clone(&intake), background);
        let rooms = Rooms {
            welcome: Welcome::new(context.clone()),
            menu: Menu::new(context.clone(), Arc::clone(&uploads)),
            settings_commands,
            webhooks,
            resending,
            overview,
            waiting: Mutex::new(Some((listener_task, store_watch, refusal_notices))),
            accounts,
            apps,
            asc_webhooks,
            repointing,
            clipboard,
            events,
            destinations,
            rules,
            runs,
            trackers,
            insights,
            listener,
            intake,
            tunnels,
            missed_events,
            hold,
            notifications,
            feedback,
            builds,
            distributions,
            testers,
            backfill,
            enrichment,
            cleanup,
            uploads,
            updates: Arc::new(Updates::new(context.clone())),
            checkup,
            reports,
            views: Arc::new(Views::new(context.clone())),
            given,
            context,
        };
        Ok(Self { rooms: Arc::new(rooms) })
    }
}

/// Separates this data directory's secrets from another's in the same keychain: a random text that never changes.
async fn scope(store: &Store) -> Result<Scope, OpenError> {
    const SCOPE_SETTING: &str = "vaultScope";
    let text = store.setting_or(SCOPE_SETTING, random::short_id()?).await?;
    Scope::new(text).map_err(|error| OpenError::Scope(error.to_string()))
}
