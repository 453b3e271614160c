//! What was fixed, as lines for the next What to Test.

use std::collections::BTreeSet;

use hookbell_core::words::one_line;
use jiff::Timestamp;

use super::Trackers;
use crate::{
    api::{ApiError, FixedIssueLine, FixedLinesRequest, OpenFixedIssueRequest},
    host::Target,
};

/// The longest issue title in a line, in characters.
const MAX_FIXED_CHARS: usize = 120;

/// The longest version in a line, in characters.
const MAX_VERSION_CHARS: usize = 40;

impl Trackers {
    /// A line for each finished issue of an app's feedback, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `since`, or [`crate::api::ErrorCode::StoreUnwritable`] if the store
    /// can't be read.
    pub async fn fixed_lines(&self, request: FixedLinesRequest) -> Result<Vec<FixedIssueLine>, ApiError> {
        let FixedLinesRequest { app, since } = request;
        let since = since
            .map(|since| since.parse::<Timestamp>())
            .transpose()
            .map_err(|error| ApiError::field("since", error.to_string(), "enter one such as 2026-11-01T12:00:00Z"))?;
        let mut seen = BTreeSet::new();
        let fixed = self.context.store.fixed_issues(&app, since).await?.into_iter();
        let lines = fixed.filter(|fixed| seen.insert(fixed.issue.url.clone())).filter_map(|fixed| {
            let fixed_in = fixed.issue.fixed_in().map(|version| one_line(version, MAX_VERSION_CHARS));
            let title = one_line(&fixed.issue.title, MAX_FIXED_CHARS);
            Some(FixedIssueLine {
                text: match &fixed_in {
                    Some(version) => format!("Fixed in {version}: {title}"),
                    None => format!("Fixed: {title}"),
                },
                fixed_in,
                feedback: fixed.feedback,
                reference: fixed.issue.reference,
                url: fixed.issue.url,
                done_at: fixed.issue.done_at?.to_string(),
            })
        });
        Ok(lines.collect())
    }

    /// Opens a fixed issue in the browser.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if no fixed issue of the app has this address; errors of the desktop.
    pub async fn open_fixed_issue(&self, request: OpenFixedIssueRequest) -> Result<(), ApiError> {
        let OpenFixedIssueRequest { app, url } = request;
        let fixed = self.context.store.fixed_issues(&app, None).await?;
        if !fixed.iter().any(|fixed| fixed.issue.url == url) {
            return Err(ApiError::not_found("issue"));
        }
        self.context.open_on_desktop(Target::Page(url)).await
    }
}
