//! Everything that Hookbell does without a window: it receives, stores, notifies and answers.
//!
//! The tray app and the command line are two hosts of this engine. A [`Host`] provides what only a desktop has
//! (notifications, a clipboard, an open window to push to); everything else is here, so that a script, a test and the
//! window run the same code.
//!
//! Deliberately absent: windows, menus, argument parsing and rendering.

mod account;
pub mod api;
mod asc;
mod asc_page;
mod asked_to_end;
mod background_tasks;
mod bindings;
mod build_names;
mod builds;
mod catch_up;
mod cleanup;
mod clipboard;
mod clock;
mod commands;
mod conditions;
mod context;
mod data_dir;
mod desktop;
mod destinations;
mod diagnostics;
mod distribution;
mod doctor;
mod enrich;
mod event_line;
mod event_track;
mod event_words;
mod events;
mod feedback;
mod given_key;
mod given_webhook;
mod hookbell;
mod host;
mod insights;
mod intake;
mod keychain;
mod known_apps;
mod link;
mod listener_handle;
mod listener_probe;
mod listening;
mod menu;
mod news;
mod notice;
mod notify;
mod options;
mod ours;
mod overview;
mod owed_backfill;
mod own_news;
mod pretty;
mod push;
mod random;
mod redact;
mod refusal_notices;
mod refusing;
mod registry;
mod repoint;
mod resend;
mod rules;
mod runs;
mod seen_builds;
mod settings;
mod settings_commands;
mod status;
mod store_watch;
mod test_ping;
mod testers;
mod text;
mod trackers;
mod tunnel;
mod turns;
mod update;
mod uploads;
mod views;
mod webhooks;
mod welcome;
mod written;

pub use hookbell_ingress::{
    child::restrict as restrict_child,
    tunnel::{Programs, Rhythm},
};
pub use hookbell_vault::seal_memory;

pub use crate::{
    account::Accounts,
    asc::{Apps, AscWebhooks},
    asked_to_end::asked_to_end,
    bindings::TypeScript,
    builds::Builds,
    catch_up::MissedEvents,
    cleanup::Cleanup,
    clipboard::Clipboard,
    clock::Clock,
    commands::{call, read_request, write_reply},
    conditions::Conditions,
    data_dir::{DataDirError, data_dir},
    destinations::Destinations,
    diagnostics::Reports,
    distribution::Distributions,
    doctor::Checkup,
    enrich::Hold,
    event_line::EventLine,
    events::Events,
    feedback::{Backfill, Exported, Feedback, PictureBytes, is_handed_out},
    given_key::GivenKey,
    hookbell::{Hookbell, OpenError},
    host::{
        Choice, ClipboardError, DesktopError, Host, NoDesktop, Notification, NotifyError, Pixels, Release, Sound,
        Target, UpdateError,
    },
    insights::Insights,
    link::{Link, LinkError},
    menu::{Menu, MenuEvent, MenuUpload, TrayMenu},
    notify::Notifications,
    options::{GivenWebhook, Options, OptionsError, Pace, log_filter},
    overview::Overview,
    random::new_event_id,
    redact::{log_entry, masked},
    repoint::Repointing,
    resend::{Resending, Signing},
    rules::Rules,
    runs::{RETRY_RUN_AFTER, Runs, run_variables},
    settings_commands::SettingsCommands,
    testers::Testers,
    tunnel::Tunnels,
    update::Updates,
    uploads::Uploads,
    views::Views,
    webhooks::Webhooks,
    welcome::Welcome,
};
