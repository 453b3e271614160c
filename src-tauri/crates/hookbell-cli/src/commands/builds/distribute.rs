//! `hookbell builds distribute`: stores a plan, and executes what is possible now. The app executes steps that wait for
//! App Store Connect; with `--wait`, this process does.

use hookbell_engine::{
    Hookbell,
    api::{DistributeRequest, Distribution, DistributionPlanner, DistributionState, DistributionStepState},
};

use super::{layout, no_build, planned::planned};
use crate::{arguments::builds::DistributeArguments, commands::managing_with, error::CliError, output::Output};

pub(super) async fn run(arguments: DistributeArguments) -> Result<(), CliError> {
    let DistributeArguments { id, plan, wait, asc } = arguments;
    let done = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let app = hookbell.builds().app_of(account.as_deref(), &id).await.map_err(no_build(id.clone()))?;
        let plan = planned(hookbell, account.as_deref(), &app, Some(&id), plan).await?;
        let request = DistributeRequest { account, app, build: Some(id), upload: None, plan };
        let written = hookbell.distributions().plan(request, DistributionPlanner::CommandLine).await?;
        Ok(hookbell.distributions().work_on(written.id, wait).await?)
    })
    .await?;
    Output::from(&asc.output).document(&done, layout::distribution)?;
    ended(&done)
}

/// What stopped the plan, for the exit code.
pub(super) fn ended(plan: &Distribution) -> Result<(), CliError> {
    let said = |state: DistributionStepState| {
        let step = plan.steps.iter().find(|step| step.check.state == state);
        step.map(|step| match &step.check.hint {
            Some(hint) => format!("{} {hint}", step.check.message),
            None => step.check.message.clone(),
        })
        .unwrap_or_default()
    };
    match plan.state {
        DistributionState::Refused => Err(CliError::StepRefused(said(DistributionStepState::Refused))),
        DistributionState::Decide => Err(CliError::Undecided(said(DistributionStepState::Decide))),
        _ => Ok(()),
    }
}
