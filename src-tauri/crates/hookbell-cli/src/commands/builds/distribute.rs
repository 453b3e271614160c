//! `hookbell builds distribute`: writes a plan down, and does what can be done now. What waits for App Store Connect is
//! done by the app, or here with `--wait`.

use hookbell_engine::{
    Hookbell,
    api::{
        DistributeRequest, Distribution, DistributionPlan, DistributionPlanner, DistributionState,
        DistributionStepState, NotifyChoice, ReviewChoice, WhatToTest,
    },
};

use super::{layout, no_build};
use crate::{
    arguments::builds::{DistributeArguments, PlanArguments, YesNoArgument},
    commands::managing_with,
    error::CliError,
    output::Output,
};

pub(super) async fn run(arguments: DistributeArguments) -> Result<(), CliError> {
    let DistributeArguments { id, plan, wait, asc } = arguments;
    let done = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let app = hookbell.builds().app_of(account.as_deref(), &id).await.map_err(no_build(id.clone()))?;
        let plan = self::plan(hookbell, account.as_deref(), &app, &id, plan).await?;
        let request = DistributeRequest { account, app, build: Some(id), upload: None, plan };
        let written = hookbell.distributions().plan(request, DistributionPlanner::CommandLine).await?;
        Ok(hookbell.distributions().work_on(written.id, wait).await?)
    })
    .await?;
    Output::from(&asc.output).document(&done, layout::distribution)?;
    ended(&done)
}

/// The plan that the arguments ask for.
async fn plan(
    hookbell: &Hookbell,
    account: Option<&str>,
    app: &str,
    build: &str,
    arguments: PlanArguments,
) -> Result<DistributionPlan, CliError> {
    let text = match (arguments.what_to_test, arguments.what_to_test_file) {
        (Some(text), _) => Some(text),
        (None, Some(path)) => {
            Some(tokio::fs::read_to_string(&path).await.map_err(|error| CliError::TextFile { path, error })?)
        }
        (None, None) => None,
    };
    let texts = match (text, arguments.locale) {
        (None, _) => Vec::new(),
        (Some(text), Some(locale)) => vec![WhatToTest { locale, text }],
        (Some(text), None) => {
            let locale = hookbell.distributions().first_locale(account, app, build).await?;
            vec![WhatToTest { locale, text }]
        }
    };
    Ok(DistributionPlan {
        groups: hookbell.distributions().groups_named(account, app, &arguments.group).await?,
        texts,
        uses_non_exempt_encryption: arguments.uses_encryption.map(|answer| answer == YesNoArgument::Yes),
        remember_encryption: false,
        review: match (arguments.submit, arguments.expire_other, arguments.after_other) {
            (false, ..) => ReviewChoice::No,
            (true, true, _) => ReviewChoice::ExpireOther,
            (true, false, true) => ReviewChoice::AfterOther,
            (true, false, false) => ReviewChoice::Submit,
        },
        notify: match (arguments.notify, arguments.submit) {
            (false, _) => NotifyChoice::No,
            (true, true) => NotifyChoice::WhenApproved,
            (true, false) => NotifyChoice::Now,
        },
    })
}

/// What stopped the plan, for the exit code.
fn ended(plan: &Distribution) -> Result<(), CliError> {
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
