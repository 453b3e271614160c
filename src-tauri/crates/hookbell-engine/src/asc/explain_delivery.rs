//! What the answer to a delivery means, and how to fix it.

use hookbell_core::SignatureError;

use crate::api::DeliveryState;

/// What App Store Connect knows about the answer to a delivery.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) state: DeliveryState,
    pub(super) status: Option<u16>,
    /// The body of the answer.
    pub(super) body: &'a str,
    /// Apple's own words.
    pub(super) error: &'a str,
    /// Whether the delivery was sent to this Hookbell.
    pub(super) here: bool,
}

/// A delivery, explained to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explanation {
    pub(super) means: String,
    /// How to fix it. Empty if there is nothing to fix.
    pub(super) hint: &'static str,
}

/// Explains a delivery by its answer.
pub(super) fn explain_delivery(answer: Answer<'_>) -> Explanation {
    let (means, hint) = match answer.state {
        DeliveryState::Succeeded => ("The receiver took it.".to_owned(), ""),
        DeliveryState::Pending => {
            ("App Store Connect has not said yet how it went.".to_owned(), "Look again in a moment.")
        }
        DeliveryState::Failed if answer.here => here(answer),
        DeliveryState::Failed => elsewhere(answer),
    };
    Explanation { means, hint }
}

fn here(answer: Answer<'_>) -> (String, &'static str) {
    let body = answer.body.trim();
    match answer.status {
        Some(401) if SignatureError::from_words(body) == Some(SignatureError::Mismatch) => (
            "Wrong secret: App Store Connect signs with another one than this computer has.".to_owned(),
            "Rotate the secret, so that both sides get the same new one.",
        ),
        Some(401) => (
            format!("The signature was refused: {body}."),
            "Something between App Store Connect and here changes requests; look at the tunnel or proxy.",
        ),
        Some(404) => (
            "This computer knows no webhook at this payload URL.".to_owned(),
            "Point the webhook here again, so that it gets the payload URL in use now.",
        ),
        Some(503) => (
            format!("This computer could not keep it: {body}."),
            "Fix that, then redeliver. Hookbell’s status says more.",
        ),
        Some(status) => (format!("The answer was {status}."), "Look at the answer’s body, then redeliver."),
        None => (
            format!("No answer from this computer. {}", answer.error),
            "Start Hookbell, and look whether its tunnel is up; then redeliver.",
        ),
    }
}

fn elsewhere(answer: Answer<'_>) -> (String, &'static str) {
    match answer.status {
        Some(401 | 403) => (
            "The receiver refused it; it may have another secret.".to_owned(),
            "Give the webhook and its receiver the same secret.",
        ),
        Some(404 | 410) => (
            "The receiver has nothing at this payload URL.".to_owned(),
            "Correct the payload URL, or delete the webhook.",
        ),
        Some(405) => ("The receiver takes no POST there.".to_owned(), "Correct the payload URL."),
        Some(status @ 300..=399) => (
            format!("The receiver answered {status}, a redirect, which counts as not delivered."),
            "Give the webhook the final address as its payload URL.",
        ),
        Some(429) => ("The receiver had too much to do.".to_owned(), "Redeliver it later."),
        Some(500..) => (
            "The receiver broke, not the webhook. Apple does not promise to try again.".to_owned(),
            "Fix the receiver, then redeliver.",
        ),
        Some(status) => (format!("The receiver answered {status}."), "Fix the receiver, then redeliver."),
        None => (
            format!("No answer from the receiver. {}", answer.error).trim_end().to_owned(),
            "Look whether the payload URL can be reached from the internet, then redeliver.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(status: Option<u16>, body: &str, here: bool) -> (String, &'static str) {
        let answer = Answer { state: DeliveryState::Failed, status, body, error: "Could not connect.", here };
        let Explanation { means, hint } = explain_delivery(answer);
        (means, hint)
    }

    #[test]
    fn the_causes_of_a_failure_are_told_apart() {
        let mismatch = format!("{}\n", SignatureError::Mismatch);
        let (what, hint) = failed(Some(401), &mismatch, true);
        assert!(what.starts_with("Wrong secret") && hint.starts_with("Rotate"), "{what} {hint}");
        let all: Vec<String> = [Some(401), Some(404), Some(500), None]
            .into_iter()
            .flat_map(|status| [failed(status, "x", true).0, failed(status, "x", false).0])
            .collect();
        let mut distinct = all.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), all.len(), "{all:?}");
    }

    #[test]
    fn nobody_is_told_what_apple_does_not_promise() {
        let (what, hint) = failed(Some(500), "", false);
        assert_eq!(what, "The receiver broke, not the webhook. Apple does not promise to try again.");
        assert_eq!(hint, "Fix the receiver, then redeliver.");
    }

    #[test]
    fn what_went_well_needs_no_fix() {
        let answer = Answer { state: DeliveryState::Succeeded, status: Some(200), body: "", error: "", here: true };
        assert_eq!(explain_delivery(answer).hint, "");
    }
}
