//! Builds in TestFlight: `ExternalBetaState`, the states it shares with `InternalBetaState`, and
//! those of `BetaReviewState`, which name the same steps in shorter words.

use super::{
    Importance::{Bad, Good, Info, NeedsYou},
    Known,
    states::{Row, States},
};

pub(super) static STATES: States = States {
    no_state: ("TestFlight build changed", "The event names no state; TestFlight shows that of {}.", Info),
    short: Known::short_build,
    full: Known::full_build,
    rows: &[
        Row {
            apple: &["PROCESSING"],
            name: "Being processed",
            title: "{} is being processed",
            sentence: "Apple is processing {}; testers can get it after that.",
            importance: Info,
        },
        Row {
            apple: &["PROCESSING_EXCEPTION"],
            name: "Processing failed",
            title: "{} could not be processed",
            sentence: "Apple failed to process {}; upload it under a new build number.",
            importance: Bad,
        },
        Row {
            apple: &["MISSING_EXPORT_COMPLIANCE"],
            name: "Export compliance missing",
            title: "{} needs export compliance",
            sentence: "Say in TestFlight whether {} uses encryption; testers wait for that.",
            importance: NeedsYou,
        },
        Row {
            apple: &["IN_EXPORT_COMPLIANCE_REVIEW"],
            name: "Export compliance in review",
            title: "Export compliance in review",
            sentence: "Apple checks the encryption documents of {} before testers get it.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_BETA_SUBMISSION"],
            name: "Ready for beta review",
            title: "{} can go to beta review",
            sentence: "Submit {} for beta review when external testers should get it.",
            importance: Info,
        },
        Row {
            apple: &["WAITING_FOR_BETA_REVIEW", "WAITING_FOR_REVIEW"],
            name: "Waiting for beta review",
            title: "Waiting for beta review",
            sentence: "{} is in the queue of beta review; there is nothing to do for now.",
            importance: Info,
        },
        Row {
            apple: &["IN_BETA_REVIEW", "IN_REVIEW"],
            name: "In beta review",
            title: "In beta review",
            sentence: "Beta review is looking at {} now.",
            importance: Info,
        },
        Row {
            apple: &["BETA_REJECTED", "REJECTED"],
            name: "Rejected",
            title: "Rejected: {} needs changes",
            sentence: "Beta review asks for changes to {}; read why in TestFlight.",
            importance: NeedsYou,
        },
        Row {
            apple: &["BETA_APPROVED", "APPROVED"],
            name: "Approved",
            title: "{} passed beta review",
            sentence: "External testers can get {} now.",
            importance: Good,
        },
        Row {
            apple: &["READY_FOR_BETA_TESTING"],
            name: "Ready to test",
            title: "{} is ready to test",
            sentence: "Give {} to a group of testers when you like.",
            importance: Good,
        },
        Row {
            apple: &["IN_BETA_TESTING"],
            name: "In testing",
            title: "{} is with your testers",
            sentence: "Testers can install {} from TestFlight now.",
            importance: Good,
        },
        Row {
            apple: &["EXPIRED"],
            name: "Expired",
            title: "{} has expired",
            sentence: "Testers can't use {} any more; give them a newer build.",
            importance: Bad,
        },
        Row {
            apple: &["NOT_APPLICABLE"],
            name: "No external testing",
            title: "No external testing",
            sentence: "TestFlight has no state of external testing for {}.",
            importance: Info,
        },
    ],
};
