//! Performs each step at App Store Connect. Each was checked before, and is read again afterwards.

mod compliance;
mod groups;
mod notify;
mod review;
mod what_to_test;

use hookbell_asc::Error;
use hookbell_core::{AppId, BuildId};

use super::{Distributions, ROLE_HINT, check::Facts, work::explained};
use crate::{
    account::{Access, explain, is_unsettled},
    api::{ApiError, DistributionCheck, DistributionPlan, DistributionStepName as Name, ErrorCode},
};

impl Distributions {
    /// Performs a step. The returned check applies if the step is still open afterwards.
    pub(super) async fn perform(
        &self,
        step: Name,
        access: &Access,
        app: &AppId,
        build: &BuildId,
        facts: &Facts,
        plan: &DistributionPlan,
    ) -> Option<DistributionCheck> {
        let client = &access.client;
        match step {
            Name::Compliance => compliance::answer(client, build, facts, plan).await,
            Name::WhatToTest => what_to_test::write(client, build, facts, plan).await,
            Name::InternalGroups => groups::give(client, build, facts, plan, true).await,
            Name::ExternalGroups => groups::give(client, build, facts, plan, false).await,
            Name::Review => self.submit(client, app, build, plan).await,
            Name::Notify => notify::notify(client, build, plan).await,
        }
    }
}

/// A step that App Store Connect refused.
fn failed(step: Name, error: Error) -> DistributionCheck {
    if is_unsettled(&error) {
        let hint = "Hookbell checks before it sends anything again";
        return explained(step, ApiError::new(ErrorCode::OutcomeUnknown, explain(error).message, hint));
    }
    match error.is_forbidden() {
        true => explained(step, ApiError { hint: ROLE_HINT.to_owned(), ..explain(error) }),
        false => explained(step, explain(error)),
    }
}
