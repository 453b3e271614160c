//! How an upload ended, if Apple’s event didn’t report it: the upload failed, or App Store Connect has processed it and no
//! plan will report that. The user started the upload and is waiting for it, so no setting turns this off.

use std::collections::HashSet;

use hookbell_core::{
    Instance,
    words::{OwnNews, platform_name},
};
use hookbell_store::{
    DistributionQuery, DistributionState, Store, StoredDistribution, StoredUpload, UploadQuery, UploadStage,
};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact, known};
use crate::{
    api::{ApiError, EventDetails, NamedThing, NewsFact, UploadFailure},
    known_apps::KnownApps,
};

/// What App Store Connect calls uploads of builds.
pub(crate) const UPLOADS: &str = "buildUploads";

/// Older uploads are no longer news.
const STALE_AFTER: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Only the newest uploads are checked. Older ones were reported already, or are stale.
const MAX_UPLOADS: u32 = 50;

/// Enough to find the plans of those uploads.
const MAX_PLANS: u32 = 200;

pub(super) async fn look(store: &Store, now: Timestamp) -> Result<Found, ApiError> {
    let uploads = store.uploads(UploadQuery { app: None, open: false, limit: MAX_UPLOADS }).await?;
    let ended: Vec<_> = uploads.into_iter().filter(|upload| is_untold(upload, now)).collect();
    let mut found = Found::default();
    if ended.is_empty() {
        return Ok(found);
    }
    let planned = planned(store, &ended).await?;
    let apps = KnownApps::read(store).await?;
    found.told.extend(ended.into_iter().filter_map(|upload| match upload.stage {
        UploadStage::Failed => failed(&upload, &apps),
        _ if planned.contains(&upload.id) => None,
        _ => processed(&upload, &apps),
    }));
    Ok(found)
}

/// Whether an upload ended recently and no event reported it.
fn is_untold(upload: &StoredUpload, now: Timestamp) -> bool {
    let is_fresh = upload.ended_at.is_some_and(|at| now.duration_since(at) < STALE_AFTER);
    matches!(upload.stage, UploadStage::Failed | UploadStage::Done) && upload.told_by.is_none() && is_fresh
}

/// Uploads whose plan reports them when it ends. A plan that was stopped before the upload ended doesn’t.
async fn planned(store: &Store, uploads: &[StoredUpload]) -> Result<HashSet<i64>, ApiError> {
    let plans = store.distributions(DistributionQuery { limit: MAX_PLANS, ..DistributionQuery::default() }).await?;
    let tells = |plan: &StoredDistribution, upload: &StoredUpload| {
        plan.planned.upload == Some(upload.id)
            && (plan.state != DistributionState::Stopped || plan.ended_at > upload.ended_at)
    };
    let has_one = |upload: &&StoredUpload| plans.iter().any(|plan| tells(plan, upload));
    Ok(uploads.iter().filter(has_one).map(|upload| upload.id).collect())
}

fn failed(upload: &StoredUpload, apps: &KnownApps) -> Option<Told> {
    let failure: UploadFailure = serde_json::from_str(upload.failure.as_deref()?).ok()?;
    let details = details(upload, apps, vec![fact("What to do", &failure.hint), fact("File", &upload.build.file_name)]);
    Some(Told {
        // A retried upload may fail again.
        id: format!("hookbell-upload-failed-{}-{}", upload.id, upload.ended_at?.as_millisecond()),
        news: OwnNews::UploadFailed { build: known(&details), why: failure.message },
        instance: upload.asc_id.as_ref().map(|id| Instance { kind: UPLOADS.to_owned(), id: id.to_string() }),
        details,
    })
}

fn processed(upload: &StoredUpload, apps: &KnownApps) -> Option<Told> {
    let build = upload.build_id.as_ref()?;
    let details = details(upload, apps, vec![fact("File", &upload.build.file_name)]);
    Some(Told {
        id: format!("hookbell-build-processed-{}", upload.id),
        news: OwnNews::BuildProcessed { build: known(&details) },
        instance: Some(Instance { kind: "builds".to_owned(), id: build.to_string() }),
        details,
    })
}

fn details(upload: &StoredUpload, apps: &KnownApps, facts: Vec<NewsFact>) -> EventDetails {
    let build = &upload.build;
    let name = apps.all().into_iter().find(|app| app.id == build.app.as_str()).map(|app| app.name);
    EventDetails {
        app: name.map(|name| NamedThing { id: build.app.to_string(), name }),
        version: Some(build.version.clone()),
        build: Some(build.number.clone()),
        platform: Some(platform_name(&build.platform)),
        facts,
        ..EventDetails::default()
    }
}
