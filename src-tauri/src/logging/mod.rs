//! The log: a file a day in the data directory, a week of them.
//!
//! Secrets can't get in: they are of a type that does not print.

use std::path::Path;

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::EnvFilter;

use crate::arguments::StartError;

const KEPT_DAYS: usize = 7;

/// Makes a folder, and those above it that are missing, for this user alone.
fn private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Starts the log. It is written as long as the guard lives.
pub(crate) fn start(data_dir: &Path) -> Result<WorkerGuard, StartError> {
    let folder = data_dir.join("logs");
    let refused = |_| StartError::Log(folder.display().to_string());
    private(&folder).map_err(refused)?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("hookbell")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(&folder)
        .map_err(|_| StartError::Log(folder.display().to_string()))?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let filter = EnvFilter::try_from_env("HOOKBELL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter).finish();
    // Only a second start within one process could fail here, and there is none.
    let _ = tracing::subscriber::set_global_default(subscriber);
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a defect")));
    Ok(guard)
}
