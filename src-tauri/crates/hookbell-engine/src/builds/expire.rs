//! Expires builds. This can't be undone, so the window and the command line ask for confirmation.

use hookbell_asc::Error;
use hookbell_core::BuildId;

use super::{Builds, app_id, build_id, list::name};
use crate::{
    account::{explain, is_unsettled},
    api::{ApiError, BuildRequest, ExpireOlderBuildsReply, ExpireOlderBuildsRequest, ListedBuild, Push, RefusedBuild},
    seen_builds,
};

impl Builds {
    /// Expires a build. An expired one stays as it is.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error.
    pub async fn expire(&self, request: BuildRequest) -> Result<ListedBuild, ApiError> {
        let (app, id) = (app_id(&request.app)?, build_id(&request.build)?);
        let access = self.accounts.access(request.account.as_deref()).await?;
        let build = seen_builds::read_one(&self.context, &access, &app, &id).await?;
        if !build.expired {
            self.expire_at_app_store_connect(&access.client, &id).await?;
        }
        let build = seen_builds::read_one(&self.context, &access, &app, &id).await?;
        self.context.push(Push::Builds { app: app.to_string() }).await;
        self.listed(&app, vec![build]).await?.pop().ok_or_else(|| ApiError::not_found("build"))
    }

    /// Expires all builds of an app that are older than every kept one.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `keep` if it names no build of the app; an App Store Connect or
    /// keychain error when reading the list. Refusals of single builds are in the reply.
    pub async fn expire_older(&self, request: ExpireOlderBuildsRequest) -> Result<ExpireOlderBuildsReply, ApiError> {
        let app = app_id(&request.app)?;
        let access = self.accounts.access(request.account.as_deref()).await?;
        let builds = self.read(&access, &app).await?;
        // Builds are newest first.
        let last_kept = builds.iter().rposition(|build| request.keep.iter().any(|kept| *kept == build.id.as_str()));
        let Some(last_kept) = last_kept else {
            let hint = "choose at least one build to keep";
            return Err(ApiError::field("keep", "none of these builds is a build of the app", hint));
        };
        let (mut expired, mut refused) = (Vec::new(), Vec::new());
        for build in builds.iter().skip(last_kept + 1).filter(|build| !build.expired) {
            match self.expire_at_app_store_connect(&access.client, &build.id).await {
                Ok(()) => expired.push(build.id.to_string()),
                Err(error) => refused.push(RefusedBuild {
                    message: format!("{}: {}", name(build.version.as_deref(), build.number.as_deref()), error.message),
                    build: build.id.to_string(),
                    hint: error.hint,
                }),
            }
        }
        self.read(&access, &app).await?;
        self.context.push(Push::Builds { app: app.to_string() }).await;
        Ok(ExpireOlderBuildsReply { expired, refused })
    }

    /// Expiring is idempotent, so a lost answer is retried once.
    async fn expire_at_app_store_connect(&self, client: &hookbell_asc::Client, id: &BuildId) -> Result<(), ApiError> {
        match client.builds().expire(id).await {
            Err(error) if is_unsettled(&error) => client.builds().expire(id).await,
            done => done,
        }
        .map(drop)
        .map_err(|error: Error| match error.is_forbidden() {
            true => distribution_role(error),
            false => explain(error),
        })
    }
}

/// Names the role that a forbidden key lacks.
fn distribution_role(error: Error) -> ApiError {
    ApiError { hint: crate::distribution::ROLE_HINT.to_owned(), ..explain(error) }
}
