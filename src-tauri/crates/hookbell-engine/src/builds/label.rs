//! The single state of a build that people see, and how far it is on its way to testers.
//!
//! App Store Connect has three states for a build: processing, internal testing and external testing. The external
//! one counts if there is one.

use hookbell_asc::api::{
    build_beta_details::{ExternalBetaState, InternalBetaState},
    builds::ProcessingState,
};
use hookbell_core::{EventType, words::state_name};

use crate::api::{BuildTone, BuildTrack, BuildTrackStep};

/// The name of a build's state, its severity, and how far the build has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BuildLabel {
    pub(super) text: String,
    pub(super) tone: BuildTone,
    pub(super) track: BuildTrack,
}

/// The label of a build in these states.
pub(super) fn label(
    processing: Option<&ProcessingState>,
    expired: bool,
    internal: Option<&InternalBetaState>,
    external: Option<&ExternalBetaState>,
) -> BuildLabel {
    use BuildTone::{Attention, Bad, Plain};
    use BuildTrackStep::{Processed, Ready, Testing};
    if expired {
        return at(Testing, true, Plain, "Expired");
    }
    match processing {
        Some(ProcessingState::Failed) => return at(Processed, true, Bad, "Processing Failed"),
        Some(ProcessingState::Invalid) => return at(Processed, true, Bad, "Invalid Binary"),
        Some(ProcessingState::Valid) => {}
        _ => return at(Processed, false, Plain, "Processing"),
    }
    match (external, internal) {
        (None | Some(ExternalBetaState::NotApplicable), Some(internal)) => of_internal(internal),
        (None | Some(ExternalBetaState::NotApplicable), None) => at(Processed, false, Plain, "Processing"),
        (Some(ExternalBetaState::MissingExportCompliance), _) => at(Ready, true, Attention, "Missing Compliance"),
        (Some(external), _) => of_external(external),
    }
}

fn of_external(state: &ExternalBetaState) -> BuildLabel {
    use BuildTone::{Bad, Good, Plain};
    use BuildTrackStep::{Processed, Ready, Review, Testing};
    use ExternalBetaState as S;
    let (step, failed, tone) = match state {
        S::Processing => (Processed, false, Plain),
        S::ProcessingException => (Processed, true, Bad),
        S::WaitingForBetaReview | S::InBetaReview => (Review, false, Plain),
        S::BetaRejected => (Review, true, Bad),
        S::BetaApproved => (Review, false, Good),
        S::ReadyForBetaTesting | S::InBetaTesting => (Testing, false, Good),
        S::Expired => (Testing, true, Plain),
        _ => (Ready, false, Plain),
    };
    at(step, failed, tone, &name(state.as_str()))
}

fn of_internal(state: &InternalBetaState) -> BuildLabel {
    use BuildTone::{Attention, Bad, Good, Plain};
    use BuildTrackStep::{Processed, Ready, Testing};
    use InternalBetaState as S;
    let (step, failed, tone) = match state {
        S::Processing => (Processed, false, Plain),
        S::ProcessingException => (Processed, true, Bad),
        S::MissingExportCompliance => (Ready, true, Attention),
        S::ReadyForBetaTesting | S::InBetaTesting => (Testing, false, Good),
        S::Expired => (Testing, true, Plain),
        _ => (Ready, false, Plain),
    };
    at(step, failed, tone, &name(state.as_str()))
}

/// What an event calls the same state.
pub(super) fn name(state: &str) -> String {
    state_name(Some(EventType::BuildBetaDetailExternalBuildStateUpdated), state)
}

fn at(step: BuildTrackStep, failed: bool, tone: BuildTone, text: &str) -> BuildLabel {
    BuildLabel { text: text.to_owned(), tone, track: BuildTrack { step, failed } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(processing: &str, internal: &str, external: &str) -> BuildLabel {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let processing = some(processing).map(ProcessingState::from);
        let internal = some(internal).map(InternalBetaState::from);
        let external = some(external).map(ExternalBetaState::from);
        label(processing.as_ref(), false, internal.as_ref(), external.as_ref())
    }

    #[test]
    fn a_build_has_one_state_for_people_whatever_app_store_connect_says_of_it() {
        let cases = [
            (("PROCESSING", "", ""), "Processing", BuildTrackStep::Processed, false),
            (("FAILED", "", ""), "Processing Failed", BuildTrackStep::Processed, true),
            (("INVALID", "", ""), "Invalid Binary", BuildTrackStep::Processed, true),
            (("VALID", "", ""), "Processing", BuildTrackStep::Processed, false),
            (("VALID", "PROCESSING", "PROCESSING"), "Processing", BuildTrackStep::Processed, false),
            (
                ("VALID", "MISSING_EXPORT_COMPLIANCE", "MISSING_EXPORT_COMPLIANCE"),
                "Missing Compliance",
                BuildTrackStep::Ready,
                true,
            ),
            (
                ("VALID", "IN_BETA_TESTING", "READY_FOR_BETA_SUBMISSION"),
                "Ready to Submit",
                BuildTrackStep::Ready,
                false,
            ),
            (
                ("VALID", "IN_BETA_TESTING", "WAITING_FOR_BETA_REVIEW"),
                "Waiting for Beta App Review",
                BuildTrackStep::Review,
                false,
            ),
            (("VALID", "IN_BETA_TESTING", "BETA_REJECTED"), "Rejected", BuildTrackStep::Review, true),
            (("VALID", "IN_BETA_TESTING", "BETA_APPROVED"), "Approved", BuildTrackStep::Review, false),
            (("VALID", "IN_BETA_TESTING", "IN_BETA_TESTING"), "Testing", BuildTrackStep::Testing, false),
            (("VALID", "IN_BETA_TESTING", "NOT_APPLICABLE"), "Testing", BuildTrackStep::Testing, false),
            (("VALID", "EXPIRED", "EXPIRED"), "Expired", BuildTrackStep::Testing, true),
            (("VALID", "IN_BETA_TESTING", "IN_LUNAR_REVIEW"), "In lunar review", BuildTrackStep::Ready, false),
        ];
        for ((processing, internal, external), text, step, failed) in cases {
            let found = of(processing, internal, external);
            assert_eq!((found.text.as_str(), found.track), (text, BuildTrack { step, failed }), "{external}");
        }
    }

    #[test]
    fn a_build_that_somebody_expired_is_expired_whatever_its_state_says() {
        let testing = ExternalBetaState::InBetaTesting;
        assert_eq!(label(Some(&ProcessingState::Valid), true, None, Some(&testing)).text, "Expired");
    }
}
