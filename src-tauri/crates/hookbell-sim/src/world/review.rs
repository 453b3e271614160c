//! Beta App Review: a build's submission, in sync with its external state.

use jiff::Timestamp;

use super::{Resource, World, date};

const SUBMISSIONS: &str = "betaAppReviewSubmissions";

impl World {
    /// Syncs a build's submission with its external state. Like the beta detail, it has the build's id.
    pub(crate) fn review_follows(&mut self, build: &str, external: &str, now: Timestamp) {
        let state = match external {
            "WAITING_FOR_BETA_REVIEW" => "WAITING_FOR_REVIEW",
            "IN_BETA_REVIEW" => "IN_REVIEW",
            "BETA_REJECTED" => "REJECTED",
            "BETA_APPROVED" | "IN_BETA_TESTING" => "APPROVED",
            _ => return,
        };
        let Some(known) = self.find_mut("builds", build) else { return };
        *known = known.clone().belonging("betaAppReviewSubmission", SUBMISSIONS, build);
        let before = self.find(SUBMISSIONS, build).map(std::borrow::Cow::into_owned);
        // A resubmitted build gets a new date.
        let is_again =
            |before: &Resource| state == "WAITING_FOR_REVIEW" && before.text("betaReviewState") != Some(state);
        let submission = before.filter(|before| !is_again(before)).unwrap_or_else(|| {
            Resource::new(SUBMISSIONS, build).with("submittedDate", date(now)).belonging("build", "builds", build)
        });
        self.put(submission.with("betaReviewState", state));
    }

    /// Another build of the same version and platform that is waiting for Beta App Review or in it.
    pub(crate) fn in_review_beside(&self, build: &str) -> Option<String> {
        let train = |id: &str| self.value(&*self.find("builds", id)?, "preReleaseVersion.id");
        let own = train(build)?;
        let others = self.all("builds").filter(|other| other.id != build && train(&other.id).as_ref() == Some(&own));
        let in_review = |other: &&Resource| {
            let state = self.value(other, "betaAppReviewSubmission.betaReviewState");
            let expired = self.value(other, "expired").as_deref() == Some("true");
            !expired && matches!(state.as_deref(), Some("WAITING_FOR_REVIEW" | "IN_REVIEW"))
        };
        others.filter(in_review).map(|other| other.id.clone()).next()
    }
}
