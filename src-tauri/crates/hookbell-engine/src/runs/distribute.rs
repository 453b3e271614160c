//! Distributes the build that an event is about: the run stores a plan, and the plan does the rest.

use hookbell_actions::Next;
use hookbell_core::{
    AccountId, EventKind,
    rules::{Distribute, Facts},
};
use hookbell_store::{StoredEvent, StoredRun};

use super::{
    Runs,
    perform::{Failed, Performed, failure},
};
use crate::{
    api::{
        ApiError, DistributeRequest, DistributionPlan, DistributionPlanner, ErrorCode, NotifyChoice, ReviewChoice,
        WhatToTest,
    },
    rules,
    text::first_upper,
};

impl Runs {
    pub(super) async fn distribute(
        &self,
        run: &StoredRun,
        distribute: &Distribute,
        event: &StoredEvent,
        facts: &Facts,
    ) -> Result<Performed, Failed> {
        let wrong = |message: &str| {
            let hint = "Limit the rule to build status or build upload events.";
            Failed::from(failure(message, hint, Next::GiveUp))
        };
        // An upload and its build share one id, as do a build and its TestFlight status.
        let is_about_a_build = matches!(event.kind, EventKind::Build | EventKind::Upload);
        let build = event.instance.as_ref().filter(|_| is_about_a_build).map(|instance| instance.id.clone());
        let build = build.ok_or_else(|| wrong("The event isn’t about a build."))?;
        let app = facts.app.id.clone().ok_or_else(|| wrong("The event’s app is unknown."))?;
        let link = self.context.store.apple_webhook(&event.webhook).await?;
        let account = link.and_then(|link| link.account);
        let account = account.as_ref().map(AccountId::as_str);
        let room = &self.distributions;
        let texts = match rules::what_to_test(distribute, facts)? {
            None => Vec::new(),
            Some(text) => {
                let locale = match &distribute.locale {
                    Some(locale) => locale.clone(),
                    None => room.first_locale(account, &app, Some(&build)).await.map_err(refused)?,
                };
                vec![WhatToTest { locale, text }]
            }
        };
        let plan = DistributionPlan {
            groups: room.groups_named(account, &app, &distribute.groups).await.map_err(refused)?,
            texts,
            uses_non_exempt_encryption: None,
            remember_encryption: false,
            review: if distribute.submit { ReviewChoice::Submit } else { ReviewChoice::No },
            notify: match (distribute.notify, distribute.submit) {
                (false, _) => NotifyChoice::No,
                (true, true) => NotifyChoice::WhenApproved,
                (true, false) => NotifyChoice::Now,
            },
        };
        let request =
            DistributeRequest { account: account.map(str::to_owned), app, build: Some(build), upload: None, plan };
        let by = DistributionPlanner::Rule { rule: run.rule, name: run.rule_name.clone(), run: run.id };
        room.plan(request, by).await.map_err(refused)?;
        Ok(Performed::said("The plan was created. The build’s page shows its progress."))
    }
}

fn refused(error: ApiError) -> Failed {
    let next = match error.code {
        ErrorCode::AppleUnreachable
        | ErrorCode::RateLimited
        | ErrorCode::KeychainLocked
        | ErrorCode::KeychainAbsent
        | ErrorCode::KeychainTimedOut
        | ErrorCode::StoreUnwritable => Next::Retry,
        // A build isn't found for a moment after it was processed.
        ErrorCode::NotFound => Next::Retry,
        _ => Next::GiveUp,
    };
    failure(first_upper(&error.message), first_upper(&error.hint), next).into()
}
