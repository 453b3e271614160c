//! The TestFlight state of a build.

use std::collections::BTreeMap;

use hookbell_core::{BuildBetaDetailId, BuildId};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::builds::Build;
use crate::{
    Client, Error, Related, Resource,
    transport::{json_api::Outgoing, open_enum::open_enum},
};

open_enum!(
    /// The state of a build for external testers.
    ExternalBetaState {
        Processing = "PROCESSING",
        ProcessingException = "PROCESSING_EXCEPTION",
        MissingExportCompliance = "MISSING_EXPORT_COMPLIANCE",
        ReadyForBetaTesting = "READY_FOR_BETA_TESTING",
        InBetaTesting = "IN_BETA_TESTING",
        Expired = "EXPIRED",
        ReadyForBetaSubmission = "READY_FOR_BETA_SUBMISSION",
        InExportComplianceReview = "IN_EXPORT_COMPLIANCE_REVIEW",
        WaitingForBetaReview = "WAITING_FOR_BETA_REVIEW",
        InBetaReview = "IN_BETA_REVIEW",
        BetaRejected = "BETA_REJECTED",
        BetaApproved = "BETA_APPROVED",
        NotApplicable = "NOT_APPLICABLE",
    }
);

open_enum!(
    /// The state of a build for internal testers.
    InternalBetaState {
        Processing = "PROCESSING",
        ProcessingException = "PROCESSING_EXCEPTION",
        MissingExportCompliance = "MISSING_EXPORT_COMPLIANCE",
        ReadyForBetaTesting = "READY_FOR_BETA_TESTING",
        InBetaTesting = "IN_BETA_TESTING",
        Expired = "EXPIRED",
        InExportComplianceReview = "IN_EXPORT_COMPLIANCE_REVIEW",
    }
);

/// The TestFlight state of a build.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildBetaDetail {
    /// Its id.
    pub id: BuildBetaDetailId,
    /// For external testers.
    pub external_build_state: Option<ExternalBetaState>,
    /// For internal testers.
    pub internal_build_state: Option<InternalBetaState>,
    /// Whether TestFlight notifies testers automatically.
    pub auto_notify_enabled: Option<bool>,
    /// The build.
    pub build: Option<Related<Build>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildBetaDetail {
    const TYPE: &'static str = "buildBetaDetails";
    type Id = BuildBetaDetailId;
}

/// Reads builds in TestFlight.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BuildBetaDetailId) -> Result<(), Error> {
/// let detail = client.build_beta_details().get(&id).await?;
/// let build = detail.build.and_then(|build| build.included);
/// println!("{:?}: {:?}", build.and_then(|build| build.version), detail.external_build_state);
/// # Ok(())
/// # }
/// ```
pub struct BuildBetaDetailEndpoints<'a>(&'a Client);

impl Client {
    /// The TestFlight state of builds.
    #[must_use]
    pub fn build_beta_details(&self) -> BuildBetaDetailEndpoints<'_> {
        BuildBetaDetailEndpoints(self)
    }
}

impl BuildBetaDetailEndpoints<'_> {
    /// The TestFlight state of a build. For a moment after a build becomes valid, TestFlight doesn't know it.
    ///
    /// # Errors
    /// [`Error`] if it can't be read; [`Error::is_not_found`] during that moment.
    pub async fn of_build(&self, build: &BuildId) -> Result<BuildBetaDetail, Error> {
        self.0.get(&["v1", "builds", build.as_str(), "buildBetaDetail"], None).await
    }

    /// Sets whether TestFlight notifies testers automatically once the build is approved. Not retried; the same may be
    /// sent again.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn set_auto_notify(&self, id: &BuildBetaDetailId, enabled: bool) -> Result<BuildBetaDetail, Error> {
        let body = Outgoing {
            kind: BuildBetaDetail::TYPE,
            id: Some(id.as_str()),
            attributes: Some(json!({ "autoNotifyEnabled": enabled })),
            relationships: BTreeMap::new(),
        }
        .body()?;
        let url = self.0.url(&["v1", "buildBetaDetails", id.as_str()])?;
        self.0.write(Method::PATCH, &url, Some(body)).await?.one()
    }

    /// One build's TestFlight state, with the build.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildBetaDetailId) -> Result<BuildBetaDetail, Error> {
        self.0.get(&["v1", "buildBetaDetails", id.as_str()], Some("build")).await
    }
}
