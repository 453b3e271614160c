//! Builds as last seen at App Store Connect, stored for the next list. No decision relies on them.

use hookbell_asc::api::{
    app_builds::{AppBuild, AppBuildQuery},
    beta_groups::BetaGroup,
};
use hookbell_core::{AppId, BuildId};
use hookbell_store::KnownBuild;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    account::{Access, explain},
    api::{ApiError, BuildGroup},
    context::Context,
};

/// A stored build: App Store Connect's values, and nothing derived from them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SeenBuild {
    pub(crate) id: BuildId,
    pub(crate) version: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) platform: Option<String>,
    pub(crate) uploaded_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) expired: bool,
    pub(crate) processing: Option<String>,
    pub(crate) internal: Option<String>,
    pub(crate) external: Option<String>,
    pub(crate) groups: Vec<BuildGroup>,
    pub(crate) uses_non_exempt_encryption: Option<bool>,
    pub(crate) auto_notify: Option<bool>,
    pub(crate) audience: Option<String>,
}

impl SeenBuild {
    /// Parses a row. `None` if another version wrote it and this one can't parse it.
    pub(crate) fn kept(known: &KnownBuild) -> Option<Self> {
        serde_json::from_str(&known.document).ok()
    }

    pub(crate) fn of(build: AppBuild) -> Self {
        let version = build.pre_release_version.and_then(|version| version.included);
        let detail = build.build_beta_detail.and_then(|detail| detail.included);
        let groups = build.beta_groups.unwrap_or_default().into_iter().filter_map(|group| group.included);
        Self {
            id: build.id,
            platform: version.as_ref().and_then(|version| version.platform.as_ref()).map(ToString::to_string),
            version: version.and_then(|version| version.version),
            number: build.version,
            uploaded_at: build.uploaded_date,
            expires_at: build.expiration_date,
            expired: build.expired.unwrap_or_default(),
            processing: build.processing_state.map(|state| state.as_str().to_owned()),
            internal: detail
                .as_ref()
                .and_then(|detail| detail.internal_build_state.as_ref())
                .map(|state| state.as_str().to_owned()),
            external: detail
                .as_ref()
                .and_then(|detail| detail.external_build_state.as_ref())
                .map(|state| state.as_str().to_owned()),
            auto_notify: detail.and_then(|detail| detail.auto_notify_enabled),
            groups: groups.map(|read| group(*read)).collect(),
            uses_non_exempt_encryption: build.uses_non_exempt_encryption,
            audience: build.build_audience_type.map(|audience| audience.as_str().to_owned()),
        }
    }

    /// The row to store.
    fn known(&self, now: Timestamp) -> Option<KnownBuild> {
        let document = serde_json::to_string(self).ok()?;
        Some(KnownBuild { id: self.id.clone(), uploaded_at: self.uploaded_at, document, read_at: now })
    }
}

/// One build as App Store Connect has it now. It is stored.
pub(crate) async fn read_one(
    context: &Context,
    access: &Access,
    app: &AppId,
    id: &BuildId,
) -> Result<SeenBuild, ApiError> {
    let missing = || ApiError::not_found("build");
    let build = access.client.builds().get(id).await.map_err(explain)?;
    if build.app.as_ref().is_some_and(|of| of.id != *app) {
        return Err(missing());
    }
    // Only the list includes a build's related resources.
    let version = build.pre_release_version.and_then(|version| version.included);
    let query = AppBuildQuery {
        version: version.and_then(|version| version.version),
        number: build.version,
        ..AppBuildQuery::default()
    };
    let found: Vec<AppBuild> = access.client.app_builds().list(app, &query).all().await.map_err(explain)?;
    let found = found.into_iter().find(|found| found.id == *id).ok_or_else(missing)?;
    let seen = SeenBuild::of(found);
    keep(context, access, app, std::slice::from_ref(&seen)).await;
    Ok(seen)
}

/// Stores what was just read. It is a convenience: if it can't be written, the next list shows less.
pub(crate) async fn keep(context: &Context, access: &Access, app: &AppId, seen: &[SeenBuild]) {
    // Stored builds belong to an account, and a key from the command line has none.
    if access.account.is_none() {
        return;
    }
    let now = context.clock.now();
    let known = seen.iter().filter_map(|build| build.known(now)).collect();
    if let Err(error) = context.store.keep_known_builds(app.clone(), access.account.clone(), known).await {
        tracing::warn!(%error, "the builds of an app are not kept for the next time");
    }
}

/// A group as a build names it.
pub(crate) fn group(group: BetaGroup) -> BuildGroup {
    BuildGroup {
        name: group.name.unwrap_or_else(|| group.id.to_string()),
        id: group.id.to_string(),
        internal: group.is_internal_group.unwrap_or_default(),
        automatic: group.has_access_to_all_builds.unwrap_or_default(),
    }
}
