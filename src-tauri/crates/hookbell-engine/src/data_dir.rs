//! Finds the data directory.

use std::path::PathBuf;

/// No data directory could be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DataDirError {
    /// The system reports no home directory.
    #[error("there is no home directory to keep data in: set HOOKBELL_DATA_DIR or pass --data-dir")]
    NoHome,
}

/// The data directory: the one given, else `HOOKBELL_DATA_DIR`, else the platform's own
/// (`~/.local/share/hookbell`, `~/Library/Application Support/dev.hookbell.Hookbell`,
/// `%APPDATA%\hookbell\Hookbell\data`).
///
/// # Errors
/// [`DataDirError::NoHome`] if none of the three exists.
pub fn data_dir(given: Option<PathBuf>) -> Result<PathBuf, DataDirError> {
    let from_environment =
        || std::env::var_os("HOOKBELL_DATA_DIR").filter(|value| !value.is_empty()).map(PathBuf::from);
    given.or_else(from_environment).or_else(platform).ok_or(DataDirError::NoHome)
}

fn platform() -> Option<PathBuf> {
    directories::ProjectDirs::from("dev", "hookbell", "Hookbell").map(|dirs| dirs.data_dir().to_owned())
}
