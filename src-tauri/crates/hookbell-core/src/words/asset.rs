//! Background assets: a version of an asset pack and its three releases, to internal testers, to external testers and
//! on the App Store.

use super::{
    Description,
    Importance::{Bad, Good, Info, NeedsYou},
    Known,
    known::Name,
    states::{Row, States},
    upload::in_apples_words,
};

fn pack(_: &Known) -> Name {
    Name::Words("asset pack".to_owned())
}

/// `BackgroundAssetVersionState`.
pub(super) static VERSION: States = States {
    no_state: ("Asset pack changed", "The event doesn’t say the status; see {} in App Store Connect.", Info),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["AWAITING_UPLOAD"],
            name: "Waiting for files",
            title: "Asset pack is waiting for its files",
            predicate: "is waiting for its files",
            sentence: "App Store Connect is waiting for the files of {}.",
            importance: Info,
        },
        Row {
            apple: &["PROCESSING"],
            name: "Processing",
            title: "Asset pack is processing",
            predicate: "is processing",
            sentence: "Apple has the files of {} and is checking them.",
            importance: Info,
        },
        Row {
            apple: &["FAILED"],
            name: "Failed",
            title: "Asset pack failed",
            predicate: "failed",
            sentence: "Apple rejected {}; see App Store Connect for the errors.",
            importance: Bad,
        },
        Row {
            apple: &["COMPLETE"],
            name: "Complete",
            title: "Asset pack uploaded",
            predicate: "was uploaded",
            sentence: "You can now test and submit {}.",
            importance: Good,
        },
    ],
};

/// The release to internal testers. Its event reports a creation and need not contain a state.
pub(super) static INTERNAL: States = States {
    no_state: ("Asset pack ready for internal testing", "Internal testers now get {} with the app.", Good),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["READY_FOR_TESTING"],
            name: "Ready to Test",
            title: "Asset pack ready for internal testing",
            predicate: "is ready for internal testing",
            sentence: "Internal testers now get {} with the app.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced for internal testers",
            predicate: "was replaced in internal testing",
            sentence: "Internal testers now get a newer version of {}.",
            importance: Info,
        },
    ],
};

/// `BackgroundAssetVersionExternalBetaReleaseState`.
pub(super) static EXTERNAL: States = States {
    no_state: (
        "Asset pack changed in external testing",
        "The event doesn’t say the status; see {} in App Store Connect.",
        Info,
    ),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["READY_FOR_BETA_SUBMISSION"],
            name: "Ready to Submit",
            title: "Asset pack ready for Beta App Review",
            predicate: "is ready for Beta App Review",
            sentence: "Submit {} to Beta App Review to give it to external testers.",
            importance: Info,
        },
        Row {
            apple: &["WAITING_FOR_REVIEW"],
            name: "Waiting for Beta App Review",
            title: "Asset pack waiting for Beta App Review",
            predicate: "is waiting for Beta App Review",
            sentence: "The Beta App Review queue has {}. There is nothing to do for now.",
            importance: Info,
        },
        Row {
            apple: &["IN_REVIEW"],
            name: "In Beta App Review",
            title: "Asset pack in Beta App Review",
            predicate: "is in Beta App Review",
            sentence: "Beta App Review is reviewing {}.",
            importance: Info,
        },
        Row {
            apple: &["REJECTED"],
            name: "Rejected",
            title: "Asset pack rejected by Beta App Review",
            predicate: "was rejected by Beta App Review",
            sentence: "Beta App Review rejected {}. Read why in App Store Connect.",
            importance: NeedsYou,
        },
        Row {
            apple: &["PROCESSING_FOR_TESTING"],
            name: "Processing for Testing",
            title: "Asset pack processing for testing",
            predicate: "is being processed for testing",
            sentence: "Apple is preparing {} for external testers.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_TESTING"],
            name: "Ready to Test",
            title: "Asset pack ready for external testing",
            predicate: "is ready for external testing",
            sentence: "External testers now get {} with the app.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced for external testers",
            predicate: "was replaced in external testing",
            sentence: "External testers now get a newer version of {}.",
            importance: Info,
        },
    ],
};

/// `BackgroundAssetVersionAppStoreReleaseState`.
pub(super) static APP_STORE: States = States {
    no_state: (
        "Asset pack changed for the App Store",
        "The event doesn’t say the status; see {} in App Store Connect.",
        Info,
    ),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["PREPARE_FOR_SUBMISSION"],
            name: "Prepare for Submission",
            title: "Asset pack preparing for submission",
            predicate: "is being prepared for submission",
            sentence: "Submit {} for review when it’s ready.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_REVIEW"],
            name: "Ready for Review",
            title: "Asset pack Ready for Review",
            predicate: "is ready for review",
            sentence: "A draft submission has {}; submit it when you’re ready.",
            importance: Info,
        },
        Row {
            apple: &["WAITING_FOR_REVIEW"],
            name: "Waiting for Review",
            title: "Asset pack Waiting for Review",
            predicate: "is waiting for review",
            sentence: "The App Review queue has {}. There is nothing to do for now.",
            importance: Info,
        },
        Row {
            apple: &["IN_REVIEW"],
            name: "In Review",
            title: "Asset pack In Review",
            predicate: "is in review",
            sentence: "App Review is reviewing {}.",
            importance: Info,
        },
        Row {
            apple: &["ACCEPTED"],
            name: "Accepted",
            title: "Asset pack accepted, not the submission",
            predicate: "was accepted, but not its whole submission",
            sentence: "Another item in the submission was rejected; fix or remove it to publish {}.",
            importance: NeedsYou,
        },
        Row {
            apple: &["REJECTED"],
            name: "Rejected",
            title: "Asset pack rejected: it needs changes",
            predicate: "was rejected",
            sentence: "App Review rejected {}. Read their message in App Store Connect.",
            importance: NeedsYou,
        },
        Row {
            apple: &["PROCESSING_FOR_DISTRIBUTION"],
            name: "Processing for Distribution",
            title: "Asset pack processing for distribution",
            predicate: "is being processed for distribution",
            sentence: "Apple is preparing {} for the App Store.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_DISTRIBUTION"],
            name: "Ready for Distribution",
            title: "Asset pack live on the App Store",
            predicate: "is live on the App Store",
            sentence: "Everyone who has the app can get {} now.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced on the App Store",
            predicate: "was replaced on the App Store",
            sentence: "People now get a newer version of {}.",
            importance: Info,
        },
    ],
};

/// A version of an asset pack; a failure is described in Apple's words once they are known.
pub(super) fn version(state: Option<&str>, known: &Known) -> Description {
    let words = VERSION.describe(state, known);
    if state == Some("FAILED") { in_apples_words(words, known) } else { words }
}
