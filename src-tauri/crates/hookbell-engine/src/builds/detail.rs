//! One build with its texts, the states from events, and what prevents giving it to testers.

use hookbell_asc::api::beta_build_localizations::MAX_WHAT_TO_TEST_BYTES;
use hookbell_core::{AppId, BuildId, EventKind};

use super::{Builds, app_id, build_id, label};
use crate::{
    account::explain,
    api::{ApiError, BuildDetail, BuildMoment, BuildRequest, DistributeRequest, DistributionDefaultsRequest},
    asc_page, distribution,
    host::Target,
    seen_builds::{self, SeenBuild},
};

impl Builds {
    /// One build, read from App Store Connect now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error.
    pub async fn detail(&self, request: BuildRequest) -> Result<BuildDetail, ApiError> {
        let (app, id) = (app_id(&request.app)?, build_id(&request.build)?);
        let access = self.accounts.access(request.account.as_deref()).await?;
        let build = seen_builds::read_one(&self.context, &access, &app, &id).await?;
        let texts = access.client.beta_build_localizations().of_build(&id).all().await.map_err(explain)?;
        let mut listed = self.listed(&app, vec![build]).await?;
        let build = listed.pop().ok_or_else(|| ApiError::not_found("build"))?;
        let plan = match &build.distribution {
            Some(distribution) if distribution.ended_at.is_none() => distribution.plan.clone(),
            _ => self.distributions.defaults(DistributionDefaultsRequest { app: app.to_string() }).await?,
        };
        let check = DistributeRequest {
            account: request.account,
            app: request.app,
            build: Some(id.to_string()),
            upload: None,
            plan,
        };
        Ok(BuildDetail {
            track: self.track(id.as_str()).await?,
            texts: texts.into_iter().filter_map(distribution::text).collect(),
            max_text_bytes: u32::try_from(MAX_WHAT_TO_TEST_BYTES).unwrap_or(u32::MAX),
            fixed: self.fixed(&app, &build).await?,
            checks: self.distributions.check(check).await?,
            page: page(&app, build.platform.as_deref(), &id).unwrap_or_default(),
            build,
        })
    }

    /// Opens a build's page at App Store Connect.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an unknown app, or if the browser can't be opened.
    pub async fn open_page(&self, request: BuildRequest) -> Result<(), ApiError> {
        let (app, id) = (app_id(&request.app)?, build_id(&request.build)?);
        let kept = self.context.store.known_builds(app.clone(), 1_000).await?;
        let platform =
            kept.iter().find(|known| known.id == id).and_then(SeenBuild::kept).and_then(|seen| seen.platform);
        let page = page(&app, platform.as_deref(), &id).ok_or_else(|| ApiError::not_found("build"))?;
        self.context.open_on_desktop(Target::Page(page)).await
    }

    /// The states from events, oldest first. An upload and its build share one id.
    async fn track(&self, build: &str) -> Result<Vec<BuildMoment>, ApiError> {
        let mut moments = Vec::new();
        for kind in [EventKind::Upload, EventKind::Build] {
            for change in self.context.store.changes_of(kind, build).await?.events {
                let Some(state) = &change.to else { continue };
                let label = match kind {
                    EventKind::Upload => {
                        hookbell_core::words::state_name(Some(hookbell_core::EventType::BuildUploadStateUpdated), state)
                    }
                    _ => label::name(state),
                };
                moments.push((change.at, BuildMoment { label, at: change.at.to_string(), seq: Some(change.seq) }));
            }
        }
        moments.sort_by_key(|(at, moment)| (*at, moment.seq));
        Ok(moments.into_iter().map(|(_, moment)| moment).collect())
    }
}

/// A build uses the page of its upload; if the platform is unknown, the page of the app.
fn page(app: &AppId, platform: Option<&str>, build: &BuildId) -> Option<String> {
    let own = platform.and_then(|platform| asc_page::of_upload(app.as_str(), platform, build.as_str()));
    own.or_else(|| asc_page::of_app(app.as_str()))
}
