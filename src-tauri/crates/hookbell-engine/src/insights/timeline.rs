//! The states of one app's versions and builds over time.

use std::collections::HashMap;

use hookbell_core::{
    EventKind,
    timeline::{Change, ReviewPace, Span, TimelineStage, end_sales, spans},
    words,
};
use hookbell_store::{Changed, ChangedThings, StateChange};
use jiff::Timestamp;

use super::{Days, Insights};
use crate::{
    api::{ApiError, AppTimeline, AppTimelineRequest, EventDetails, TimelineSpan, TimelineTrack},
    event_track::change,
};

/// The most versions, and the most builds, in one answer.
pub(super) const MAX_TRACKS: usize = 100;

pub(super) const VERSION_KINDS: &[EventKind] = &[EventKind::Version];
pub(super) const BUILD_KINDS: &[EventKind] = &[EventKind::Build, EventKind::Upload];

/// The track of one version or build.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) id: String,
    app_known: bool,
    pub(super) details: EventDetails,
    pub(super) spans: Vec<Span>,
}

impl Insights {
    /// The states of an app's versions and builds over time. For a webhook, those it delivered that name no app.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `app`, `days` or `timeZone`, or a store error.
    pub async fn app_timeline(&self, request: AppTimelineRequest) -> Result<AppTimeline, ApiError> {
        let now = self.context.clock.now();
        let since = Days::until(now, request.days, &request.time_zone)?.first();
        let subject = self.subject(request.app.as_deref(), request.webhook.as_deref()).await?;
        let (versions, builds) = tokio::try_join!(
            self.context.store.changed(subject.clone(), VERSION_KINDS, Timestamp::MIN, MAX_TRACKS),
            self.context.store.changed(subject, BUILD_KINDS, since, MAX_TRACKS),
        )?;
        let unnamed = request.app.is_none();
        let mut timeline = AppTimeline {
            from: since.to_string(),
            to: now.to_string(),
            more_versions: versions.more,
            more_builds: builds.more,
            versions: Vec::new(),
            builds: Vec::new(),
            pace: ReviewPace::default(),
        };
        let mut versions = tracks(versions, unnamed, |_, changed| changed.instance.clone());
        end_sales(versions.iter_mut().map(|track| (track.details.platform.as_deref(), &mut track.spans)));
        versions.retain(|track| track.spans.iter().any(|span| lasted_into(span, since)));
        timeline.pace = ReviewPace::of(versions.iter().map(|track| track.spans.as_slice()));
        timeline.versions = newest_first(versions);
        timeline.builds = newest_first(tracks(builds, unnamed, build_key));
        Ok(timeline)
    }
}

/// Whether a stage is visible at or after a moment. The last stage, `Over`, isn't.
fn lasted_into(span: &Span, since: Timestamp) -> bool {
    span.to.is_none_or(|to| to >= since)
        && (span.stage != TimelineStage::Over || span.from.is_none_or(|from| from >= since))
}

/// A track's key. An upload and its build share one if both name their version and build.
pub(super) fn build_key(details: &EventDetails, changed: &Changed) -> String {
    match (&details.version, &details.build) {
        (Some(version), Some(build)) => {
            format!("{version}\n{build}\n{}", details.platform.as_deref().unwrap_or_default())
        }
        _ => changed.instance.clone(),
    }
}

/// One track for all resources with the same key.
pub(super) fn tracks(
    found: ChangedThings,
    unnamed: bool,
    key: impl Fn(&EventDetails, &Changed) -> String,
) -> Vec<Track> {
    let mut order: Vec<String> = Vec::new();
    let mut lines: HashMap<String, (Track, Vec<Change>)> = HashMap::new();
    for changed in found.things {
        let (details, app_known) = newest_details(&changed.events);
        let key = key(&details, &changed);
        let (track, changes) = lines.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            (Track { id: changed.instance.clone(), app_known, details, spans: Vec::new() }, Vec::new())
        });
        track.app_known |= app_known;
        changes.extend(changed.events.into_iter().filter_map(change));
    }
    let drawn = order.into_iter().filter_map(|key| lines.remove(&key)).map(|(track, changes)| {
        let spans = spans(changes);
        Track { spans, ..track }
    });
    // If a later event names a resource's app, the resource belongs to that app.
    drawn.filter(|track| !track.spans.is_empty()).filter(|track| !(unnamed && track.app_known)).collect()
}

/// A resource's details, each from its newest event that has it; and whether its app is known.
fn newest_details(events: &[StateChange]) -> (EventDetails, bool) {
    let mut known = EventDetails::default();
    let read = |event: &StateChange| serde_json::from_value::<EventDetails>(event.details.clone()?).ok();
    for (newer, details) in events.iter().rev().filter_map(read).enumerate() {
        known.app = known.app.or(details.app);
        known.version = known.version.or(details.version);
        known.build = known.build.or(details.build);
        known.platform = known.platform.or(details.platform);
        if newer == 0 {
            known.trouble = details.trouble;
        }
    }
    let app_known = known.app.is_some();
    (known, app_known)
}

/// Sorts by when each track began, or by when its first known stage ended if the beginning is unknown.
fn newest_first(mut tracks: Vec<Track>) -> Vec<TimelineTrack> {
    tracks.sort_by_key(|track| {
        let first = track.spans.first();
        std::cmp::Reverse(first.and_then(|span| span.from.or(span.to)))
    });
    tracks.into_iter().map(timeline_track).collect()
}

fn timeline_track(track: Track) -> TimelineTrack {
    let Track { id, details, spans, .. } = track;
    TimelineTrack {
        id,
        version: details.version,
        build: details.build,
        platform: details.platform,
        spans: spans.into_iter().map(timeline_span).collect(),
        trouble: details.trouble,
    }
}

fn timeline_span(span: Span) -> TimelineSpan {
    TimelineSpan {
        stage: span.stage,
        state: words::state_name(Some(span.event_type), &span.state),
        from: span.from.map(|at| at.to_string()),
        to: span.to.map(|at| at.to_string()),
        exact: span.exact,
        seq: span.seq,
    }
}
