//! Crash feedback: what a tester wrote after a crash, and the crash log.

use hookbell_core::{AppId, CrashFeedbackId, CrashLogId};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::beta_feedback::{BetaFeedbackQuery, CrashFeedback};
use crate::{Client, Error, Listing, Resource};

/// The log of a crash.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CrashLog {
    /// Its id.
    pub id: CrashLogId,
    /// The log, in either of Apple's formats.
    pub log_text: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for CrashLog {
    const TYPE: &'static str = "betaCrashLogs";
    type Id = CrashLogId;
}

/// Reads crash feedback.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::CrashFeedbackId) -> Result<(), Error> {
/// let feedback = client.crash_feedback().get(&id).await?;
/// let log = client.crash_feedback().log(&id).await?;
/// println!("{:?}\n{:?}", feedback.comment, log.and_then(|log| log.log_text));
/// # Ok(())
/// # }
/// ```
pub struct CrashFeedbackEndpoints<'a>(&'a Client);

impl Client {
    /// Crash feedback.
    #[must_use]
    pub fn crash_feedback(&self) -> CrashFeedbackEndpoints<'_> {
        CrashFeedbackEndpoints(self)
    }
}

impl CrashFeedbackEndpoints<'_> {
    /// The crash feedback of an app, newest first, with builds and testers.
    pub fn of_app(&self, app: &AppId, query: &BetaFeedbackQuery) -> Listing<CrashFeedback> {
        Listing::new(self.0, self.0.query(&["v1", "apps", app.as_str(), CrashFeedback::TYPE], &query.pairs()))
    }

    /// One feedback, with its build and its tester.
    ///
    /// # Errors
    /// [`Error`] if it can't be read; [`Error::is_not_found`] if somebody has deleted it.
    pub async fn get(&self, id: &CrashFeedbackId) -> Result<CrashFeedback, Error> {
        self.0.get(&["v1", CrashFeedback::TYPE, id.as_str()], Some("build,tester")).await
    }

    /// The log of a crash; `None` if App Store Connect has none, or none yet.
    ///
    /// # Errors
    /// [`Error`] if it can't be read; [`Error::is_not_found`] means the same as `None`.
    pub async fn log(&self, id: &CrashFeedbackId) -> Result<Option<CrashLog>, Error> {
        let url = self.0.url(&["v1", CrashFeedback::TYPE, id.as_str(), "crashLog"])?;
        self.0.read(&url).await?.one_or_none()
    }
}
