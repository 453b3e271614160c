//! The list of an app's builds.

use hookbell_asc::api::app_builds::AppBuildQuery;
use hookbell_core::{AppId, words::one_line};
use hookbell_store::DistributionQuery;
use jiff::{SignedDuration, Timestamp};

use super::{
    Builds, app_id,
    view::{Around, listed},
};
use crate::{
    account::{Access, explain},
    api::{ApiError, BuildsReply, BuildsRequest, BuildsTrouble, ListedBuild},
    distribution,
    seen_builds::{self, SeenBuild},
};

/// Asking again sooner returns the same answer.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(15);

/// How many of an app's newest builds are kept. A build can be tested for 90 days, so older ones are history.
const MAX_KEPT_BUILDS: u32 = 1_000;

const MAX_PAGE_ROWS: u32 = 200;

/// How many plans are searched for each build's newest one.
const MAX_PLANS: u32 = 500;

impl Builds {
    /// The builds of an app, newest first, as last read. `refresh` reads App Store Connect first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] at `app`; an App Store Connect or keychain error if nothing is kept.
    pub async fn list(&self, request: BuildsRequest) -> Result<BuildsReply, ApiError> {
        let app = app_id(&request.app)?;
        let read = match request.refresh {
            true => self.refresh(request.account.as_deref(), &app).await,
            false => Ok(None),
        };
        let (seen, read_at, trouble) = match read {
            Ok(Some(seen)) => (seen, Some(self.context.clock.now()), None),
            Ok(None) => {
                let (seen, read_at) = self.kept(&app).await?;
                (seen, read_at, None)
            }
            Err(error) => match self.kept(&app).await? {
                (_, None) => return Err(error),
                (seen, read_at) => (seen, read_at, Some(BuildsTrouble { message: error.message, hint: error.hint })),
            },
        };
        let (page, more) = page(seen, request.before.as_deref(), request.limit);
        let builds = self.listed(&app, page).await?;
        Ok(BuildsReply { builds, read_at: read_at.map(|at| at.to_string()), more, trouble })
    }

    /// Reads App Store Connect, unless it was asked a moment ago.
    async fn refresh(&self, account: Option<&str>, app: &AppId) -> Result<Option<Vec<SeenBuild>>, ApiError> {
        let access = self.accounts.access(account).await?;
        let now = self.context.clock.now();
        let is_fresh = |asked: Timestamp| now.duration_since(asked) < ASK_AGAIN_AFTER;
        if access.account.is_some() && self.asked_at(&access, app).is_some_and(is_fresh) {
            return Ok(None);
        }
        self.asked_now(&access, app);
        self.read(&access, app).await.map(Some)
    }

    /// The builds as App Store Connect has them now.
    pub(super) async fn read(&self, access: &Access, app: &AppId) -> Result<Vec<SeenBuild>, ApiError> {
        let listing = access.client.app_builds().list(app, &AppBuildQuery::default());
        let page = listing.first_page().await.map_err(|error| match error.is_not_found() {
            true => ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") },
            false => explain(error),
        })?;
        let seen: Vec<_> = page.data.into_iter().map(SeenBuild::of).collect();
        seen_builds::keep(&self.context, access, app, &seen).await;
        Ok(seen)
    }

    /// The kept builds, and when they were read.
    async fn kept(&self, app: &AppId) -> Result<(Vec<SeenBuild>, Option<Timestamp>), ApiError> {
        let known = self.context.store.known_builds(app.clone(), MAX_KEPT_BUILDS).await?;
        let read_at = known.iter().map(|build| build.read_at).max();
        let seen = known.iter().filter_map(SeenBuild::kept).collect();
        Ok((seen, read_at))
    }

    /// Combines builds with what this computer knows about them.
    pub(super) async fn listed(&self, app: &AppId, seen: Vec<SeenBuild>) -> Result<Vec<ListedBuild>, ApiError> {
        let store = &self.context.store;
        let query = DistributionQuery { app: Some(app.clone()), limit: MAX_PLANS, ..DistributionQuery::default() };
        let plans = store.distributions(query).await?.into_iter().map(distribution::view).collect();
        let around = Around::new(store.feedback_counts().await?, plans);
        let now = self.context.clock.now();
        Ok(seen.into_iter().map(|build| listed(build, app, &around, now)).collect())
    }
}

/// One page of builds, and the cursor of the next one.
fn page(seen: Vec<SeenBuild>, before: Option<&str>, limit: u32) -> (Vec<SeenBuild>, Option<String>) {
    let begin = before
        .map_or(0, |before| seen.iter().position(|build| build.id.as_str() == before).map_or(seen.len(), |at| at + 1));
    let mut rest = seen.into_iter().skip(begin);
    let page: Vec<_> = rest.by_ref().take(limit.clamp(1, MAX_PAGE_ROWS) as usize).collect();
    let more = rest.next().and_then(|_| page.last()).map(|last| last.id.to_string());
    (page, more)
}

/// A build as text: "3.3 (420)".
pub(super) fn name(version: Option<&str>, number: Option<&str>) -> String {
    let words = |text: Option<&str>| one_line(text.unwrap_or("?"), 40);
    format!("{} ({})", words(version), words(number))
}
