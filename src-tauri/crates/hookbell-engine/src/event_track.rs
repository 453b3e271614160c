//! The states of an event's version, build or upload so far, as a track of a few steps.

use hookbell_core::{
    EventKind, EventType,
    timeline::{Change, Span, TimelineStage, spans},
    words,
};
use hookbell_store::{StateChange, Store, StoreError, StoredEvent};
use jiff::Timestamp;

use crate::api::TrackStep;

/// The most steps, including the one that comes next. Earlier ones are folded into one.
const MAX_STEPS: usize = 5;

/// The steps, and the next state in words.
pub(crate) type Track = (Vec<TrackStep>, Option<String>);

/// The track of an event.
pub(crate) async fn of(store: &Store, event: &StoredEvent) -> Result<Track, StoreError> {
    let has_states = matches!(event.kind, EventKind::Version | EventKind::Build | EventKind::Upload);
    let Some(instance) = event.instance.as_ref().filter(|_| has_states) else { return Ok((Vec::new(), None)) };
    let changes = store.changes_of(event.kind, &instance.id).await?.events;
    let at = changes.iter().find(|change| change.seq == event.seq).map_or(Timestamp::MAX, |change| change.at);
    Ok(track(spans(changes.into_iter().filter_map(change).collect()), at))
}

/// The state change in one event; `None` if it names none.
pub(crate) fn change(event: StateChange) -> Option<Change> {
    let event_type = EventType::from_wire_name(event.type_name.as_deref()?)?;
    Some(Change { seq: event.seq, event_type, at: event.at, from: event.from, to: event.to? })
}

/// The steps of these spans. `at` is when the event happened.
fn track(spans: Vec<Span>, at: Timestamp) -> Track {
    let Some(last) = spans.last() else { return (Vec::new(), None) };
    let next = next_state(last);
    let here = spans.iter().rposition(|span| span.from.is_none_or(|from| from <= at)).unwrap_or_default();
    let most = MAX_STEPS - usize::from(next.is_some());
    let folded = if spans.len() > most { spans.len() - most + 1 } else { 0 };
    let (earlier, rest) = spans.split_at(folded);
    let first = fold(earlier, (here < folded).then_some(here));
    let rest = rest.iter().enumerate().map(|(number, span)| step(span, number + folded == here));
    (first.into_iter().chain(rest).collect(), next)
}

fn step(span: &Span, here: bool) -> TrackStep {
    TrackStep {
        state: words::state_name(Some(span.event_type), &span.state),
        importance: words::state_importance(span.event_type, &span.state),
        from: span.from.map(|at| at.to_string()),
        to: span.to.map(|at| at.to_string()),
        here,
    }
}

/// Folds several steps into one, named after the event's own state if that is among them, otherwise after the rounds
/// of review.
fn fold(spans: &[Span], here: Option<usize>) -> Option<TrackStep> {
    let (first, last) = spans.first().zip(spans.last())?;
    let rounds = spans.iter().filter(|span| span.stage == TimelineStage::Rejected).count();
    let named = step(here.map_or(last, |here| &spans[here]), here.is_some());
    let state = match (here, rounds) {
        (Some(_), _) | (None, 0) => named.state,
        (None, 1) => "Round 1, Rejected".to_owned(),
        (None, rounds) => format!("Rounds 1 to {rounds}, Rejected"),
    };
    Some(TrackStep { state, from: first.from.map(|at| at.to_string()), to: last.to.map(|at| at.to_string()), ..named })
}

/// The state that a version or build is heading for.
fn next_state(last: &Span) -> Option<String> {
    use TimelineStage as Stage;

    let goes_on = matches!(
        last.stage,
        Stage::Preparing
            | Stage::Processing
            | Stage::Waiting
            | Stage::InReview
            | Stage::Rejected
            | Stage::WaitingForYou
            | Stage::Approved
            | Stage::Ready
    );
    let goal = match last.event_type {
        EventType::AppStoreVersionAppVersionStateUpdated => "READY_FOR_DISTRIBUTION",
        EventType::BuildBetaDetailExternalBuildStateUpdated => "IN_BETA_TESTING",
        EventType::BuildUploadStateUpdated if last.stage != Stage::Ready => "COMPLETE",
        _ => return None,
    };
    goes_on.then(|| words::state_name(Some(last.event_type), goal))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn hour(number: usize) -> Timestamp {
        let noon: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
        noon + SignedDuration::from_hours(i64::try_from(number).unwrap())
    }

    /// A version that went through these states, an hour apart.
    fn version(states: &[&str]) -> Vec<Span> {
        let change = |(number, to): (usize, &&str)| Change {
            seq: i64::try_from(number).unwrap(),
            event_type: EventType::AppStoreVersionAppVersionStateUpdated,
            at: hour(number),
            from: number.checked_sub(1).map(|before| states[before].to_owned()),
            to: (*to).to_owned(),
        };
        spans(states.iter().enumerate().map(change).collect())
    }

    fn words((steps, next): Track) -> (Vec<String>, Option<String>) {
        let mark = |step: TrackStep| if step.here { format!("[{}]", step.state) } else { step.state };
        (steps.into_iter().map(mark).collect(), next)
    }

    const REVIEW: [&str; 4] = ["READY_FOR_REVIEW", "WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED"];

    #[test]
    fn a_track_goes_up_to_now_marks_the_event_and_names_what_comes_next() {
        let (steps, next) = words(track(version(&REVIEW[..3]), hour(1)));
        assert_eq!(steps.iter().filter(|step| step.starts_with('[')).count(), 1, "{steps:?}");
        assert_eq!(steps.last().map(String::as_str), Some("In Review"));
        assert_eq!(next.as_deref(), Some("Ready for Distribution"));
        assert_eq!(track(Vec::new(), hour(0)), (Vec::new(), None));
    }

    #[test]
    fn what_is_done_has_nothing_next_and_the_newest_event_stands_last() {
        let states = ["IN_REVIEW", "PENDING_DEVELOPER_RELEASE", "READY_FOR_DISTRIBUTION"];
        let (steps, next) = words(track(version(&states), hour(2)));
        assert_eq!((steps.last().map(String::as_str), next), (Some("[Ready for Distribution]"), None));
    }

    #[test]
    fn earlier_rounds_of_review_fold_into_the_first_of_at_most_five_steps() {
        let rounds = |count: usize| version(&REVIEW.repeat(count));
        let (steps, next) = words(track(rounds(2), hour(7)));
        assert_eq!(steps.len() + usize::from(next.is_some()), MAX_STEPS, "{steps:?}");
        assert_eq!(steps[0], "Round 1, Rejected");
        let (steps, _) = words(track(rounds(3), hour(11)));
        assert_eq!(steps[0], "Rounds 1 to 2, Rejected");
        // An event in a folded round is still the marked one.
        let (steps, _) = words(track(rounds(3), hour(2)));
        assert_eq!(steps[0], "[In Review]");
    }
}
