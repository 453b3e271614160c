//! What is waiting now, and how long that usually takes here: each app's newest version and build on each platform.

use std::collections::HashMap;

use hookbell_core::{
    EventType,
    timeline::{Span, TimelineStage, end_sales, quantile},
};
use hookbell_store::Subject;
use jiff::{SignedDuration, Timestamp};

use super::{
    Insights,
    timeline::{BUILD_KINDS, MAX_TRACKS, Track, VERSION_KINDS, build_key, tracks},
};
use crate::api::{ApiError, EventDetails};

/// With fewer samples, nothing counts as usual.
const MIN_SAMPLES: usize = 3;

/// Nine out of ten took no longer than the usual time.
const USUAL_SHARE: f64 = 0.9;

/// How far back builds are read.
const BUILDS_SINCE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// A version or a build in a state that has to end.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) details: EventDetails,
    /// The resource's id in App Store Connect.
    pub(crate) instance: String,
    pub(crate) event_type: EventType,
    /// In Apple's spelling.
    pub(crate) state: String,
    pub(crate) since: Timestamp,
    /// The time within which nine out of ten were done; `None` if too few samples exist.
    pub(crate) usual: Option<SignedDuration>,
}

type Habits = HashMap<(EventType, TimelineStage), Vec<i64>>;

impl Insights {
    /// What is waiting now. A version or build superseded by a newer one doesn't count.
    pub(crate) async fn waits(&self, now: Timestamp) -> Result<Vec<Wait>, ApiError> {
        let apps = self.context.store.changed_apps().await?;
        let links = self.context.store.apple_webhooks().await?;
        let named = apps.named.into_iter().filter_map(|(id, _)| {
            let app = hookbell_core::AppId::new(id).ok()?;
            let webhooks = links.iter().filter(|link| link.app == app).map(|link| link.webhook.clone()).collect();
            Some(Subject::App { app, webhooks })
        });
        let unnamed = apps.unnamed.into_iter().map(Subject::Webhook);
        let (mut habits, mut newest) = (Habits::new(), Vec::new());
        for subject in named.chain(unnamed) {
            let is_unnamed = matches!(subject, Subject::Webhook(_));
            let since = now.saturating_sub(BUILDS_SINCE).unwrap_or(Timestamp::MIN);
            let store = &self.context.store;
            let versions = store.changed(subject.clone(), VERSION_KINDS, Timestamp::MIN, MAX_TRACKS).await?;
            let builds = store.changed(subject, BUILD_KINDS, since, MAX_TRACKS).await?;
            let mut versions = tracks(versions, is_unnamed, |_, changed| changed.instance.clone());
            end_sales(versions.iter_mut().map(|track| (track.details.platform.as_deref(), &mut track.spans)));
            for all in [versions, tracks(builds, is_unnamed, build_key)] {
                all.iter().for_each(|track| learn(&mut habits, &track.spans));
                newest.extend(newest_of_each_platform(all));
            }
        }
        Ok(newest.into_iter().filter_map(|track| wait(track, &habits)).collect())
    }
}

fn learn(habits: &mut Habits, spans: &[Span]) {
    for span in spans.iter().filter(|span| span.exact) {
        let Some((from, to)) = span.from.zip(span.to) else { continue };
        let lengths = habits.entry((span.event_type, span.stage)).or_default();
        lengths.push(to.as_millisecond() - from.as_millisecond());
    }
}

fn newest_of_each_platform(tracks: Vec<Track>) -> impl Iterator<Item = Track> {
    let mut newest: HashMap<Option<String>, Track> = HashMap::new();
    let begun = |track: &Track| track.spans.first().and_then(|span| span.from.or(span.to));
    for track in tracks {
        let platform = track.details.platform.clone();
        if newest.get(&platform).is_none_or(|known| begun(known) < begun(&track)) {
            newest.insert(platform, track);
        }
    }
    newest.into_values()
}

fn wait(track: Track, habits: &Habits) -> Option<Wait> {
    let last = track.spans.last().filter(|span| span.to.is_none() && is_waiting(span))?;
    let usual =
        habits.get(&(last.event_type, last.stage)).filter(|lengths| lengths.len() >= MIN_SAMPLES).and_then(|lengths| {
            let mut sorted = lengths.clone();
            sorted.sort_unstable();
            quantile(&sorted, USUAL_SHARE).map(SignedDuration::from_millis)
        });
    Some(Wait {
        event_type: last.event_type,
        state: last.state.clone(),
        since: last.from?,
        usual,
        instance: track.id,
        details: track.details,
    })
}

/// Whether this state has to end. What the team prepares, tests or sells may last as long as they like.
fn is_waiting(span: &Span) -> bool {
    use TimelineStage as Stage;

    match span.stage {
        Stage::Processing | Stage::Waiting | Stage::InReview | Stage::WaitingForYou | Stage::Approved => true,
        // Approved for testers, but not yet given to any.
        Stage::Ready => span.state == "READY_FOR_BETA_TESTING",
        Stage::Preparing
        | Stage::Rejected
        | Stage::Failed
        | Stage::OnSale
        | Stage::Testing
        | Stage::OffSale
        | Stage::Over
        | Stage::Other => false,
    }
}
