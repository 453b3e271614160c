//! Gives the build to its groups: all of one kind at once, then each alone if one of them is refused.

use hookbell_asc::{Client, Error, api::build_refusals::BuildRefusal};
use hookbell_core::{BetaGroupId, BuildId, words::one_line};

use super::failed;
use crate::{
    account::is_unsettled,
    api::{DistributionCheck, DistributionPlan, DistributionStepName as Name, DistributionStepState as State},
    distribution::check::{Facts, missing, said, wanted},
};

pub(super) async fn give(
    client: &Client,
    build: &BuildId,
    facts: &Facts,
    plan: &DistributionPlan,
    internal: bool,
) -> Option<DistributionCheck> {
    let step = if internal { Name::InternalGroups } else { Name::ExternalGroups };
    let missing = missing(facts, &wanted(facts, plan, internal));
    let ids: Vec<_> = missing.iter().filter_map(|group| BetaGroupId::new(group.id.as_str()).ok()).collect();
    let error = client.beta_groups().give(build, &ids).await.err()?;
    if ids.len() < 2 || !is_about_a_group(&error) {
        return outcome(step, error);
    }
    let mut refused = None;
    for (group, id) in missing.iter().zip(&ids) {
        if let Err(error) = client.beta_groups().give(build, [id]).await
            && let Some(check) = outcome(step, error)
        {
            let message = format!("{}: {}", one_line(&group.name, 60), check.message);
            refused = Some(DistributionCheck { message, ..check });
        }
    }
    refused
}

/// Whether the error concerns one group only, so that the others may still succeed.
fn is_about_a_group(error: &Error) -> bool {
    !is_unsettled(error) && !error.is_temporary() && !error.is_forbidden()
}

fn outcome(step: Name, error: Error) -> Option<DistributionCheck> {
    match BuildRefusal::of(&error) {
        // It has the build automatically, or will get it.
        Some(BuildRefusal::AutomaticGroup) => {
            Some(said(step, State::Done, "The group gets every build automatically.", None))
        }
        Some(BuildRefusal::NotAssignable | BuildRefusal::NotProcessed) => {
            Some(said(step, State::Waits, "TestFlight is preparing the build.", None))
        }
        _ => Some(failed(step, error)),
    }
}
