//! macOS with a user launch agent, and Windows with an entry in the user's registry.

use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};
use hookbell_engine::DesktopError;

use super::{HIDDEN, program, refused};

fn entry() -> Result<AutoLaunch, DesktopError> {
    let path = program().map_err(refused)?.display().to_string();
    // The registry holds a command line, and a path can contain spaces.
    let path = if cfg!(windows) { format!("\"{path}\"") } else { path };
    AutoLaunchBuilder::new()
        .set_app_name("Hookbell")
        .set_app_path(&path)
        .set_args(&[HIDDEN])
        .set_macos_launch_mode(MacOSLaunchMode::LaunchAgent)
        .set_windows_enable_mode(WindowsEnableMode::CurrentUser)
        .build()
        .map_err(refused)
}

pub(super) fn is_on() -> Result<bool, DesktopError> {
    entry()?.is_enabled().map_err(refused)
}

pub(super) fn turn(on: bool) -> Result<(), DesktopError> {
    let entry = entry()?;
    match (on, is_on()?) {
        (true, _) => entry.enable().map_err(refused),
        (false, true) => entry.disable().map_err(refused),
        (false, false) => Ok(()),
    }
}
