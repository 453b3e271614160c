//! Every resource type of the API, under Apple's names. All in one file because they refer to each other.

use serde_json::{Value, json};

use super::kind::{Kind, Relationship};
use crate::{
    fixture,
    links::Links,
    world::{Resource, date, parts},
};

pub(crate) static APPS: Kind = Kind {
    name: "apps",
    attributes: &["name", "bundleId", "sku", "primaryLocale", "isOrEverWasMadeForKids", "contentRightsDeclaration"],
    relationships: &[
        Relationship::link("appStoreVersions"),
        Relationship::link("preReleaseVersions"),
        Relationship::link("builds"),
        Relationship::link("betaGroups"),
        Relationship::link("betaTesters"),
    ],
    shown: None,
};

pub(crate) static APP_STORE_VERSIONS: Kind = Kind {
    name: "appStoreVersions",
    attributes: &[
        "platform",
        "versionString",
        "appStoreState",
        "appVersionState",
        "copyright",
        "reviewType",
        "releaseType",
        "earliestReleaseDate",
        "downloadable",
        "createdDate",
    ],
    relationships: &[Relationship::plain("app", &APPS), Relationship::linked("build", &BUILDS)],
    shown: None,
};

pub(crate) static PRE_RELEASE_VERSIONS: Kind = Kind {
    name: "preReleaseVersions",
    attributes: &["version", "platform"],
    relationships: &[Relationship::link("builds"), Relationship::linked("app", &APPS)],
    shown: None,
};

pub(crate) static BUILDS: Kind = Kind {
    name: "builds",
    attributes: &[
        "version",
        "uploadedDate",
        "expirationDate",
        "expired",
        "minOsVersion",
        "processingState",
        "buildAudienceType",
        "usesNonExemptEncryption",
    ],
    relationships: &[
        Relationship::linked("preReleaseVersion", &PRE_RELEASE_VERSIONS),
        Relationship::members("betaGroups", &BETA_GROUPS),
        Relationship::many("betaBuildLocalizations", &BETA_BUILD_LOCALIZATIONS, "build.id"),
        Relationship::linked("betaAppReviewSubmission", &BETA_APP_REVIEW_SUBMISSIONS),
        Relationship::linked("app", &APPS),
        Relationship::linked("buildBetaDetail", &BUILD_BETA_DETAILS),
        Relationship::linked("appStoreVersion", &APP_STORE_VERSIONS),
        Relationship::plain("buildUpload", &BUILD_UPLOADS),
    ],
    shown: None,
};

pub(crate) static BUILD_BETA_DETAILS: Kind = Kind {
    name: "buildBetaDetails",
    attributes: &["autoNotifyEnabled", "internalBuildState", "externalBuildState"],
    relationships: &[Relationship::linked("build", &BUILDS)],
    shown: None,
};

pub(crate) static BUILD_UPLOADS: Kind = Kind {
    name: "buildUploads",
    attributes: &["cfBundleShortVersionString", "cfBundleVersion", "createdDate", "state", "platform", "uploadedDate"],
    relationships: &[
        Relationship::plain("build", &BUILDS),
        Relationship::plain("assetFile", &BUILD_UPLOAD_FILES),
        Relationship::plain("assetDescriptionFile", &BUILD_UPLOAD_FILES),
        Relationship::plain("assetSpiFile", &BUILD_UPLOAD_FILES),
        Relationship::link("buildUploadFiles"),
    ],
    shown: None,
};

pub(crate) static BUILD_UPLOAD_FILES: Kind = Kind {
    name: "buildUploadFiles",
    attributes: &[
        "assetDeliveryState",
        "assetToken",
        "assetType",
        "fileName",
        "fileSize",
        "sourceFileChecksums",
        "uploadOperations",
        "uti",
    ],
    relationships: &[],
    shown: Some(with_operations),
};

pub(crate) static BETA_BUILD_LOCALIZATIONS: Kind = Kind {
    name: "betaBuildLocalizations",
    attributes: &["whatsNew", "locale"],
    relationships: &[Relationship::linked("build", &BUILDS)],
    shown: None,
};

pub(crate) static BETA_APP_REVIEW_SUBMISSIONS: Kind = Kind {
    name: "betaAppReviewSubmissions",
    attributes: &["betaReviewState", "submittedDate"],
    relationships: &[Relationship::linked("build", &BUILDS)],
    shown: None,
};

pub(crate) static BUILD_BETA_NOTIFICATIONS: Kind =
    Kind { name: "buildBetaNotifications", attributes: &[], relationships: &[], shown: None };

pub(crate) static BETA_TESTER_INVITATIONS: Kind =
    Kind { name: "betaTesterInvitations", attributes: &[], relationships: &[], shown: None };

