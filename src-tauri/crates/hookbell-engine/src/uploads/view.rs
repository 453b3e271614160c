//! Uploads for the window and the command line.

use std::{collections::HashMap, path::Path, time::Instant};

use hookbell_core::words::platform_name;
use hookbell_store::{DistributionQuery, StoreError, StoredUpload, UploadStage};
use serde::de::DeserializeOwned;

use super::{Uploads, lock, progress::seconds_left};
use crate::{
    api::{ApiError, DistributionPlan, Upload, UploadTeller},
    asc_page,
    desktop::blocking,
    known_apps::KnownApps,
};

/// How many plans are searched for those of uploads.
const MAX_PLANS: u32 = 200;

impl Uploads {
    /// Converts uploads in their current state, keeping their order.
    pub(super) async fn shown(&self, stored: Vec<StoredUpload>) -> Result<Vec<Upload>, ApiError> {
        let apps = KnownApps::read(&self.context.store).await?;
        let plans = self.plans(&stored).await?;
        let open: Vec<_> = stored.iter().filter(|one| one.ended_at.is_none()).map(|one| one.id).collect();
        let data_dir = self.context.data_dir().clone();
        let active = blocking(move || active(&data_dir, open)).await?;
        let now = Instant::now();
        let show = |upload: StoredUpload| {
            let name = apps.all().into_iter().find(|app| app.id == upload.build.app.as_str()).map(|app| app.name);
            let plan = plans.get(&upload.id).cloned();
            let is_active = active.contains(&upload.id);
            self.one_shown(upload, name, plan, is_active, now)
        };
        Ok(stored.into_iter().map(show).collect())
    }

    /// The newest plan of each upload, with its id.
    async fn plans(&self, stored: &[StoredUpload]) -> Result<HashMap<i64, (i64, DistributionPlan)>, StoreError> {
        let mut plans = HashMap::new();
        if stored.is_empty() {
            return Ok(plans);
        }
        let query = DistributionQuery { limit: MAX_PLANS, ..DistributionQuery::default() };
        for plan in self.context.store.distributions(query).await? {
            if let (Some(upload), Ok(read)) = (plan.planned.upload, serde_json::from_str(&plan.planned.plan)) {
                // Plans are newest first.
                plans.entry(upload).or_insert((plan.id, read));
            }
        }
        Ok(plans)
    }

    fn one_shown(
        &self,
        upload: StoredUpload,
        app_name: Option<String>,
        plan: Option<(i64, DistributionPlan)>,
        active: bool,
        now: Instant,
    ) -> Upload {
        let size = unsigned(upload.build.size);
        let confirmed = match upload.stage {
            UploadStage::Committing | UploadStage::Processing | UploadStage::Done => size,
            _ => unsigned(upload.confirmed_bytes),
        };
        let speed = match upload.stage {
            UploadStage::Sending if !upload.paused => self.progress_of(upload.id).and_then(|one| one.speed(now)),
            _ => None,
        };
        let sent = speed.map_or(confirmed, |speed| speed.sent_bytes.clamp(confirmed, size.max(confirmed)));
        let bytes_per_second = speed.and_then(|speed| speed.bytes_per_second).filter(|_| upload.waits.is_none());
        let (distribution, plan) = plan.unzip();
        let told = upload.ended_at.is_some() && upload.committed_at.is_some();
        let page = upload
            .asc_id
            .as_ref()
            .and_then(|id| asc_page::of_upload(upload.build.app.as_str(), &upload.build.platform, id.as_str()));
        Upload {
            id: upload.id,
            app: upload.build.app.to_string(),
            app_name,
            account: upload.build.account.as_ref().map(ToString::to_string),
            platform_label: platform_name(&upload.build.platform),
            file_name: upload.build.file_name,
            platform: upload.build.platform,
            version: upload.build.version,
            number: upload.build.number,
            stage: upload.stage,
            paused: upload.paused,
            waits: document(upload.waits.as_deref()),
            size_bytes: size,
            confirmed_bytes: confirmed,
            sent_bytes: sent,
            parts: upload.part_count,
            confirmed_parts: upload.confirmed_parts,
            seconds_left: bytes_per_second.and_then(|speed| seconds_left(size.saturating_sub(sent), speed)),
            bytes_per_second,
            active,
            asc_id: upload.asc_id.map(|id| id.to_string()),
            build: upload.build_id.map(|id| id.to_string()),
            failure: document(upload.failure.as_deref()),
            warnings: document(upload.warnings.as_deref()).unwrap_or_default(),
            plan,
            distribution,
            told_by: told.then_some(UploadTeller { seq: upload.told_by }),
            page,
            started_at: upload.written_at.to_string(),
            committed_at: upload.committed_at.map(|at| at.to_string()),
            ended_at: upload.ended_at.map(|at| at.to_string()),
        }
    }
}

fn active(data_dir: &Path, mut open: Vec<i64>) -> Vec<i64> {
    open.retain(|id| lock::is_taken(data_dir, *id));
    open
}

/// Parses a stored JSON document; `None` if only another version can.
fn document<T: DeserializeOwned>(text: Option<&str>) -> Option<T> {
    serde_json::from_str(text?).ok()
}

/// A byte count from the store, which has no unsigned numbers.
pub(super) fn unsigned(bytes: i64) -> u64 {
    u64::try_from(bytes).unwrap_or_default()
}
