//! Answers the question about encryption. A build accepts the answer once.

use hookbell_asc::Client;
use hookbell_core::BuildId;

use super::failed;
use crate::{
    api::{DistributionCheck, DistributionPlan, DistributionStepName as Name},
    distribution::check::Facts,
};

pub(super) async fn answer(
    client: &Client,
    build: &BuildId,
    facts: &Facts,
    plan: &DistributionPlan,
) -> Option<DistributionCheck> {
    let uses = plan.uses_non_exempt_encryption.or(facts.remembered)?;
    match client.builds().answer_encryption(build, uses).await {
        Ok(_) => None,
        // Somebody else has answered in the meantime; it is read again.
        Err(error) if error.status() == Some(409) => None,
        Err(error) => Some(failed(Name::Compliance, error)),
    }
}
