//! Builds of an app with everything attached to them: TestFlight state, groups and review.
//!
//! This model is separate from `builds`, because a build's beta detail links back to the build.

use hookbell_core::{AppId, BuildId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    beta_app_review::{BetaAppReviewSubmission, BetaReviewState},
    beta_groups::BetaGroup,
    build_beta_details::BuildBetaDetail,
    builds::{BuildAudience, PreReleaseVersion, ProcessingState},
};
use crate::{Client, Listing, Related, Resource};

/// A build in the list of an app.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppBuild {
    /// Its id.
    pub id: BuildId,
    /// The build number, such as `42`.
    pub version: Option<String>,
    /// When it was uploaded.
    pub uploaded_date: Option<Timestamp>,
    /// When testers can no longer install it.
    pub expiration_date: Option<Timestamp>,
    /// Whether it expired by date or was expired by hand.
    pub expired: Option<bool>,
    /// Its processing state.
    pub processing_state: Option<ProcessingState>,
    /// Who can ever get it.
    pub build_audience_type: Option<BuildAudience>,
    /// The answer about export compliance. `None` until somebody gives it.
    pub uses_non_exempt_encryption: Option<bool>,
    /// The version it belongs to.
    pub pre_release_version: Option<Related<PreReleaseVersion>>,
    /// Its TestFlight state. `None` for a moment after processing.
    pub build_beta_detail: Option<Related<BuildBetaDetail>>,
    /// Its submission to Beta App Review, if any.
    pub beta_app_review_submission: Option<Related<BetaAppReviewSubmission>>,
    /// The groups that have it.
    pub beta_groups: Option<Vec<Related<BetaGroup>>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AppBuild {
    const TYPE: &'static str = "builds";
    type Id = BuildId;
}

/// Which builds of an app to list. Empty fields don't filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppBuildQuery {
    /// The version, such as `2.1`.
    pub version: Option<String>,
    /// The build number.
    pub number: Option<String>,
    /// Apple's constant, such as `IOS`.
    pub platform: Option<String>,
    /// Their Beta App Review states.
    pub review: Vec<BetaReviewState>,
    /// Whether they have expired.
    pub expired: Option<bool>,
}

/// Reads an app's builds.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error, api::app_builds::AppBuildQuery};
/// # async fn example(client: Client, app: hookbell_core::AppId) -> Result<(), Error> {
/// for build in client.app_builds().list(&app, &AppBuildQuery::default()).first_page().await?.data {
///     let detail = build.build_beta_detail.and_then(|detail| detail.included);
///     println!("{:?}: {:?}", build.version, detail.and_then(|detail| detail.external_build_state));
/// }
/// # Ok(())
/// # }
/// ```
pub struct AppBuildEndpoints<'a>(&'a Client);

impl Client {
    /// Builds of an app with everything attached to them.
    #[must_use]
    pub fn app_builds(&self) -> AppBuildEndpoints<'_> {
        AppBuildEndpoints(self)
    }
}

impl AppBuildEndpoints<'_> {
    /// The builds of an app, newest first.
    pub fn list(&self, app: &AppId, query: &AppBuildQuery) -> Listing<AppBuild> {
        let review: Vec<_> = query.review.iter().map(BetaReviewState::as_str).collect();
        let review = review.join(",");
        let expired = query.expired.map(|expired| if expired { "true" } else { "false" });
        let filters = [
            ("filter[preReleaseVersion.version]", query.version.as_deref()),
            ("filter[version]", query.number.as_deref()),
            ("filter[preReleaseVersion.platform]", query.platform.as_deref()),
            ("filter[betaAppReviewSubmission.betaReviewState]", Some(&*review).filter(|state| !state.is_empty())),
            ("filter[expired]", expired),
        ];
        let mut pairs = vec![
            ("filter[app]", app.as_str()),
            ("sort", "-uploadedDate"),
            ("include", "preReleaseVersion,buildBetaDetail,betaGroups,betaAppReviewSubmission"),
        ];
        pairs.extend(filters.into_iter().filter_map(|(name, value)| Some((name, value?))));
        Listing::new(self.0, self.0.query(&["v1", "builds"], &pairs))
    }
}
