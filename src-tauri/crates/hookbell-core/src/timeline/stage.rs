//! The stages of a version or a build: Apple's many states, reduced to what a chart can show.

use crate::{EventType, vocabulary};

vocabulary!(
    /// A stage, in the order in which a thing usually goes through them.
    #[derive(PartialOrd, Ord)]
    TimelineStage, "a stage" {
        /// Your team works on it, or took it back to do so.
        Preparing = "preparing",
        /// Apple takes the files in.
        Processing = "processing",
        /// It is complete, and goes on when your team says so.
        Ready = "ready",
        /// In the queue of a review.
        Waiting = "waiting",
        /// Apple looks at it.
        InReview = "inReview",
        /// A review asks for changes.
        Rejected = "rejected",
        /// Apple could not take the files.
        Failed = "failed",
        /// It goes on as soon as your team does something.
        WaitingForYou = "waitingForYou",
        /// It passed, and Apple gets it out.
        Approved = "approved",
        /// People can get it on the App Store.
        OnSale = "onSale",
        /// Testers can get it.
        Testing = "testing",
        /// It was on the App Store and is not now.
        OffSale = "offSale",
        /// It has come to its end: replaced or expired.
        Over = "over",
        /// A state that says nothing, or that Apple added later.
        Other = "other",
    }
);

impl TimelineStage {
    /// The stage of one of Apple's states. Only types of versions, uploads and builds have stages.
    #[must_use]
    pub fn of(event_type: EventType, state: &str) -> Option<Self> {
        match event_type {
            EventType::AppStoreVersionAppVersionStateUpdated => Some(Self::of_version(state)),
            EventType::BuildUploadStateUpdated => Some(Self::of_upload(state)),
            EventType::BuildBetaDetailExternalBuildStateUpdated => Some(Self::of_build(state)),
            _ => None,
        }
    }

    fn of_version(state: &str) -> Self {
        match state {
            "PREPARE_FOR_SUBMISSION" | "READY_FOR_REVIEW" | "DEVELOPER_REJECTED" => Self::Preparing,
            "WAITING_FOR_REVIEW" | "WAITING_FOR_EXPORT_COMPLIANCE" => Self::Waiting,
            "IN_REVIEW" => Self::InReview,
            "REJECTED" | "METADATA_REJECTED" | "INVALID_BINARY" => Self::Rejected,
            "PENDING_CONTRACT" | "PENDING_DEVELOPER_RELEASE" => Self::WaitingForYou,
            "ACCEPTED" | "PENDING_APPLE_RELEASE" | "PROCESSING_FOR_DISTRIBUTION" | "PROCESSING_FOR_APP_STORE" => {
                Self::Approved
            }
            "READY_FOR_DISTRIBUTION" | "READY_FOR_SALE" | "PREORDER_READY_FOR_SALE" => Self::OnSale,
            "DEVELOPER_REMOVED_FROM_SALE" | "REMOVED_FROM_SALE" => Self::OffSale,
            "REPLACED_WITH_NEW_VERSION" => Self::Over,
            _ => Self::Other,
        }
    }

    fn of_upload(state: &str) -> Self {
        match state {
            "AWAITING_UPLOAD" | "PROCESSING" => Self::Processing,
            "FAILED" => Self::Failed,
            "COMPLETE" => Self::Ready,
            _ => Self::Other,
        }
    }

    fn of_build(state: &str) -> Self {
        match state {
            "PROCESSING" => Self::Processing,
            "PROCESSING_EXCEPTION" => Self::Failed,
            "MISSING_EXPORT_COMPLIANCE" => Self::WaitingForYou,
            "READY_FOR_BETA_SUBMISSION" | "READY_FOR_BETA_TESTING" => Self::Ready,
            "IN_EXPORT_COMPLIANCE_REVIEW" | "WAITING_FOR_BETA_REVIEW" | "WAITING_FOR_REVIEW" => Self::Waiting,
            "IN_BETA_REVIEW" | "IN_REVIEW" => Self::InReview,
            "BETA_REJECTED" | "REJECTED" => Self::Rejected,
            "BETA_APPROVED" | "APPROVED" => Self::Approved,
            "IN_BETA_TESTING" => Self::Testing,
            "EXPIRED" => Self::Over,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::states;

    #[test]
    fn every_state_that_is_documented_has_a_stage_that_says_something() {
        for event_type in [
            EventType::AppStoreVersionAppVersionStateUpdated,
            EventType::BuildUploadStateUpdated,
            EventType::BuildBetaDetailExternalBuildStateUpdated,
        ] {
            let unsaid: Vec<&str> = states(event_type)
                .filter(|state| TimelineStage::of(event_type, state) == Some(TimelineStage::Other))
                .collect();
            let expected: &[&str] =
                if event_type == EventType::BuildUploadStateUpdated { &[] } else { &["NOT_APPLICABLE"] };
            assert_eq!(unsaid, expected, "{event_type:?}");
        }
    }

    #[test]
    fn a_state_that_apple_adds_later_is_a_stage_of_its_own() {
        let later = TimelineStage::of(EventType::AppStoreVersionAppVersionStateUpdated, "ON_THE_MOON");
        assert_eq!(later, Some(TimelineStage::Other));
        assert_eq!(TimelineStage::of(EventType::WebhookPingCreated, "IN_REVIEW"), None);
    }
}
