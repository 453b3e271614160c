//! Submits to Beta App Review. This can't be taken back, so a lost answer is looked up.

use hookbell_asc::{Client, Error, api::build_refusals::BuildRefusal};
use hookbell_core::{AppId, BuildId};

use super::failed;
use crate::{
    api::{
        DistributionCheck, DistributionPlan, DistributionStepName as Name, DistributionStepState as State, ReviewChoice,
    },
    distribution::{Distributions, check::said},
};

impl Distributions {
    pub(super) async fn submit(
        &self,
        client: &Client,
        app: &AppId,
        build: &BuildId,
        plan: &DistributionPlan,
    ) -> Option<DistributionCheck> {
        if plan.review == ReviewChoice::ExpireOther
            && let Err(error) = self.expire_other(client, app, build).await
        {
            return Some(failed(Name::Review, error));
        }
        let error = client.beta_app_review().submit(build).await.err()?;
        match BuildRefusal::of(&error) {
            // It entered review a moment ago, or isn't in the list: too little is known about it to let a person
            // choose.
            Some(BuildRefusal::AnotherInReview) => Some(said(
                Name::Review,
                State::Refused,
                "Another build of the version is in Beta App Review.",
                Some("Try again in a moment, or once it has been reviewed."),
            )),
            Some(BuildRefusal::NotProcessed | BuildRefusal::NotAssignable) => {
                Some(said(Name::Review, State::Waits, "TestFlight is preparing the build.", None))
            }
            _ => Some(failed(Name::Review, error)),
        }
    }

    /// Expires the build of the same version that is in review, if the plan says so.
    async fn expire_other(&self, client: &Client, app: &AppId, build: &BuildId) -> Result<(), Error> {
        let own = client.builds().get(build).await?;
        match self.other_in_review(client, app, &own).await? {
            Some(other) => client.builds().expire(&other.id).await.map(drop),
            None => Ok(()),
        }
    }
}
