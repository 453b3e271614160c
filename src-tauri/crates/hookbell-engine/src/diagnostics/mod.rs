//! A report for people who ask for help: one text, shown before it is copied.
//!
//! The copied text is exactly the one shown: it is kept until the next report. It contains no secret and no e-mail
//! address, and only enough of each id to tell two apart.

mod log;
mod text;

use std::sync::{Arc, Mutex, PoisonError};

use self::text::{Counts, Report, shortened};
use crate::{
    api::{ApiError, Diagnostics},
    clipboard::Clipboard,
    context::Context,
    desktop::blocking,
    doctor::Checkup,
    overview::Overview,
    settings_commands::SettingsCommands,
    tunnel::Tunnels,
};

/// The room of reports.
#[derive(Debug)]
pub struct Reports {
    context: Context,
    clipboard: Arc<Clipboard>,
    overview: Arc<Overview>,
    tunnels: Arc<Tunnels>,
    settings: Arc<SettingsCommands>,
    checkup: Arc<Checkup>,
    shown: Mutex<Option<String>>,
}

impl Reports {
    pub(crate) fn new(
        context: Context,
        clipboard: Arc<Clipboard>,
        overview: Arc<Overview>,
        tunnels: Arc<Tunnels>,
        settings: Arc<SettingsCommands>,
        checkup: Arc<Checkup>,
    ) -> Self {
        Self { context, clipboard, overview, tunnels, settings, checkup, shown: Mutex::default() }
    }

    /// Makes a report of Hookbell's state, without secrets.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn make(&self) -> Result<Diagnostics, ApiError> {
        let context = &self.context;
        let folder = log::folder(context.data_dir());
        let report = Report {
            status: self.overview.status().await?,
            at: context.clock.now(),
            counts: Counts::stored(&context.store).await?,
            tunnel: self.tunnels.status().await.ok(),
            checkup: self.checkup.last(),
            settings: self.settings.read().await?,
            log: blocking(move || log::last_lines(&folder)).await?,
        };
        let text = shortened(&context.store, &report.to_string()).await?;
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.clone());
        Ok(Diagnostics { text })
    }

    /// Copies the text that [`Reports::make`] returned last.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::Clipboard`] if there is no clipboard, or as [`Reports::make`] if there is no text yet.
    pub async fn copy(&self) -> Result<(), ApiError> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let text = match shown {
            Some(text) => text,
            None => self.make().await?.text,
        };
        self.clipboard.copy(text).await
    }
}
