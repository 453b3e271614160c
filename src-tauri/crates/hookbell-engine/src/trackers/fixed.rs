//! What was fixed, as lines for the next What to Test.

use std::collections::BTreeSet;

use hookbell_core::words::one_line;
use jiff::Timestamp;

use super::Trackers;
use crate::api::{ApiError, FixedIssueLine, FixedLinesRequest};

/// The longest title of an issue in a line, in characters.
const MAX_FIXED_CHARS: usize = 120;

impl Trackers {
    /// A line for each issue of an app's feedback that is done, the newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `since`, or [`crate::api::ErrorCode::StoreUnwritable`] if the store
    /// can't be read.
    pub async fn fixed_lines(&self, request: FixedLinesRequest) -> Result<Vec<FixedIssueLine>, ApiError> {
        let FixedLinesRequest { app, since } = request;
        let since = since
            .map(|since| since.parse::<Timestamp>())
            .transpose()
            .map_err(|error| ApiError::field("since", error.to_string(), "write it like 2026-11-01T12:00:00Z"))?;
        let mut seen = BTreeSet::new();
        let fixed = self.context.store.fixed_issues(&app, since).await?.into_iter();
        let lines = fixed.filter(|fixed| seen.insert(fixed.issue.url.clone())).filter_map(|fixed| {
            Some(FixedIssueLine {
                text: format!("Fixed: {}", one_line(&fixed.issue.title, MAX_FIXED_CHARS)),
                feedback: fixed.feedback,
                reference: fixed.issue.reference,
                url: fixed.issue.url,
                done_at: fixed.issue.done_at?.to_string(),
            })
        });
        Ok(lines.collect())
    }
}
