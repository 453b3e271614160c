//! What App Store Connect says about a build that is to be distributed. Reads only.

use hookbell_asc::{
    Client, Error,
    api::{
        app_builds::AppBuildQuery,
        beta_app_review::BetaReviewState,
        beta_build_localizations::BetaBuildLocalization,
        build_beta_details::{BuildBetaDetail, ExternalBetaState, InternalBetaState},
        builds::{Build, ProcessingState},
    },
};
use hookbell_core::{AppId, BuildId};

use super::{
    Distributions,
    check::{Facts, InTestFlight},
};
use crate::{
    account::{Access, explain},
    api::{ApiError, DistributionPlan, ReviewChoice, WhatToTest},
    seen_builds::group,
};

/// Another build of the same version that is in Beta App Review.
#[derive(Debug, Clone)]
pub(super) struct OtherBuild {
    pub(super) id: BuildId,
    pub(super) number: String,
}

impl Distributions {
    /// Everything that a plan's steps depend on.
    pub(super) async fn facts(
        &self,
        access: &Access,
        app: &AppId,
        id: &BuildId,
        plan: &DistributionPlan,
    ) -> Result<Facts, ApiError> {
        let client = &access.client;
        let build = client.builds().get(id).await.map_err(explain)?;
        if build.app.as_ref().is_some_and(|of| of.id != *app) {
            return Err(ApiError { field: Some("build".to_owned()), ..ApiError::not_found("build") });
        }
        let before = self.facts_before(access, app).await?;
        let is_valid = build.processing_state == Some(ProcessingState::Valid);
        let testflight = if is_valid { testflight(client, id).await.map_err(explain)? } else { None };
        let is_submitted = plan.review != ReviewChoice::No;
        let texts = match is_submitted || !plan.texts.is_empty() {
            true => client.beta_build_localizations().of_build(id).all().await.map_err(explain)?,
            false => Vec::new(),
        };
        let given = match plan.groups.is_empty() {
            true => Vec::new(),
            false => client.beta_groups().of_build(id).all().await.map_err(explain)?,
        };
        let in_review = match is_submitted {
            true => self.other_in_review(client, app, &build).await.map_err(explain)?,
            false => None,
        };
        Ok(Facts {
            processing: build.processing_state,
            expired: build.expired.unwrap_or_default(),
            audience: build.build_audience_type,
            answer: build.uses_non_exempt_encryption,
            testflight,
            given: given.into_iter().map(|group| group.id.to_string()).collect(),
            texts: texts.into_iter().filter_map(text).collect(),
            missing_information: match is_submitted {
                true => missing_information(client, app).await.map_err(explain)?,
                false => Vec::new(),
            },
            in_review: in_review.map(|other| other.number),
            ..before
        })
    }

    /// What can be known before the build exists.
    pub(super) async fn facts_before(&self, access: &Access, app: &AppId) -> Result<Facts, ApiError> {
        let groups = access.client.beta_groups().of_app(app).all().await.map_err(explain)?;
        let remembered = self.context.store.remembered_encryption(app.clone()).await?;
        Ok(Facts { groups: groups.into_iter().map(group).collect(), remembered, ..Facts::default() })
    }

    /// Another build of the same version that is in review, if any.
    pub(super) async fn other_in_review(
        &self,
        client: &Client,
        app: &AppId,
        build: &Build,
    ) -> Result<Option<OtherBuild>, Error> {
        let version = build.pre_release_version.as_ref().and_then(|version| version.included.as_ref());
        let Some(name) = version.and_then(|version| version.version.clone()) else { return Ok(None) };
        let query = AppBuildQuery {
            version: Some(name),
            platform: version.and_then(|version| version.platform.as_ref()).map(ToString::to_string),
            review: vec![BetaReviewState::WaitingForReview, BetaReviewState::InReview],
            expired: Some(false),
            ..AppBuildQuery::default()
        };
        let found = client.app_builds().list(app, &query).all().await?;
        let other = found.into_iter().find(|found| found.id != build.id);
        Ok(other.map(|other| OtherBuild { number: other.version.unwrap_or_default(), id: other.id }))
    }
}

/// A build's state in TestFlight; `None` while TestFlight doesn't know it.
async fn testflight(client: &Client, id: &BuildId) -> Result<Option<InTestFlight>, Error> {
    match client.build_beta_details().of_build(id).await {
        Ok(detail) => Ok(Some(in_testflight(detail))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

fn in_testflight(detail: BuildBetaDetail) -> InTestFlight {
    InTestFlight {
        internal: detail.internal_build_state.unwrap_or(InternalBetaState::Processing),
        external: detail.external_build_state.unwrap_or(ExternalBetaState::Processing),
        auto_notify: detail.auto_notify_enabled.unwrap_or_default(),
    }
}

/// What Beta App Review requires about an app and nobody has filled in.
async fn missing_information(client: &Client, app: &AppId) -> Result<Vec<&'static str>, Error> {
    let words = client.beta_app_localizations().of_app(app).all().await?;
    let contact = client.beta_app_review().contact(app).await?;
    let is_missing = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
    // A submission needs them in the primary locale; if that is unknown, one locale must have both.
    let has = |of: fn(&hookbell_asc::api::beta_app_localizations::BetaAppLocalization) -> Option<&String>| {
        words.iter().any(|words| !is_missing(of(words)))
    };
    let account = contact.demo_account_required == Some(true) && is_missing(contact.demo_account_name.as_ref());
    let missing = [
        (!has(|words| words.feedback_email.as_ref()), "a feedback email"),
        (!has(|words| words.description.as_ref()), "a beta app description"),
        (is_missing(contact.contact_first_name.as_ref()), "the contact’s first name"),
        (is_missing(contact.contact_last_name.as_ref()), "the contact’s last name"),
        (is_missing(contact.contact_phone.as_ref()), "the contact’s phone number"),
        (is_missing(contact.contact_email.as_ref()), "the contact’s email"),
        (account, "the demo account’s name"),
    ];
    Ok(missing.into_iter().filter_map(|(is_missing, what)| is_missing.then_some(what)).collect())
}

/// A text for testers, if the locale has one.
pub(crate) fn text(localization: BetaBuildLocalization) -> Option<WhatToTest> {
    Some(WhatToTest { locale: localization.locale?, text: localization.whats_new.unwrap_or_default() })
}
