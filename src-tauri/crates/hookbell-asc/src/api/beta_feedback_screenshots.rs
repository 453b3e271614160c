//! Screenshot feedback: what a tester saw and wrote.

use hookbell_core::{AppId, ScreenshotFeedbackId};

use super::beta_feedback::{BetaFeedbackQuery, ScreenshotFeedback};
use crate::{Client, Error, Listing, Resource};

/// Reads screenshot feedback.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::ScreenshotFeedbackId) -> Result<(), Error> {
/// let feedback = client.screenshot_feedback().get(&id).await?;
/// println!("{}", feedback.comment.unwrap_or_default());
/// for screenshot in feedback.screenshots.unwrap_or_default() {
///     println!("{:?} until {:?}", screenshot.url, screenshot.expiration_date);
/// }
/// # Ok(())
/// # }
/// ```
pub struct ScreenshotFeedbackEndpoints<'a>(&'a Client);

impl Client {
    /// Screenshot feedback.
    #[must_use]
    pub fn screenshot_feedback(&self) -> ScreenshotFeedbackEndpoints<'_> {
        ScreenshotFeedbackEndpoints(self)
    }
}

impl ScreenshotFeedbackEndpoints<'_> {
    /// The screenshot feedback of an app, newest first, with builds and testers.
    pub fn of_app(&self, app: &AppId, query: &BetaFeedbackQuery) -> Listing<ScreenshotFeedback> {
        Listing::new(self.0, self.0.query(&["v1", "apps", app.as_str(), ScreenshotFeedback::TYPE], &query.pairs()))
    }

    /// One feedback, with its build, its tester and fresh screenshot URLs.
    ///
    /// # Errors
    /// [`Error`] if it can't be read; [`Error::is_not_found`] if somebody has deleted it.
    pub async fn get(&self, id: &ScreenshotFeedbackId) -> Result<ScreenshotFeedback, Error> {
        self.0.get(&["v1", ScreenshotFeedback::TYPE, id.as_str()], Some("build,tester")).await
    }
}