pub(crate) static BETA_APP_LOCALIZATIONS: Kind = Kind {
    name: "betaAppLocalizations",
    attributes: &["feedbackEmail", "marketingUrl", "privacyPolicyUrl", "tvOsPrivacyPolicy", "description", "locale"],
    relationships: &[Relationship::linked("app", &APPS)],
    shown: None,
};

pub(crate) static BETA_APP_REVIEW_DETAILS: Kind = Kind {
    name: "betaAppReviewDetails",
    attributes: &[
        "contactFirstName",
        "contactLastName",
        "contactPhone",
        "contactEmail",
        "demoAccountName",
        "demoAccountPassword",
        "demoAccountRequired",
        "notes",
    ],
    relationships: &[Relationship::linked("app", &APPS)],
    shown: None,
};

pub(crate) static BETA_GROUPS: Kind = Kind {
    name: "betaGroups",
    attributes: &[
        "name",
        "createdDate",
        "isInternalGroup",
        "hasAccessToAllBuilds",
        "publicLinkEnabled",
        "publicLinkId",
        "publicLinkLimitEnabled",
        "publicLinkLimit",
        "publicLink",
        "feedbackEnabled",
    ],
    relationships: &[
        Relationship::linked("app", &APPS),
        Relationship::members("builds", &BUILDS),
        Relationship::members("betaTesters", &BETA_TESTERS),
    ],
    shown: None,
};

pub(crate) static BETA_TESTERS: Kind = Kind {
    name: "betaTesters",
    attributes: &["firstName", "lastName", "email", "inviteType", "state", "appDevices"],
    relationships: &[
        Relationship::link("apps"),
        Relationship::members("betaGroups", &BETA_GROUPS),
        Relationship::link("builds"),
    ],
    shown: None,
};

pub(crate) static BETA_FEEDBACK_SCREENSHOTS: Kind = Kind {
    name: "betaFeedbackScreenshotSubmissions",
    attributes: &device_attributes_and("screenshots"),
    relationships: &[Relationship::plain("build", &BUILDS), Relationship::plain("tester", &BETA_TESTERS)],
    shown: Some(with_urls),
};

pub(crate) static BETA_FEEDBACK_CRASHES: Kind = Kind {
    name: "betaFeedbackCrashSubmissions",
    attributes: &DEVICE_ATTRIBUTES,
    relationships: &[
        Relationship::link("crashLog"),
        Relationship::plain("build", &BUILDS),
        Relationship::plain("tester", &BETA_TESTERS),
    ],
    shown: None,
};

pub(crate) static BETA_CRASH_LOGS: Kind =
    Kind { name: "betaCrashLogs", attributes: &["logText"], relationships: &[], shown: Some(with_text) };

pub(crate) static BACKGROUND_ASSETS: Kind = Kind {
    name: "backgroundAssets",
    attributes: &["archived", "assetPackIdentifier", "createdDate", "usedBytes"],
    relationships: &[
        Relationship::plain("app", &APPS),
        Relationship::link("versions"),
        Relationship::plain("appStoreVersion", &BACKGROUND_ASSET_VERSIONS),
        Relationship::plain("internalBetaVersion", &BACKGROUND_ASSET_VERSIONS),
        Relationship::plain("externalBetaVersion", &BACKGROUND_ASSET_VERSIONS),
    ],
    shown: None,
};

pub(crate) static BACKGROUND_ASSET_VERSIONS: Kind = Kind {
    name: "backgroundAssetVersions",
    attributes: &["createdDate", "platforms", "state", "stateDetails", "version", "locale"],
    relationships: &[
        Relationship::plain("backgroundAsset", &BACKGROUND_ASSETS),
        Relationship::plain("internalBetaRelease", &BACKGROUND_ASSET_INTERNAL_RELEASES),
        Relationship::plain("externalBetaRelease", &BACKGROUND_ASSET_EXTERNAL_RELEASES),
        Relationship::plain("appStoreRelease", &BACKGROUND_ASSET_APP_STORE_RELEASES),
    ],
    shown: None,
};

pub(crate) static BACKGROUND_ASSET_INTERNAL_RELEASES: Kind = release("backgroundAssetVersionInternalBetaReleases");

pub(crate) static BACKGROUND_ASSET_EXTERNAL_RELEASES: Kind = release("backgroundAssetVersionExternalBetaReleases");

pub(crate) static BACKGROUND_ASSET_APP_STORE_RELEASES: Kind = release("backgroundAssetVersionAppStoreReleases");

static OF_VERSION: [Relationship; 1] = [Relationship::plain("backgroundAssetVersion", &BACKGROUND_ASSET_VERSIONS)];

const fn release(name: &'static str) -> Kind {
    Kind { name, attributes: &["state"], relationships: &OF_VERSION, shown: None }
}

pub(crate) static ALTERNATIVE_DISTRIBUTION_PACKAGES: Kind = Kind {
    name: "alternativeDistributionPackages",
    attributes: &["sourceFileChecksum"],
    relationships: &[Relationship::many(
        "versions",
        &ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSIONS,
        "alternativeDistributionPackage.id",
    )],
    shown: None,
};

