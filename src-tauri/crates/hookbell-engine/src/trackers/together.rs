//! Several feedback as one issue: after the first one come the others' words, devices and files.
//!
//! The first twenty are told of, and the issue gets twenty files at most. What is beyond that is counted and said.

use hookbell_trackers::{BodyPart, DraftFile, MAX_ISSUE_FILES};

use super::{Trackers, content};
use crate::{
    api::{ApiError, FeedbackKind, IssueParts},
    feedback::Gathered,
};

/// How many feedback one issue tells of.
const MAX_TOLD_REPORTS: usize = 20;

/// What an issue holds of the feedback after the first.
#[derive(Debug, Default)]
pub(super) struct Others {
    pub(super) parts: Vec<BodyPart>,
    pub(super) files: Vec<DraftFile>,
    pub(super) missing: Vec<String>,
    /// Whether each of them is a crash.
    pub(super) are_crashes: bool,
}

impl Trackers {
    /// What the issue holds of these, which come after the first; that one has so many files already.
    pub(super) async fn others(
        &self,
        ids: &[String],
        wanted: IssueParts,
        files_before: usize,
    ) -> Result<Others, ApiError> {
        let mut others = Others { are_crashes: true, ..Others::default() };
        let mut left_out = 0;
        for (number, id) in (2..=MAX_TOLD_REPORTS).zip(ids) {
            let Gathered { detail, pictures, log, missing } = self.feedback.gather(id).await?;
            others.are_crashes &= detail.feedback.kind == FeedbackKind::Crash;
            let mut facts = vec![("Report".to_owned(), number.to_string())];
            facts.extend(content::facts(&detail, wanted));
            others.parts.push(BodyPart::Facts(facts));
            let words = detail.feedback.comment.filter(|comment| !comment.trim().is_empty());
            others.parts.extend(words.map(BodyPart::Words));
            for file in content::files(pictures, log, wanted) {
                if files_before + others.files.len() < MAX_ISSUE_FILES {
                    others.files.push(DraftFile { name: format!("report-{number}-{}", file.name), ..file });
                } else {
                    left_out += 1;
                }
            }
            others.missing.extend(missing.iter().map(|what| format!("report {number}: {what}")));
        }
        if left_out > 0 {
            let files = if left_out == 1 { "1 file is".to_owned() } else { format!("{left_out} files are") };
            others.missing.push(format!("{files} left out, because an issue gets at most {MAX_ISSUE_FILES}"));
        }
        let untold = ids.len().saturating_sub(MAX_TOLD_REPORTS - 1);
        if untold > 0 {
            let reports = if untold == 1 { "1 report is".to_owned() } else { format!("{untold} reports are") };
            others
                .missing
                .push(format!("{reports} only counted, because an issue has the words of {MAX_TOLD_REPORTS}"));
        }
        Ok(others)
    }
}
