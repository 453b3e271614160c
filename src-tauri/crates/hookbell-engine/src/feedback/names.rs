//! The names of a feedback's tester, app and build.
//!
//! Strangers chose these names, so each becomes one visible line of bounded length.

use hookbell_core::words::one_line;
use hookbell_store::FeedbackSubmission;

/// How much of a name or a fact is shown.
const MAX_NAME_CHARS: usize = 120;

/// A stranger's name or fact on one line; `None` if nothing in it is visible.
pub(super) fn name(text: &str) -> Option<String> {
    Some(one_line(text, MAX_NAME_CHARS)).filter(|name| !name.is_empty())
}

/// The tester's name.
pub(super) fn tester(feedback: &FeedbackSubmission) -> String {
    feedback.tester.as_deref().and_then(name).unwrap_or_else(|| "Anonymous".to_owned())
}

/// The known parts of app, version and build: "Backyard Birds 3.3 (418)".
pub(super) fn about(feedback: &FeedbackSubmission) -> Option<String> {
    let parts = [
        feedback.app_name.as_deref().and_then(name),
        feedback.version.as_deref().and_then(name),
        feedback.build.as_deref().and_then(name).map(|build| format!("({build})")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
