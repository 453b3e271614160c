//! Builds a plan from a command's arguments: groups by name, texts from files.

use hookbell_engine::{
    Hookbell,
    api::{DistributionPlan, NotifyChoice, ReviewChoice, WhatToTest},
};

use crate::{
    arguments::plan::{PlanArguments, YesNoArgument},
    error::CliError,
};

/// The plan for these arguments. A build that is not yet uploaded has no id.
pub(super) async fn planned(
    hookbell: &Hookbell,
    account: Option<&str>,
    app: &str,
    build: Option<&str>,
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
