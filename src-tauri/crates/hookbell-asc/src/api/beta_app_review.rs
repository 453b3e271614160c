//! Beta App Review: submissions of builds, and the contact for reviewers.
//!
//! A submission can't be changed or withdrawn. The only way out is to expire its build.

use hookbell_core::{AppId, BetaAppReviewDetailId, BetaAppReviewSubmissionId, BuildId};
use http::Method;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::builds::Build;
use crate::{
    Client, Error, Resource,
    transport::{
        json_api::{Linkage, bare},
        open_enum::open_enum,
    },
};

open_enum!(
    /// The Beta App Review state of a build.
    BetaReviewState {
        WaitingForReview = "WAITING_FOR_REVIEW",
        InReview = "IN_REVIEW",
        Rejected = "REJECTED",
        Approved = "APPROVED",
    }
);

/// A build's submission.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaAppReviewSubmission {
    /// Its id.
    pub id: BetaAppReviewSubmissionId,
    /// The review's state. The API doesn't say why a build was rejected.
    pub beta_review_state: Option<BetaReviewState>,
    /// When it was submitted.
    pub submitted_date: Option<Timestamp>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaAppReviewSubmission {
    const TYPE: &'static str = "betaAppReviewSubmissions";
    type Id = BetaAppReviewSubmissionId;
}

/// The contact for reviewers. The demo account's password is not read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaAppReviewDetail {
    /// Its id.
    pub id: BetaAppReviewDetailId,
    /// The first name.
    pub contact_first_name: Option<String>,
    /// The last name.
    pub contact_last_name: Option<String>,
    /// The telephone number.
    pub contact_phone: Option<String>,
    /// The email address.
    pub contact_email: Option<String>,
    /// Whether trying the app needs an account.
    pub demo_account_required: Option<bool>,
    /// The demo account's name.
    pub demo_account_name: Option<String>,
}

impl Resource for BetaAppReviewDetail {
    const TYPE: &'static str = "betaAppReviewDetails";
    type Id = BetaAppReviewDetailId;
}

/// The fields of [`BetaAppReviewDetail`]. A password that is never requested can't leak.
const DETAIL_FIELDS: &str =
    "contactFirstName,contactLastName,contactPhone,contactEmail,demoAccountRequired,demoAccountName";

/// Operations on Beta App Review.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, build: hookbell_core::BuildId) -> Result<(), Error> {
/// if client.beta_app_review().submission(&build).await?.is_none() {
///     client.beta_app_review().submit(&build).await?;
/// }
/// # Ok(())
/// # }
/// ```
pub struct BetaAppReviewEndpoints<'a>(&'a Client);

impl Client {
    /// Beta App Review.
    #[must_use]
    pub fn beta_app_review(&self) -> BetaAppReviewEndpoints<'_> {
        BetaAppReviewEndpoints(self)
    }
}

impl BetaAppReviewEndpoints<'_> {
    /// A build's submission, if any.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn submission(&self, build: &BuildId) -> Result<Option<BetaAppReviewSubmission>, Error> {
        let url = self.0.url(&["v1", "builds", build.as_str(), "betaAppReviewSubmission"])?;
        self.0.read(&url).await?.one_or_none()
    }

    /// Submits a build. Not retried: after [`Error::Interrupted`] or [`Error::TimedOut`] read its submission first.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`BuildRefusal::of`](super::build_refusals::BuildRefusal::of) recognizes another build of
    /// the same version that is in review, and a build that TestFlight hasn't caught up with.
    pub async fn submit(&self, build: &BuildId) -> Result<BetaAppReviewSubmission, Error> {
        let body = bare(BetaAppReviewSubmission::TYPE, [("build", Linkage::one(Build::TYPE, build.as_str()))])?;
        let url = self.0.url(&["v1", "betaAppReviewSubmissions"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// The contact for the reviewers of an app.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn contact(&self, app: &AppId) -> Result<BetaAppReviewDetail, Error> {
        let fields = [("fields[betaAppReviewDetails]", DETAIL_FIELDS)];
        let url = self.0.query(&["v1", "apps", app.as_str(), "betaAppReviewDetail"], &fields)?;
        self.0.read(&url).await?.one()
    }
}
