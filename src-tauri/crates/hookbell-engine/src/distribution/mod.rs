//! Out to the testers: a plan for a build, whose steps are done one after the other and survive a restart.
//!
//! A plan is a row before anything is asked of App Store Connect. Each attempt reads first how the build stands and only
//! then writes, so a plan may be pressed twice, and what somebody did by hand is found done. What Apple decides is waited
//! for; what a person decides is asked.

mod check;
mod facts;
mod named;
mod perform;
mod texts;
mod view;
mod work;

use std::sync::Arc;

use hookbell_core::{AppId, BuildId};
use hookbell_store::{DistributionProgress, DistributionQuery, NewDistribution, StoredDistribution};
use tokio::sync::Notify;

pub(crate) use self::{check::names, facts::text, view::view};
use self::{
    check::{Tried, check},
    view::{planned, planner},
};
use crate::{
    account::{Access, Accounts},
    api::{
        ApiError, DecideDistributionRequest, DistributeRequest, Distribution, DistributionCheck,
        DistributionDefaultsRequest, DistributionPlan, DistributionPlanner, DistributionRequest, DistributionState,
        DistributionStepState, Push,
    },
    context::Context,
};

/// What a key needs to give builds to testers.
pub(crate) const ROLE_HINT: &str = "use a key with App Manager or Admin access";

/// The room of plans.
#[derive(Debug)]
pub struct Distributions {
    context: Context,
    accounts: Arc<Accounts>,
    woken: Notify,
}

