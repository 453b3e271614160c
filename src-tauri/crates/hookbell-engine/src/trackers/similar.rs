//! Finds identical crashes: in the same app, with the same innermost frames of the crashed thread.

use std::collections::BTreeSet;

use hookbell_core::crash::{Frame, ParsedReport};

use super::Trackers;
use crate::api::{ApiError, FeedbackIdRequest, FeedbackKind, FeedbackRequest};

/// How many of the app's newest crashes are compared.
const MAX_COMPARED_CRASHES: u32 = 200;

/// How many of the innermost frames must match.
const COMPARED_FRAMES: usize = 5;

impl Trackers {
    /// Other feedback about the same crash, newest first. Empty for a screenshot, or if a log is missing.
    pub(super) async fn similar_crashes(&self, id: &str) -> Result<Vec<String>, ApiError> {
        let row = self.feedback.detail(FeedbackIdRequest { id: id.to_owned() }).await?.feedback;
        let (FeedbackKind::Crash, Some(app)) = (row.kind, row.app) else { return Ok(Vec::new()) };
        let Some(calls) = self.innermost_calls(id).await else { return Ok(Vec::new()) };
        let mut similar = Vec::new();
        let mut seen = BTreeSet::from([id.to_owned()]);
        for archived in [false, true] {
            let request = FeedbackRequest {
                app: vec![app.clone()],
                kind: Some(FeedbackKind::Crash),
                archived,
                limit: MAX_COMPARED_CRASHES,
                ..FeedbackRequest::default()
            };
            // If the logs' summaries differ, their frames can't match.
            for other in
                self.feedback.page(request).await?.feedback.into_iter().filter(|other| other.title == row.title)
            {
                if seen.insert(other.id.clone()) && self.innermost_calls(&other.id).await.as_ref() == Some(&calls) {
                    similar.push(other.id);
                }
            }
        }
        Ok(similar)
    }

    async fn innermost_calls(&self, id: &str) -> Option<Vec<String>> {
        innermost_calls(&self.feedback.kept_log(id).await.ok()?)
    }
}

/// The innermost frames of the crashed thread, without anything that varies between builds.
fn innermost_calls(log: &str) -> Option<Vec<String>> {
    let report = ParsedReport::read(log).ok()?;
    let frames = &report.crashed_thread()?.frames;
    let call = |frame: &Frame| match (&frame.symbol, frame.offset) {
        (Some(symbol), _) => format!("{} {symbol}", frame.image),
        (None, Some(offset)) => format!("{} + {offset}", frame.image),
        (None, None) => frame.image.clone(),
    };
    (!frames.is_empty()).then(|| frames.iter().take(COMPARED_FRAMES).map(call).collect())
}
