//! App Store Connect's refusals during a build's life that Hookbell can act on.
//!
//! Codes decide where they exist. Several refusals have no code and are recognized by their wording, as developers met
//! it live; anything unknown stays [`Error::Refused`](crate::Error::Refused) in Apple's words.

use super::build_uploads::StateDetail;
use crate::{Error, Refusal};

/// A refusal that Hookbell can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildRefusal {
    /// The build number is taken.
    NumberUsed {
        /// The highest number in use, if Apple says.
        previous: Option<String>,
    },
    /// The daily upload limit is reached.
    DailyLimit,
    /// The app doesn't exist, or this key can't see it.
    UnknownApp,
    /// Another build of the same version is in Beta App Review, which takes one at a time.
    AnotherInReview,
    /// Too early: TestFlight hasn't caught up with the build.
    NotProcessed,
    /// The group gets every build automatically.
    AutomaticGroup,
    /// The build lacks something that external testers need, such as the export compliance answer.
    NotAssignable,
    /// Testers are notified automatically. Nothing is left to do.
    NotifiesItself,
}

impl BuildRefusal {
    /// Classifies a failed request, if it is one of these.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        let refusal = error.refusal()?;
        by_code(refusal).or_else(|| by_words(refusal))
    }
}

fn by_code(refusal: &Refusal) -> Option<BuildRefusal> {
    if refusal.has_code("ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE") {
        let about = refusal.about("cfBundleVersion")?;
        let previous = about.other.get("meta").and_then(|meta| meta["previousBundleVersion"].as_str());
        return Some(BuildRefusal::NumberUsed { previous: previous.map(str::to_owned) });
    }
    let is_app = refusal.about("app").is_some() && refusal.has_code("ENTITY_ERROR.RELATIONSHIP.INVALID");
    is_app.then_some(BuildRefusal::UnknownApp)
}

fn by_words(refusal: &Refusal) -> Option<BuildRefusal> {
    let known = [
        ("upload limit reached", BuildRefusal::DailyLimit),
        ("another build is in review", BuildRefusal::AnotherInReview),
        ("another build in the same train", BuildRefusal::AnotherInReview),
        ("not in a valid processing state", BuildRefusal::NotProcessed),
        ("cannot be assigned to this internal group", BuildRefusal::AutomaticGroup),
        ("cannot add internal group to a build", BuildRefusal::AutomaticGroup),
        ("not in an externally assignable state", BuildRefusal::NotAssignable),
        ("auto-notify already enabled", BuildRefusal::NotifiesItself),
    ];
    let said: Vec<_> = refusal.errors.iter().map(|error| error.to_string().to_lowercase()).collect();
    known.into_iter().find(|(words, _)| said.iter().any(|text| text.contains(words))).map(|(_, refusal)| refusal)
}

/// Why processing failed, where Hookbell can add to Apple's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadProblem {
    /// The version is closed or too low and must be raised.
    VersionClosed,
    /// The bundle ID belongs to another app.
    OtherBundleId,
    /// The build number is taken.
    NumberUsed,
    /// A purpose string for a permission is missing.
    MissingPurpose {
        /// The key in Info.plist, such as `NSCameraUsageDescription`, if Apple names it.
        key: Option<String>,
    },
    /// Built with an SDK that is too old.
    OldSdk,
}

impl UploadProblem {
    /// Classifies a finding, if it is one of these.
    #[must_use]
    pub fn of(finding: &StateDetail) -> Option<Self> {
        match finding.code.as_deref()? {
            "90062" | "90186" | "90478" => Some(Self::VersionClosed),
            "90054" | "90055" => Some(Self::OtherBundleId),
            "90189" => Some(Self::NumberUsed),
            "90683" => Some(Self::MissingPurpose { key: finding.description.as_deref().and_then(purpose_key) }),
            "90725" => Some(Self::OldSdk),
            _ => None,
        }
    }
}

/// The first word of Apple's text that is a purpose key.
fn purpose_key(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.find(|word| word.ends_with("UsageDescription")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    fn finding(code: &str, description: &str) -> StateDetail {
        StateDetail { code: Some(code.to_owned()), description: Some(description.to_owned()), other: Map::new() }
    }

    #[test]
    fn a_purpose_string_that_is_missing_is_named() {
        let text = "The Info.plist file should contain a NSCameraUsageDescription key with a purpose string.";
        let key = Some("NSCameraUsageDescription".to_owned());
        assert_eq!(UploadProblem::of(&finding("90683", text)), Some(UploadProblem::MissingPurpose { key }));
        let unnamed = UploadProblem::of(&finding("90683", "A purpose string is missing."));
        assert_eq!(unnamed, Some(UploadProblem::MissingPurpose { key: None }));
        assert_eq!(UploadProblem::of(&finding("99999", text)), None);
    }

    fn refused(errors: serde_json::Value) -> Error {
        let refusal = Refusal {
            status: 409,
            errors: serde_json::from_value(errors).unwrap(),
            retry_after: None,
            clock_ahead: None,
            rate_limit: crate::RateLimits::default(),
        };
        Error::Refused(Box::new(refusal))
    }

    #[test]
    fn a_used_number_comes_with_the_last_one() {
        let error = refused(json!([{
            "code": "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
            "detail": "The bundle version must be higher than the previously uploaded version.",
            "source": { "pointer": "/data/attributes/cfBundleVersion" },
            "meta": { "previousBundleVersion": "421" },
        }]));
        let previous = Some("421".to_owned());
        assert_eq!(BuildRefusal::of(&error), Some(BuildRefusal::NumberUsed { previous }));
    }

    #[test]
    fn words_decide_where_there_is_no_code_and_unknown_words_stay_apples() {
        let said =
            |detail: &str| BuildRefusal::of(&refused(json!([{ "code": "ENTITY_UNPROCESSABLE", "detail": detail }])));
        assert_eq!(
            said("Another build in the same train is already in beta review."),
            Some(BuildRefusal::AnotherInReview)
        );
        assert_eq!(said("Upload limit reached"), Some(BuildRefusal::DailyLimit));
        assert_eq!(said("The moon is full."), None);
        assert_eq!(BuildRefusal::of(&Error::Sign), None);
    }
}
