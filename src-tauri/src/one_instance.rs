//! One app per session: a second start hands its arguments to the first one and ends.
//!
//! An app that was killed owns its name on the session bus until its last thread has gone. A start in that moment finds
//! the name taken, calls, and gets no answer. By then the name is free, so it tries once more and becomes the app.

use tauri::{
    AppHandle, Wry,
    plugin::{Plugin, TauriPlugin},
};

use crate::{arguments::Arguments, link, window};

/// Tauri's plugin for it, which gives up when the first app doesn't answer.
pub(crate) struct OneInstance;

impl Plugin<Wry> for OneInstance {
    fn name(&self) -> &'static str {
        "single-instance"
    }

    fn initialize(&mut self, app: &AppHandle, config: serde_json::Value) -> Result<(), Box<dyn std::error::Error>> {
        plugin().initialize(app, config.clone()).or_else(|error| {
            tracing::info!(%error, "the app that was running has gone");
            plugin().initialize(app, config)
        })
    }
}

fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, arguments, _folder| again(app, arguments))
}

/// From here on, whoever starts the app gets one of their own.
pub(crate) fn release(app: &AppHandle) {
    tauri_plugin_single_instance::destroy(app);
}

/// Somebody started the app once more: shows the window, where the link leads to if there is one.
fn again(app: &AppHandle, arguments: Vec<String>) {
    // The other start has refused what it did not understand, and said so to whoever started it.
    let given = Arguments::from_command_line(arguments.into_iter().skip(1).map(Into::into)).unwrap_or_default();
    match given.link {
        Some(link) => link::follow(app, link),
        None => window::show(app, None),
    }
}
