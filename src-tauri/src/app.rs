//! Assembles, starts and stops everything.

use std::{sync::Arc, time::Duration};

use hookbell_demo::Engines;
use hookbell_engine::{Hookbell, Options, data_dir};
use tauri::{AppHandle, Manager, RunEvent};

#[cfg(not(target_os = "macos"))]
use crate::one_instance;
use crate::{
    arguments::{Arguments, StartError},
    call,
    desktop::Desktop,
    given_file, link, logging, picture, settings,
    tray::{self, Tray},
    window,
};

/// How long quitting waits for work in flight.
const END_WITHIN: Duration = Duration::from_secs(8);

/// Runs until the user quits.
pub(crate) fn run(arguments: Arguments) -> Result<(), StartError> {
    #[cfg(target_os = "linux")]
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err(StartError::NoDisplay);
    }
    // Must precede any thread that reads the environment.
    #[cfg(target_os = "linux")]
    window::prepare();
    let options = Options { announces_later: true, ..Options::new(data_dir(None)?).with_environment()? };
    let log = Arc::new(logging::start(&options.data_dir, options.log.as_deref())?);
    hookbell_engine::seal_memory();
    let desktop = Arc::new(Desktop::default());
    let Arguments { hidden, link } = arguments;
    let followed = Arc::clone(&log);

    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder.menu(crate::app_menu::create).on_window_event(window::focused);
    // Register this plugin first, so that a second start exits before it touches anything. macOS allows only one
    // instance anyway, and passes links to it.
    #[cfg(not(target_os = "macos"))]
    let builder = builder.plugin(one_instance::OneInstance);
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::place::remembered_in(&options.data_dir))
        .register_asynchronous_uri_scheme_protocol(picture::SCHEME, picture::answer)
        .on_window_event(given_file::dropped)
        .on_window_event(window::place::keep)
        .invoke_handler(tauri::generate_handler![call::call, given_file::choose_file, window::close_window, quit])
        .setup(move |app| {
            #[cfg(target_os = "macos")]
            app.set_activation_policy(tauri::ActivationPolicy::Accessory);
            // First, so that a signal during startup also shuts down cleanly.
            quit_on_signal(app.handle().clone());
            desktop.attach(app.handle().clone());
            let engines = start(options, desktop)?;
            app.manage(engines.clone());
            let tray = tray::create(app.handle(), &engines)?;
            let hookbell = engines.own().clone();
            tauri::async_runtime::spawn(settings::follow(app.handle().clone(), hookbell.clone(), followed));
            match link::first(app.handle(), link) {
                Some(link) => link::follow(app.handle(), link),
                // Without a tray, a hidden start would leave the app invisible.
                None if hidden && tray == Tray::Shown => {}
                None => window::show(app.handle(), None),
            }
            tauri::async_runtime::spawn(announce(hookbell));
            Ok(())
        })
        .build(tauri::generate_context!())?;

    app.run(|app, event| match event {
        // The last window was closed: the app stays in the tray. A code means that somebody quit.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => stop(app),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app, None),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => link::opened(app, &urls),
        _ => {}
    });
    Ok(())
}

/// Quits, like the menu's item.
#[tauri::command]
fn quit(app: AppHandle) {
    app.exit(0);
}

fn start(options: Options, desktop: Arc<Desktop>) -> Result<Engines, StartError> {
    tauri::async_runtime::block_on(async {
        let engines = Engines::open(options, desktop).await?;
        engines.start();
        Ok(engines)
    })
}

/// Sends stored notifications once the app is up and the listener listens or has failed: an app that is about to exit
/// has nobody to notify.
async fn announce(hookbell: Hookbell) {
    hookbell.listener().await;
    hookbell.notifications().announce();
}

fn stop(app: &AppHandle) {
    // From here on nothing is shown any more.
    #[cfg(not(target_os = "macos"))]
    one_instance::release(app);
    if let Some(engines) = app.try_state::<Engines>() {
        let ended = tauri::async_runtime::block_on(async { tokio::time::timeout(END_WITHIN, engines.stop()).await });
        if ended.is_err() {
            tracing::warn!("something did not end in time");
        }
    }
}

/// Signals that terminate the process quit it like the menu's item.
fn quit_on_signal(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        hookbell_engine::asked_to_end().await;
        app.exit(0);
    });
}
