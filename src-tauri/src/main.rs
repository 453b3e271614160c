//! Hookbell in the menu bar: the shell around the engine.
//!
//! Everything Hookbell does is in `hookbell-engine`; here are the tray, the one window, the native notifications and
//! the clipboard. This is the only package that depends on tauri.
#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

mod app;
#[cfg(target_os = "macos")]
mod app_menu;
mod arguments;
mod autostart;
mod call;
mod clipboard;
mod desktop;
mod drag_out;
mod given_file;
mod link;
mod logging;
mod notifier;
#[cfg(not(target_os = "macos"))]
mod one_instance;
mod opener;
mod picture;
#[cfg(target_os = "macos")]
mod quick_look;
mod settings;
mod tray;
mod update;
mod window;

use std::process::ExitCode;

use crate::arguments::Arguments;

fn main() -> ExitCode {
    let started = Arguments::from_command_line(std::env::args_os().skip(1)).and_then(app::run);
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}
