//! Explains why uploads fail and what to do, in plain words. Unknown failures keep App Store Connect's wording.

use hookbell_asc::{
    Error,
    api::{
        build_refusals::{BuildRefusal, UploadProblem},
        build_uploads::{StateDetail, UploadStatus},
    },
};
use hookbell_core::words::one_line;
use hookbell_store::NewUpload;

use crate::{
    account::explain,
    api::{ErrorCode, UploadFailure, UploadFinding},
    text::first_upper,
};

/// How much of App Store Connect's text is kept for one finding.
const MAX_SAID_CHARS: usize = 1_000;

/// App Store Connect's finding, also in our words if we have them.
pub(super) fn finding(detail: &StateDetail) -> UploadFinding {
    let code = detail.code.as_deref().map(|code| one_line(code, 60));
    let said = one_line(detail.description.as_deref().unwrap_or("App Store Connect gave no reason."), MAX_SAID_CHARS);
    let known = UploadProblem::of(detail).map(in_words);
    let (message, hint) = known.map_or((None, None), |(message, hint)| (Some(message), Some(hint)));
    UploadFinding { code, said, message, hint }
}

fn in_words(problem: UploadProblem) -> (String, String) {
    match problem {
        UploadProblem::VersionClosed => (
            "This version is closed for new builds, or lower than the one in the App Store.".into(),
            "Increase the version (CFBundleShortVersionString), archive the app again and upload it.".into(),
        ),
        UploadProblem::OtherBundleId => (
            "The build’s bundle ID isn’t the app’s.".into(),
            "Set the app’s bundle ID in Xcode, archive the app again and upload it.".into(),
        ),
        UploadProblem::NumberUsed => (
            "This build number has already been used.".into(),
            "Increase the build number (CFBundleVersion), archive the app again and upload it.".into(),
        ),
        UploadProblem::MissingPurpose { key } => {
            let key = key.map_or_else(|| "the key that App Store Connect names".to_owned(), |key| one_line(&key, 80));
            (
                "The app uses protected data and doesn’t say why.".into(),
                format!("Add {key} with a reason to the app’s Info.plist, archive the app again and upload it."),
            )
        }
        UploadProblem::OldSdk => (
            "The app was built with an SDK that App Store Connect no longer accepts.".into(),
            "Archive the app again with the current version of Xcode and upload it.".into(),
        ),
    }
}

/// Why App Store Connect couldn't make a build from it.
pub(super) fn of_processing(status: &UploadStatus) -> UploadFailure {
    let problems: Vec<_> = status.errors.iter().flatten().map(finding).collect();
    let first = problems.first();
    let message = first.map(|first| first.message.clone().unwrap_or_else(|| first.said.clone()));
    let hint = first.and_then(|first| first.hint.clone());
    UploadFailure {
        message: message.unwrap_or_else(|| "App Store Connect could not process the build.".into()),
        hint: hint.unwrap_or_else(|| "Fix it, archive the app again and upload it.".into()),
        next_number: None,
        can_retry: false,
        problems,
    }
}

/// Why App Store Connect rejects an upload, if it would reject the same request again.
pub(super) fn of_refusal(error: &Error, build: &NewUpload) -> Option<UploadFailure> {
    let failure = |message: String, hint: &str, next_number, can_retry| UploadFailure {
        message,
        hint: hint.into(),
        problems: Vec::new(),
        next_number,
        can_retry,
    };
    match BuildRefusal::of(error) {
        Some(BuildRefusal::NumberUsed { previous }) => {
            let (message, hint, next) = number_used(&build.number, previous.as_deref());
            return Some(failure(message, &hint, next, false));
        }
        Some(BuildRefusal::UnknownApp) => {
            let hint = "Check that the app still exists and that the account’s API key has access to it.";
            return Some(failure("App Store Connect can’t find the app with this API key.".into(), hint, None, true));
        }
        Some(BuildRefusal::DailyLimit) => return None,
        _ => {}
    }
    let refusal = error.refusal()?;
    if error.is_temporary() || refusal.agreement_page().is_some() || refusal.status == 401 {
        return None;
    }
    if error.is_forbidden() {
        let hint = "Use a key with the role Developer, App Manager or Admin, and check its access to the app.";
        return Some(failure(
            "This API key doesn’t have permission to upload builds of this app.".into(),
            hint,
            None,
            true,
        ));
    }
    let said = explain(error.clone());
    let hint = match said.code {
        ErrorCode::NotFound => "Check that the app still exists, then try again.",
        _ => "See the upload in App Store Connect, then try again.",
    };
    Some(failure(sentence(&said.message), hint, None, true))
}

