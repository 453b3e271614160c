//! Background assets: a version of an asset pack and its three ways out, to internal testers, to
//! external testers and to the App Store.

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
    no_state: ("Asset pack changed", "The event names no state; App Store Connect shows that of {}.", Info),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["AWAITING_UPLOAD"],
            name: "Waiting for the files",
            title: "Asset pack waits for its files",
            sentence: "App Store Connect expects the files of {}.",
            importance: Info,
        },
        Row {
            apple: &["PROCESSING"],
            name: "Being processed",
            title: "Asset pack is being processed",
            sentence: "The files of {} have arrived and Apple is checking them.",
            importance: Info,
        },
        Row {
            apple: &["FAILED"],
            name: "Failed",
            title: "Asset pack failed",
            sentence: "Apple did not take {}; App Store Connect lists what to fix.",
            importance: Bad,
        },
        Row {
            apple: &["COMPLETE"],
            name: "Complete",
            title: "Asset pack uploaded",
            sentence: "Apple has taken {}; it can be tested and submitted now.",
            importance: Good,
        },
    ],
};

/// The release to internal testers. Its event is about a creation and need not name a state.
pub(super) static INTERNAL: States = States {
    no_state: ("Asset pack ready for internal testing", "Internal testers get {} with the app now.", Good),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["READY_FOR_TESTING"],
            name: "Ready to test",
            title: "Asset pack ready for internal testing",
            sentence: "Internal testers get {} with the app now.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced in internal testing",
            sentence: "Internal testers get a newer version in place of {}.",
            importance: Info,
        },
    ],
};

/// `BackgroundAssetVersionExternalBetaReleaseState`.
pub(super) static EXTERNAL: States = States {
    no_state: (
        "Asset pack changed in external testing",
        "The event names no state; App Store Connect shows that of {}.",
        Info,
    ),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["READY_FOR_BETA_SUBMISSION"],
            name: "Ready for beta review",
            title: "Asset pack can go to beta review",
            sentence: "Submit {} for beta review when external testers should get it.",
            importance: Info,
        },
        Row {
            apple: &["WAITING_FOR_REVIEW"],
            name: "Waiting for beta review",
            title: "Asset pack waits for beta review",
            sentence: "Beta review has {} in its queue; there is nothing to do for now.",
            importance: Info,
        },
        Row {
            apple: &["IN_REVIEW"],
            name: "In beta review",
            title: "Asset pack in beta review",
            sentence: "Beta review is looking at {} now.",
            importance: Info,
        },
        Row {
            apple: &["REJECTED"],
            name: "Rejected",
            title: "Asset pack rejected in beta review",
            sentence: "Beta review asks for changes to {}; read why in App Store Connect.",
            importance: NeedsYou,
        },
        Row {
            apple: &["PROCESSING_FOR_TESTING"],
            name: "Being made ready to test",
            title: "Asset pack is being made ready to test",
            sentence: "Apple is getting {} ready for external testers.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_TESTING"],
            name: "Ready to test",
            title: "Asset pack ready for external testing",
            sentence: "External testers get {} with the app now.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced in external testing",
            sentence: "External testers get a newer version in place of {}.",
            importance: Info,
        },
    ],
};

/// `BackgroundAssetVersionAppStoreReleaseState`.
pub(super) static APP_STORE: States = States {
    no_state: (
        "Asset pack changed for the App Store",
        "The event names no state; App Store Connect shows that of {}.",
        Info,
    ),
    short: pack,
    full: Known::full_asset_pack,
    rows: &[
        Row {
            apple: &["PREPARE_FOR_SUBMISSION"],
            name: "Being prepared",
            title: "Asset pack is being prepared",
            sentence: "Submit {} for review when it is complete.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_REVIEW"],
            name: "Ready for review",
            title: "Asset pack ready to be submitted",
            sentence: "A draft submission holds {}; send that to App Review when you like.",
            importance: Info,
        },
        Row {
            apple: &["WAITING_FOR_REVIEW"],
            name: "Waiting for review",
            title: "Asset pack waits for review",
            sentence: "App Review has {} in its queue; there is nothing to do for now.",
            importance: Info,
        },
        Row {
            apple: &["IN_REVIEW"],
            name: "In review",
            title: "Asset pack in review",
            sentence: "App Review is looking at {} now.",
            importance: Info,
        },
        Row {
            apple: &["ACCEPTED"],
            name: "Accepted",
            title: "Asset pack accepted by App Review",
            sentence: "App Review accepted {}; other items of its submission may still be open.",
            importance: Good,
        },
        Row {
            apple: &["REJECTED"],
            name: "Rejected",
            title: "Asset pack rejected: it needs changes",
            sentence: "App Review asks for changes to {}; read why in App Store Connect.",
            importance: NeedsYou,
        },
        Row {
            apple: &["PROCESSING_FOR_DISTRIBUTION"],
            name: "On its way to the App Store",
            title: "Asset pack on its way to the App Store",
            sentence: "Apple is getting {} ready for the store.",
            importance: Info,
        },
        Row {
            apple: &["READY_FOR_DISTRIBUTION"],
            name: "On the App Store",
            title: "Asset pack on the App Store",
            sentence: "Everybody who has the app can get {} now.",
            importance: Good,
        },
        Row {
            apple: &["SUPERSEDED"],
            name: "Replaced",
            title: "Asset pack replaced on the App Store",
            sentence: "People get a newer version in place of {}.",
            importance: Info,
        },
    ],
};

/// A version of an asset pack; a failure in Apple's own words once they are known.
pub(super) fn version(state: Option<&str>, known: &Known) -> Description {
    let words = VERSION.describe(state, known);
    if state == Some("FAILED") { in_apples_words(words, known) } else { words }
}
