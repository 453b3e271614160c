//! What somebody who asks for help can show: one text, seen before it is copied.
//!
//! The copied text is exactly the shown one: it is kept until the next one is made. It contains no secret and no
//! e-mail address, and of each id only enough to tell two apart.

mod log;
mod text;

use std::sync::{Arc, Mutex, PoisonError};

use self::text::{Counts, Report, shortened};
use crate::{
    Hookbell,
    api::{ApiError, Diagnostics, Doctor, SettingsReply, Status, Tunnel},
    clipboard::Clipboard,
    context::Context,
    desktop::blocking,
};

/// The room of reports.
#[derive(Debug)]
pub(crate) struct Reports {
    context: Context,
    clipboard: Arc<Clipboard>,
    checkup: Mutex<Option<Doctor>>,
    shown: Mutex<Option<String>>,
}

impl Reports {
    pub(crate) fn new(context: Context, clipboard: Arc<Clipboard>) -> Self {
        Self { context, clipboard, checkup: Mutex::default(), shown: Mutex::default() }
    }

    /// Remembers the result of the doctor's last walk.
    pub(crate) fn remember_checkup(&self, doctor: &Doctor) {
        *self.checkup.lock().unwrap_or_else(PoisonError::into_inner) = Some(doctor.clone());
    }

    /// Makes a report of these states, and keeps it as the one that is shown.
    async fn make(
        &self,
        status: Status,
        tunnel: Option<Tunnel>,
        settings: SettingsReply,
    ) -> Result<Diagnostics, ApiError> {
        let context = &self.context;
        let folder = log::folder(context.data_dir());
        let checkup = self.checkup.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let report = Report {
            status,
            at: context.clock.now(),
            counts: Counts::stored(&context.store).await?,
            tunnel,
            checkup,
            settings,
            log: blocking(move || log::last_lines(&folder)).await?,
        };
        let text = shortened(&context.store, &report.to_string()).await?;
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.clone());
        Ok(Diagnostics { text })
    }

    async fn copy(&self, text: String) -> Result<(), ApiError> {
        self.clipboard.copy(text).await
    }

    fn shown(&self) -> Option<String> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Hookbell {
    /// Reports the state of this Hookbell, without a secret.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn diagnostics(&self) -> Result<Diagnostics, ApiError> {
        let status = self.overview().status().await?;
        let tunnel = self.tunnels().status().await.ok();
        let settings = self.settings().read().await?;
        self.inner.reports.make(status, tunnel, settings).await
    }

    /// Copies the text that [`Hookbell::diagnostics`] showed last.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::Clipboard`] if there is no clipboard, or as [`Hookbell::diagnostics`] if none was shown.
    pub async fn copy_diagnostics(&self) -> Result<(), ApiError> {
        let text = match self.inner.reports.shown() {
            Some(text) => text,
            None => self.diagnostics().await?.text,
        };
        self.inner.reports.copy(text).await
    }
}