impl Distributions {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>) -> Self {
        Self { context, accounts, woken: Notify::new() }
    }

    /// What each step of a plan would meet now. Changes nothing. Of an upload only what can be known before the build is.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; what App Store Connect or the keychain refuses.
    pub async fn check(&self, request: DistributeRequest) -> Result<Vec<DistributionCheck>, ApiError> {
        let app = app_id(&request.app)?;
        let access = self.accounts.access(request.account.as_deref()).await?;
        let facts = match request.build.as_deref() {
            Some(build) => self.facts(&access, &app, &build_id(build)?, &request.plan).await?,
            None => self.facts_before(&access, &app).await?,
        };
        Ok(check(&facts, &request.plan, &Tried::new()))
    }

    /// Writes a plan down and begins with it. The same plan for the same build gives the one that is there; another one
    /// takes its place, and what was done stays done.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at a field of the plan; [`crate::api::ErrorCode::NotFound`] at `build` or
    /// `upload`.
    pub async fn distribute(&self, request: DistributeRequest) -> Result<Distribution, ApiError> {
        self.plan(request, DistributionPlanner::Person).await
    }

    /// The same for whoever else plans.
    ///
    /// # Errors
    /// As [`Distributions::distribute`].
    pub async fn plan(&self, request: DistributeRequest, by: DistributionPlanner) -> Result<Distribution, ApiError> {
        let app = app_id(&request.app)?;
        view::check_plan(&request.plan)?;
        let build = request.build.as_deref().map(build_id).transpose()?;
        match (&build, request.upload) {
            (None, None) => return Err(ApiError::field("build", "the plan names no build", "choose a build")),
            (Some(_), Some(_)) => {
                return Err(ApiError::field("upload", "the plan names a build and an upload", "name one of them"));
            }
            (None, Some(upload)) => {
                let missing = || ApiError { field: Some("upload".to_owned()), ..ApiError::not_found("upload") };
                self.context.store.upload(upload).await?.ok_or_else(missing)?;
            }
            (Some(_), None) => {}
        }
        let access = self.accounts.access(request.account.as_deref()).await?;
        self.remember(&app, &request.plan).await?;
        let new = NewDistribution {
            app: app.clone(),
            account: access.account,
            upload: request.upload,
            build,
            plan: planned(&request.plan),
            planned_by: planner(&by),
        };
        let id = self.context.store.write_distribution(new, self.context.clock.now()).await?;
        self.told(&app).await;
        self.stored(id).await.map(view)
    }

    /// One plan.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn one(&self, request: DistributionRequest) -> Result<Distribution, ApiError> {
        self.stored(request.id).await.map(view)
    }

    /// Goes on as somebody decided.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` if nothing is to be decided.
    pub async fn decide(&self, request: DecideDistributionRequest) -> Result<Distribution, ApiError> {
        let stored = self.stored(request.id).await?;
        let before = view(stored.clone());
        if before.steps.iter().all(|step| step.check.state != DistributionStepState::Decide) {
            return Err(ApiError::field("id", "this plan has nothing to decide", "look at the plan again"));
        }
        let plan = DistributionPlan {
            review: request.review.unwrap_or(before.plan.review),
            uses_non_exempt_encryption: request.uses_non_exempt_encryption.or(before.plan.uses_non_exempt_encryption),
            ..before.plan
        };
        self.remember(&stored.planned.app, &plan).await?;
        self.replan(&stored, &plan).await
    }

    /// Tries a plan that was refused once more.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` if it has ended or waits for
    /// its build.
    pub async fn retry(&self, request: DistributionRequest) -> Result<Distribution, ApiError> {
        let stored = self.stored(request.id).await?;
        let plan = view(stored.clone()).plan;
        self.replan(&stored, &plan).await
    }

    async fn replan(&self, stored: &StoredDistribution, plan: &DistributionPlan) -> Result<Distribution, ApiError> {
        let now = self.context.clock.now();
        if !self.context.store.replan_distribution(stored.id, planned(plan), now).await? {
            let (message, hint) = match stored.ended_at {
                Some(_) => ("this plan has ended", "distribute the build again"),
                None => ("this plan waits for its build", "it begins once the upload is processed"),
            };
            return Err(ApiError::field("id", message, hint));
        }
        self.told(&stored.planned.app).await;
        self.stored(stored.id).await.map(view)
    }

    /// Ends a plan. What was done stays done.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn stop(&self, request: DistributionRequest) -> Result<Distribution, ApiError> {
        let stored = self.stored(request.id).await?;
        let ended = DistributionProgress { state: DistributionState::Stopped, due_at: None, steps: Vec::new() };
        self.context.store.progress_distribution(request.id, ended, self.context.clock.now()).await?;
        self.told(&stored.planned.app).await;
        self.stored(request.id).await.map(view)
    }

    /// What a form starts with: the plan that was used last for the app, without its texts.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] at `app`.
    pub async fn defaults(&self, request: DistributionDefaultsRequest) -> Result<DistributionPlan, ApiError> {
        let app = app_id(&request.app)?;
        let store = &self.context.store;
        let query = DistributionQuery { app: Some(app.clone()), limit: 1, ..DistributionQuery::default() };
        let last = store.distributions(query).await?.pop().map(|stored| view(stored).plan).unwrap_or_default();
        Ok(DistributionPlan {
            texts: Vec::new(),
            uses_non_exempt_encryption: store.remembered_encryption(app).await?,
            ..last
        })
    }

    async fn stored(&self, id: i64) -> Result<StoredDistribution, ApiError> {
        self.context.store.distribution(id).await?.ok_or_else(|| ApiError::not_found("plan"))
    }

    async fn remember(&self, app: &AppId, plan: &DistributionPlan) -> Result<(), ApiError> {
        if let Some(uses) = plan.uses_non_exempt_encryption.filter(|_| plan.remember_encryption) {
            self.context.store.remember_encryption(app.clone(), uses, self.context.clock.now()).await?;
        }
        Ok(())
    }

    /// Tells an open window that plans of an app changed.
    async fn told(&self, app: &AppId) {
        self.context.push(Push::Builds { app: app.to_string() }).await;
    }

    /// The client that a plan goes with.
    async fn access_of(&self, stored: &StoredDistribution) -> Result<Access, ApiError> {
        self.accounts.access(stored.planned.account.as_ref().map(hookbell_core::AccountId::as_str)).await
    }
}

fn app_id(text: &str) -> Result<AppId, ApiError> {
    AppId::new(text.trim()).map_err(|_| ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") })
}

fn build_id(text: &str) -> Result<BuildId, ApiError> {
    BuildId::new(text.trim()).map_err(|_| ApiError { field: Some("build".to_owned()), ..ApiError::not_found("build") })
}

/// Whether a plan still has something to do by itself.
pub(crate) fn is_moving(state: DistributionState) -> bool {
    matches!(state, DistributionState::Running | DistributionState::Waits | DistributionState::WaitsForBuild)
}
