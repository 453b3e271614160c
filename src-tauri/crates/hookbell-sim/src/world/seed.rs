//! The world at first start, from the fixture files.
//!
//! The files describe one afternoon. Their dates are shifted to today, which keeps every "22 minutes ago" of a first
//! try true.

use jiff::{SignedDuration, Timestamp};

use super::Resource;
use crate::SimulatorError;

/// The present of the fixture files: 2026-11-20T13:40:00Z.
const THEN: Timestamp = Timestamp::constant(1_795_182_000, 0);

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../fixtures/world/", $name, ".json")))),*]
    };
}

const FILES: [(&str, &str); 23] = fixtures![
    "apps",
    "betaTesters",
    "betaGroups",
    "preReleaseVersions",
    "appStoreVersions",
    "builds",
    "buildBetaDetails",
    "buildUploads",
    "memberships",
    "betaBuildLocalizations",
    "betaAppReviewSubmissions",
    "betaAppLocalizations",
    "betaAppReviewDetails",
    "betaFeedbackScreenshotSubmissions",
    "betaFeedbackCrashSubmissions",
    "betaCrashLogs",
    "backgroundAssets",
    "backgroundAssetVersions",
    "backgroundAssetVersionInternalBetaReleases",
    "backgroundAssetVersionExternalBetaReleases",
    "backgroundAssetVersionAppStoreReleases",
    "alternativeDistributionPackages",
    "alternativeDistributionPackageVersions",
];

/// Every resource of the fixture files, with dates shifted as if written at `now`.
pub(crate) fn resources(now: Timestamp) -> Result<Vec<Resource>, SimulatorError> {
    let ago = now.duration_since(THEN);
    let mut all = Vec::new();
    for (name, text) in FILES {
        let resources: Vec<Resource> =
            serde_json::from_str(text).map_err(|source| SimulatorError::Fixture { name, source })?;
        all.extend(resources.into_iter().map(|resource| moved(resource, ago)));
    }
    Ok(all)
}

fn moved(mut resource: Resource, by: SignedDuration) -> Resource {
    for (name, value) in &mut resource.attributes {
        let date = name.ends_with("Date").then(|| value.as_str()?.parse::<Timestamp>().ok()).flatten();
        if let Some(date) = date.and_then(|date| date.checked_add(by).ok()) {
            *value = super::date(date);
        }
    }
    resource
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_fixtures_leads_somewhere() {
        let all = resources(THEN).unwrap();
        for resource in &all {
            for (name, to_one) in &resource.relationships {
                let found = all.iter().any(|other| other.kind == to_one.data.kind && other.id == to_one.data.id);
                assert!(found, "{} of {} {} leads nowhere", name, resource.kind, resource.id);
            }
        }
    }

    #[test]
    fn the_fixtures_are_as_old_as_on_their_own_day() {
        let now: Timestamp = "2030-06-01T12:00:00Z".parse().unwrap();
        let all = resources(now).unwrap();
        let newest = all
            .iter()
            .find(|resource| resource.id == "AD8JvKbr0BK0Cj9OnM6WO6I")
            .and_then(|feedback| feedback.text("createdDate"))
            .unwrap();
        assert_eq!(now.duration_since(newest.parse().unwrap()).as_mins(), 21);
        assert!(all.iter().all(|r| r.text("createdDate").is_none_or(|date| date.parse::<Timestamp>().unwrap() < now)));
    }
}