pub(crate) static ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSIONS: Kind = Kind {
    name: "alternativeDistributionPackageVersions",
    attributes: &["url", "urlExpirationDate", "version", "fileChecksum", "state"],
    relationships: &[
        Relationship::link("variants"),
        Relationship::link("deltas"),
        Relationship::plain("alternativeDistributionPackage", &ALTERNATIVE_DISTRIBUTION_PACKAGES),
    ],
    shown: None,
};

pub(crate) static WEBHOOKS: Kind = Kind {
    name: "webhooks",
    attributes: &["enabled", "eventTypes", "name", "url"],
    relationships: &[Relationship::plain("app", &APPS), Relationship::link("deliveries")],
    shown: None,
};

pub(crate) static WEBHOOK_DELIVERIES: Kind = Kind {
    name: "webhookDeliveries",
    attributes: &["createdDate", "deliveryState", "errorMessage", "redelivery", "sentDate", "request", "response"],
    relationships: &[Relationship::plain("event", &WEBHOOK_EVENTS)],
    shown: None,
};

pub(crate) static WEBHOOK_EVENTS: Kind = Kind {
    name: "webhookEvents",
    attributes: &["eventType", "payload", "ping", "createdDate"],
    relationships: &[],
    shown: None,
};

pub(crate) static WEBHOOK_PINGS: Kind = Kind { name: "webhookPings", attributes: &[], relationships: &[], shown: None };

/// The attributes of the tester's device and comment.
const DEVICE_ATTRIBUTES: [&str; 20] = [
    "createdDate",
    "comment",
    "email",
    "deviceModel",
    "osVersion",
    "locale",
    "timeZone",
    "architecture",
    "connectionType",
    "pairedAppleWatch",
    "appUptimeInMilliseconds",
    "diskBytesAvailable",
    "diskBytesTotal",
    "batteryPercentage",
    "screenWidthInPoints",
    "screenHeightInPoints",
    "appPlatform",
    "devicePlatform",
    "deviceFamily",
    "buildBundleId",
];

/// The same plus one attribute that only this kind of feedback has.
const fn device_attributes_and(own: &'static str) -> [&'static str; DEVICE_ATTRIBUTES.len() + 1] {
    let mut all = [own; DEVICE_ATTRIBUTES.len() + 1];
    let mut at = 0;
    while at < DEVICE_ATTRIBUTES.len() {
        all[at] = DEVICE_ATTRIBUTES[at];
        at += 1;
    }
    all
}

/// The state has the log's name. Its text stays in the fixture file.
fn with_text(log: &mut Resource, _: &Links) {
    let text = log.text("log").and_then(fixture::crash_log).unwrap_or_default();
    log.attributes.insert("logText".to_owned(), Value::from(text));
}

/// Each read creates fresh addresses, unordered (live). A committed file has none (live: `null`, where the description
/// has an array).
fn with_operations(file: &mut Resource, links: &Links) {
    let open = file.attributes.get("assetDeliveryState").is_some_and(|state| state["state"] == "AWAITING_UPLOAD");
    let mut operations: Vec<_> =
        parts::numbered(file).map(|(number, part)| operation(&file.id, number, part, links)).collect();
    operations.sort_by_key(|operation| {
        // Knuth's multiplier scatters the numbers reproducibly.
        operation["partNumber"].as_u64().unwrap_or_default().wrapping_mul(2_654_435_761) % 4_294_967_296
    });
    let shown = if open { Value::Array(operations) } else { Value::Null };
    file.attributes.insert("uploadOperations".to_owned(), shown);
}

fn operation(file: &str, number: usize, part: &Value, links: &Links) -> Value {
    let (url, ends) = links.part(file, number);
    let mut operation = json!({
        "method": "PUT",
        "url": url,
        "length": part["length"],
        "offset": part["offset"],
        "requestHeaders": [{ "name": "Content-Type", "value": "application/octet-stream" }],
        "expiration": date(ends),
        "partNumber": number,
    });
    if let Some(entity_tag) = part.get("entityTag") {
        operation["entityTag"] = entity_tag.clone();
    }
    operation
}

/// The state has each picture's name. Each read creates fresh URLs with their expiry.
fn with_urls(feedback: &mut Resource, links: &Links) {
    let Some(Value::Array(pictures)) = feedback.attributes.get_mut("screenshots") else { return };
    for (number, picture) in pictures.iter_mut().enumerate() {
        let file = picture.get("image").and_then(Value::as_str).unwrap_or_default();
        let (url, ends) = links.picture(&feedback.id, number, file);
        *picture = json!({
            "url": url,
            "width": picture["width"],
            "height": picture["height"],
            "expirationDate": date(ends),
        });
    }
}
