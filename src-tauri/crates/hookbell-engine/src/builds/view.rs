//! A build as people see it: what was read, combined with what this computer knows about it.

use std::collections::HashMap;

use hookbell_asc::api::{
    build_beta_details::{ExternalBetaState, InternalBetaState},
    builds::ProcessingState,
};
use hookbell_core::{AppId, FeedbackKind, words::platform_name};
use hookbell_store::FeedbackCount;
use jiff::{SignedDuration, Timestamp};

use super::label::label;
use crate::{
    api::{Distribution, ListedBuild},
    seen_builds::SeenBuild,
};

const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Converts a build for people.
pub(super) fn listed(seen: SeenBuild, app: &AppId, around: &Around, now: Timestamp) -> ListedBuild {
    let expired = seen.expired || seen.expires_at.is_some_and(|at| at <= now);
    let processing = seen.processing.clone().map(ProcessingState::from);
    let internal = seen.internal.clone().map(InternalBetaState::from);
    let external = seen.external.clone().map(ExternalBetaState::from);
    let label = label(processing.as_ref(), expired, internal.as_ref(), external.as_ref());
    let id = seen.id.to_string();
    ListedBuild {
        app: app.to_string(),
        version: seen.version,
        number: seen.number.unwrap_or_default(),
        platform_label: seen.platform.as_deref().map(platform_name),
        platform: seen.platform,
        uploaded_at: seen.uploaded_at.map(|at| at.to_string()),
        expires_at: seen.expires_at.map(|at| at.to_string()),
        days_left: seen.expires_at.filter(|_| !expired).map(|at| days(now, at)),
        expired,
        processing: seen.processing,
        internal: seen.internal,
        external: seen.external,
        label: label.text,
        tone: label.tone,
        track: label.track,
        groups: seen.groups,
        crashes: around.count(&id, FeedbackKind::Crash),
        feedback: around.count(&id, FeedbackKind::Screenshot),
        uses_non_exempt_encryption: seen.uses_non_exempt_encryption,
        auto_notify: seen.auto_notify,
        audience: seen.audience,
        distribution: around.distributions.get(&id).cloned(),
        id,
    }
}

/// Whole days from now until then, rounded up.
fn days(now: Timestamp, then: Timestamp) -> u32 {
    let left = now.duration_until(then).max(SignedDuration::ZERO);
    let begun = if left.as_nanos() % ONE_DAY.as_nanos() == 0 { 0 } else { 1 };
    u32::try_from(left.as_nanos() / ONE_DAY.as_nanos() + begun).unwrap_or(u32::MAX)
}

/// What this computer knows about builds.
#[derive(Debug, Default)]
pub(super) struct Around {
    counts: Vec<FeedbackCount>,
    /// Each build's newest plan.
    distributions: HashMap<String, Distribution>,
}

impl Around {
    pub(super) fn new(counts: Vec<FeedbackCount>, plans: Vec<Distribution>) -> Self {
        let mut distributions = HashMap::new();
        // Plans are newest first.
        for plan in plans {
            if let Some(build) = &plan.build {
                distributions.entry(build.clone()).or_insert(plan);
            }
        }
        Self { counts, distributions }
    }

    fn count(&self, build: &str, kind: FeedbackKind) -> u32 {
        let of_build = |count: &&FeedbackCount| count.build_id.as_deref() == Some(build) && count.kind == kind;
        let all = self.counts.iter().filter(of_build).map(|count| count.all).sum::<u64>();
        u32::try_from(all).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_has_begun_counts() {
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        let of = |hours| days(now, now + SignedDuration::from_hours(hours));
        assert_eq!((of(1), of(24), of(25), of(-1)), (1, 1, 2, 0));
    }
}
