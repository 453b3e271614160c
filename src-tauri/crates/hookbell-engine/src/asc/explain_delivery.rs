//! Explains the answer to a delivery, and how to fix a failure.

use hookbell_core::SignatureError;

use crate::api::DeliveryState;

/// What App Store Connect logged about the answer to a delivery.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) state: DeliveryState,
    pub(super) status: Option<u16>,
    /// The body of the answer.
    pub(super) body: &'a str,
    /// Apple's own wording.
    pub(super) error: &'a str,
    /// Whether the delivery was sent to this Hookbell.
    pub(super) here: bool,
}

/// An explanation of a delivery for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explanation {
    pub(super) means: String,
    /// How to fix it. Empty if nothing needs fixing.
    pub(super) hint: &'static str,
}

/// The explanation when the newest delivery failed because of a secret that has been rotated since.
pub(super) fn explain_rotated() -> Explanation {
    Explanation {
        means: "Secret rotated. No delivery has been verified since.".to_owned(),
        hint: "Send a test to verify the new secret.",
    }
}

/// Whether a delivery failed because App Store Connect and this computer have different secrets.
pub(super) fn is_wrong_secret(answer: Answer<'_>) -> bool {
    answer.state == DeliveryState::Failed
        && answer.here
        && answer.status == Some(401)
        && SignatureError::from_words(answer.body.trim()) == Some(SignatureError::Mismatch)
}

/// Explains a delivery by its answer.
pub(super) fn explain_delivery(answer: Answer<'_>) -> Explanation {
    let (means, hint) = match answer.state {
        DeliveryState::Succeeded => ("The server accepted it.".to_owned(), ""),
        DeliveryState::Pending => {
            ("App Store Connect hasn’t reported the result yet.".to_owned(), "Check again in a moment.")
        }
        DeliveryState::Failed if answer.here => here(answer),
        DeliveryState::Failed => elsewhere(answer),
    };
    Explanation { means, hint }
}

fn here(answer: Answer<'_>) -> (String, &'static str) {
    let body = answer.body.trim();
    match answer.status {
        _ if is_wrong_secret(answer) => (
            "Secret mismatch: App Store Connect uses a different secret from this computer’s.".to_owned(),
            "Rotate the secret to give both sides the same new one.",
        ),
        Some(401) => (
            format!("Hookbell rejected the signature: {body}."),
            "Something on the way changes requests. Check the tunnel or proxy.",
        ),
        Some(404) => (
            "This computer has no webhook at this payload URL.".to_owned(),
            "Repoint the webhook to give it the current payload URL.",
        ),
        Some(503) => (
            format!("Hookbell couldn’t store it: {body}."),
            "Fix that, then redeliver. See Hookbell’s status for details.",
        ),
        Some(status) => (format!("This computer replied {status}."), "Check the response body, then redeliver."),
        None => (
            format!("No response from this computer. {}", answer.error),
            "Open Hookbell and check that its tunnel is up, then redeliver.",
        ),
    }
}

fn elsewhere(answer: Answer<'_>) -> (String, &'static str) {
    match answer.status {
        Some(401 | 403) => (
            "The server rejected it. Its secret may be different.".to_owned(),
            "Use the same secret for the webhook and the server.",
        ),
        Some(404 | 410) => (
            "The server has nothing at this payload URL.".to_owned(),
            "Correct the payload URL, or delete the webhook.",
        ),
        Some(405) => {
            ("The server doesn’t accept POST requests at this payload URL.".to_owned(), "Correct the payload URL.")
        }
        Some(status @ 300..=399) => (
            format!("The server redirected the delivery ({status}). App Store Connect counts that as failed."),
            "Set the payload URL to the final address.",
        ),
        Some(429) => ("Rate limited by the server.".to_owned(), "Try again later."),
        Some(500..) => ("The server failed (5xx). Apple doesn’t retry.".to_owned(), "Fix the server, then redeliver."),
        Some(status) => (format!("The server replied {status}."), "Fix the server, then redeliver."),
        None => (
            format!("No response from the server. {}", answer.error).trim_end().to_owned(),
            "Check that the payload URL is reachable from the internet, then redeliver.",
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
        assert!(what.starts_with("Secret mismatch") && hint.starts_with("Rotate"), "{what} {hint}");
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
        assert_eq!(what, "The server failed (5xx). Apple doesn’t retry.");
        assert_eq!(hint, "Fix the server, then redeliver.");
    }

    #[test]
    fn what_went_well_needs_no_fix() {
        let answer = Answer { state: DeliveryState::Succeeded, status: Some(200), body: "", error: "", here: true };
        assert_eq!(explain_delivery(answer).hint, "");
    }
}
