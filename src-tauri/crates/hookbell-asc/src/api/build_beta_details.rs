//! How a build stands in TestFlight.

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
    /// Where a build stands for external testers.
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
    /// Where a build stands for internal testers.
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

/// How a build stands in TestFlight.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildBetaDetail {
    /// Its id.
    pub id: BuildBetaDetailId,
    /// For external testers.
    pub external_build_state: Option<ExternalBetaState>,
    /// For internal testers.
    pub internal_build_state: Option<InternalBetaState>,
    /// Whether testers are told of it by themselves.
    pub auto_notify_enabled: Option<bool>,
    /// The build.
    pub build: Option<Related<Build>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildBetaDetail {
    const TYPE: &'static str = "buildBetaDetails";
    type Id = BuildBetaDetailId;
}

/// What can be asked about builds in TestFlight.
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
    /// How builds stand in TestFlight.
    #[must_use]
    pub fn build_beta_details(&self) -> BuildBetaDetailEndpoints<'_> {
        BuildBetaDetailEndpoints(self)
    }
}

impl BuildBetaDetailEndpoints<'_> {
    /// How a build stands. For a moment after a build became valid, TestFlight does not know it.
    ///
    /// # Errors
    /// [`Error`] if it can't be read; [`Error::is_not_found`] during that moment.
    pub async fn of_build(&self, build: &BuildId) -> Result<BuildBetaDetail, Error> {
        self.0.get(&["v1", "builds", build.as_str(), "buildBetaDetail"], None).await
    }

    /// Decides whether testers are told by themselves once the build is approved. Sent once; the same may be sent
    /// again.
    ///
    /// # Errors
    /// [`Error`] if Apple did not agree.
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

    /// How one build stands, with the build.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildBetaDetailId) -> Result<BuildBetaDetail, Error> {
        self.0.get(&["v1", "buildBetaDetails", id.as_str()], Some("build")).await
    }
}
