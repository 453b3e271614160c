//! Distributes builds to testers: a plan for a build, whose steps run in order and survive a restart.
//!
//! A plan becomes a row before App Store Connect is asked. Each attempt first reads the build's state and only then
//! writes, so starting a plan twice is harmless, and what somebody did by hand counts as done. We wait for Apple's
//! decisions, and ask people for theirs.

mod check;
mod facts;
mod named;
mod perform;
mod reported;
mod texts;
mod view;
mod work;

use std::sync::Arc;

use hookbell_core::{AppId, BuildId};
use hookbell_store::{DistributionProgress, DistributionQuery, NewDistribution, StoredDistribution};
use tokio::sync::Notify;

pub(crate) use self::{
    check::names,
    facts::text,
    reported::reports,
    view::{check_plan, view},
};
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

/// The access that a key needs to distribute builds.
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

    /// What each step of a plan would do now. Changes nothing. For an upload, only what can be known before its build
    /// exists.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error.
    pub async fn check(&self, request: DistributeRequest) -> Result<Vec<DistributionCheck>, ApiError> {
        let app = app_id(&request.app)?;
        let access = self.accounts.access(request.account.as_deref()).await?;
        let facts = match request.build.as_deref() {
            Some(build) => self.facts(&access, &app, &build_id(build)?, &request.plan).await?,
            None => self.facts_before(&access, &app).await?,
        };
        Ok(check(&facts, &request.plan, &Tried::new()))
    }

    /// Stores a plan and starts it. The same plan for the same build returns the existing one; a different one
    /// replaces it, and completed steps stay done.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at a field of the plan; [`crate::api::ErrorCode::NotFound`] at `build` or
    /// `upload`.
    pub async fn distribute(&self, request: DistributeRequest) -> Result<Distribution, ApiError> {
        self.plan(request, DistributionPlanner::Person).await
    }

    /// The same for other planners.
    ///
    /// # Errors
    /// As [`Distributions::distribute`].
    pub async fn plan(&self, request: DistributeRequest, by: DistributionPlanner) -> Result<Distribution, ApiError> {
        let app = app_id(&request.app)?;
        check_plan(&request.plan)?;
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

    /// Continues according to somebody's decision.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` if no decision is
    /// pending.
    pub async fn decide(&self, request: DecideDistributionRequest) -> Result<Distribution, ApiError> {
        let stored = self.stored(request.id).await?;
        let before = view(stored.clone());
        if before.steps.iter().all(|step| step.check.state != DistributionStepState::Decide) {
            return Err(ApiError::field("id", "there’s nothing to decide in this plan", "reload the plan"));
        }
        let plan = DistributionPlan {
            review: request.review.unwrap_or(before.plan.review),
            uses_non_exempt_encryption: request.uses_non_exempt_encryption.or(before.plan.uses_non_exempt_encryption),
            ..before.plan
        };
        self.remember(&stored.planned.app, &plan).await?;
        self.replan(&stored, &plan).await
    }

    /// Retries a refused plan.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` if it has ended or is
    /// waiting for its build.
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
                None => ("this plan is waiting for its build", "it starts once the upload is processed"),
            };
            return Err(ApiError::field("id", message, hint));
        }
        self.told(&stored.planned.app).await;
        self.stored(stored.id).await.map(view)
    }

    /// Ends a plan. Completed steps stay done.
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

    /// Defaults for a form: the app's last plan, without its texts.
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

    /// Notifies an open window that plans of an app changed.
    async fn told(&self, app: &AppId) {
        self.context.push(Push::Builds { app: app.to_string() }).await;
    }

    /// The client that a plan uses.
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

/// Whether a plan still makes progress by itself.
pub(crate) fn is_moving(state: DistributionState) -> bool {
    matches!(state, DistributionState::Running | DistributionState::Waits | DistributionState::WaitsForBuild)
}
