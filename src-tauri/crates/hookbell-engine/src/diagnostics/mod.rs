//! What somebody who asks for help can show: one text, seen before it is copied.
//!
//! What is shown is what is copied, to the letter: the text that was last made is kept until it is. No secret is in it,
//! no e-mail address, and of ids only what tells them apart.

mod log;
mod text;

use std::sync::{Mutex, PoisonError};

use self::text::Report;
use crate::{
    Hookbell,
    api::{ApiError, Diagnostics, Doctor},
    desktop::blocking,
};

/// What is remembered for a report.
#[derive(Debug, Default)]
pub(crate) struct LastReport {
    checkup: Mutex<Option<Doctor>>,
    shown: Mutex<Option<String>>,
}

impl LastReport {
    /// The doctor's last walk.
    pub(crate) fn checked(&self, doctor: &Doctor) {
        *self.checkup.lock().unwrap_or_else(PoisonError::into_inner) = Some(doctor.clone());
    }

    fn last_checkup(&self) -> Option<Doctor> {
        self.checkup.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Hookbell {
    /// Tells how this Hookbell is, without a secret.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn diagnostics(&self) -> Result<Diagnostics, ApiError> {
        let inner = &self.inner;
        let folder = log::folder(inner.data_dir());
        let log = blocking(move || log::last_lines(&folder)).await?;
        let report = Report {
            status: self.status().await?,
            at: inner.clock.now(),
            counts: inner.counts().await?,
            tunnel: self.tunnel().await.ok(),
            checkup: inner.remembered.last_checkup(),
            settings: self.settings().await?,
            log,
        };
        let text = inner.shortened(&report.to_string()).await?;
        *inner.remembered.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.clone());
        Ok(Diagnostics { text })
    }

    /// Copies the text that [`Hookbell::diagnostics`] showed last.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::Clipboard`] if there is no clipboard, or as [`Hookbell::diagnostics`] if none was shown.
    pub async fn copy_diagnostics(&self) -> Result<(), ApiError> {
        let shown = self.inner.remembered.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let text = match shown {
            Some(text) => text,
            None => self.diagnostics().await?.text,
        };
        self.inner.clipboard.copy(text).await
    }
}