/// The message, the hint and the next free number for a build number that is not higher than the last one.
pub(super) fn number_used(number: &str, highest: Option<&str>) -> (String, String, Option<String>) {
    let highest = highest.unwrap_or(number);
    let next = next_number(highest);
    let message = match number == highest {
        true => format!("The build number {number} is already used."),
        false => format!("The build number {number} is lower than {highest}, which is already used."),
    };
    let hint = match &next {
        Some(next) => format!("Set it to {next} or higher, archive the app again and upload it."),
        None => "Increase it, archive the app again and upload it.".to_owned(),
    };
    (message, hint, next)
}

/// One number after the highest that was used, where its last part is a number.
pub(super) fn next_number(previous: &str) -> Option<String> {
    let (before, last) = previous.rsplit_once('.').map_or(("", previous), |(before, last)| (before, last));
    let next = last.parse::<u64>().ok()?.checked_add(1)?;
    Some(if before.is_empty() { next.to_string() } else { format!("{before}.{next}") })
}

/// An error message as a separate sentence.
pub(super) fn sentence(message: &str) -> String {
    let message = one_line(message, MAX_SAID_CHARS);
    let ends = message.ends_with(['.', '!', '?', '…']);
    format!("{}{}", first_upper(&message), if ends { "" } else { "." })
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    fn detail(code: &str, description: &str) -> StateDetail {
        StateDetail { code: Some(code.to_owned()), description: Some(description.to_owned()), other: Map::new() }
    }

    #[test]
    fn the_next_number_counts_its_last_part_on() {
        let next = |previous| next_number(previous);
        assert_eq!(next("420").as_deref(), Some("421"));
        assert_eq!(next("3.3.9").as_deref(), Some("3.3.10"));
        assert_eq!(next("20261130b"), None);
        assert_eq!(next(&u64::MAX.to_string()), None);
    }

    #[test]
    fn a_known_finding_says_what_to_do_and_keeps_apples_words() {
        let text = "The Info.plist file should contain a NSCameraUsageDescription key with a purpose string.";
        let known = finding(&detail("90683", text));
        assert_eq!(known.said, text);
        assert!(known.hint.unwrap().contains("NSCameraUsageDescription"));
        for code in ["90062", "90186", "90478", "90054", "90055", "90189", "90725"] {
            let known = finding(&detail(code, "Apple’s words"));
            assert!(known.message.is_some() && known.hint.is_some(), "{code}");
        }
        let unknown = finding(&detail("99999", "The moon\u{202E} is\nfull."));
        assert_eq!((unknown.said.as_str(), unknown.message, unknown.hint), ("The moon is full.", None, None));
    }

    #[test]
    fn a_failure_begins_with_its_first_finding() {
        let status = |errors: Vec<StateDetail>| UploadStatus {
            state: None,
            errors: Some(errors),
            warnings: None,
            infos: None,
            other: Map::new(),
        };
        let failure = of_processing(&status(vec![detail("90062", "closed"), detail("99999", "The moon is full.")]));
        assert!(failure.message.contains("closed for new builds"), "{failure:?}");
        assert_eq!(failure.problems.len(), 2);
        assert_eq!(of_processing(&status(vec![detail("99999", "The moon is full.")])).message, "The moon is full.");
        assert_eq!(of_processing(&status(vec![])).message, "App Store Connect could not process the build.");
    }
}
