//! Turns single changes into consecutive stages.

use jiff::Timestamp;

use super::TimelineStage;
use crate::EventType;

/// One event about a version or a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its position in order of arrival, to tell simultaneous events apart and to find it again.
    pub seq: i64,
    /// What kind of change it reports.
    pub event_type: EventType,
    /// When it happened.
    pub at: Timestamp,
    /// The state before, in Apple's spelling.
    pub from: Option<String>,
    /// The state after, in Apple's spelling.
    pub to: String,
}

/// One stage, and how long it lasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The stage of the version or build.
    pub stage: TimelineStage,
    /// The type of event that reported it.
    pub event_type: EventType,
    /// Its last state, in Apple's spelling.
    pub state: String,
    /// When it started; `None` if that was before anything is known.
    pub from: Option<Timestamp>,
    /// When it ended; `None` while it lasts.
    pub to: Option<Timestamp>,
    /// Whether `to` is exact. If an event in between is missing, it is only the latest possible end.
    pub exact: bool,
    /// The event that started it; `None` for what preceded the first one.
    pub seq: Option<i64>,
}

/// The stages in these changes, earliest first.
///
/// The changes may come in any order and repeatedly: repetitions have no effect. If an event starts from another state
/// than the previous one ended in, an event is missing. Consecutive states of the same stage form one span.
#[must_use]
pub fn spans(changes: Vec<Change>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    let mut last: Option<Change> = None;
    for change in in_order(changes) {
        let Some(stage) = TimelineStage::of(change.event_type, &change.to) else { continue };
        // An upload and the resulting build each have separate states.
        let before = last.as_ref().filter(|last| last.event_type == change.event_type);
        if before.is_some_and(|last| is_told_again(last, &change)) {
            continue;
        }
        let missing = before.is_some_and(|last| change.from.as_ref().is_some_and(|from| *from != last.to));
        if all.is_empty() {
            all.extend(open_start(&change));
        }
        match all.last_mut() {
            Some(span) if span.stage == stage && !missing => span.state.clone_from(&change.to),
            span => {
                if let Some(span) = span {
                    span.to = Some(change.at);
                    span.exact = !missing;
                }
                all.push(Span {
                    stage,
                    event_type: change.event_type,
                    state: change.to.clone(),
                    from: Some(change.at),
                    to: None,
                    exact: true,
                    seq: Some(change.seq),
                });
            }
        }
        last = Some(change);
    }
    all
}

fn is_told_again(last: &Change, change: &Change) -> bool {
    change.to == last.to && (change.from.is_none() || change.from == last.from)
}

/// What preceded the first change.
fn open_start(first: &Change) -> Option<Span> {
    let state = first.from.as_ref()?;
    let stage = TimelineStage::of(first.event_type, state)?;
    Some(Span {
        stage,
        event_type: first.event_type,
        state: state.clone(),
        from: None,
        to: None,
        exact: true,
        seq: None,
    })
}

/// Sorts by time; simultaneous changes follow their predecessor's state.
fn in_order(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| (change.at, change.seq));
    let mut at = 0;
    while at < changes.len() {
        let moment = changes[at].at;
        let together = changes[at..].iter().take_while(|change| change.at == moment).count();
        let (before, rest) = changes.split_at_mut(at);
        chain(before.last().map(|change| change.to.as_str()), &mut rest[..together]);
        at += together;
    }
    changes
}

/// Chains simultaneous changes, starting with the one that continues from `state`, or with the one that no other leads
/// to. If there is none, they stay in order of arrival.
fn chain(state: Option<&str>, together: &mut [Change]) {
    let mut state = state.map(str::to_owned);
    for at in 0..together.len() {
        let rest = &mut together[at..];
        let goes_on = rest.iter().position(|change| change.from.is_some() && change.from == state);
        let begins = || {
            let leads = |from: &String| rest.iter().any(|other| other.to == *from);
            rest.iter().position(|change| change.from.as_ref().is_some_and(|from| !leads(from)))
        };
        if let Some(place) = goes_on.or_else(begins) {
            rest[..=place].rotate_right(1);
        }
        state = Some(rest[0].to.clone());
    }
}

/// Ends the sale of each version when the next one on its platform goes on sale, as Apple doesn't always report that.
/// `versions` has the platform and stages of each version.
pub fn end_sales<'a>(versions: impl IntoIterator<Item = (Option<&'a str>, &'a mut Vec<Span>)>) {
    let mut versions: Vec<_> = versions.into_iter().collect();
    let begun = |spans: &[Span]| {
        spans.iter().filter(|span| span.stage == TimelineStage::OnSale).filter_map(|span| span.from).collect::<Vec<_>>()
    };
    let sales: Vec<(Option<&str>, Vec<Timestamp>)> =
        versions.iter().map(|(platform, spans)| (*platform, begun(spans))).collect();
    for (own, (platform, spans)) in versions.iter_mut().enumerate() {
        let Some(last) = spans.last_mut().filter(|span| span.stage == TimelineStage::OnSale && span.to.is_none())
        else {
            continue;
        };
        let others = sales.iter().enumerate().filter(|(other, (of, _))| *other != own && of == platform);
        let later = others.flat_map(|(_, (_, begun))| begun).filter(|at| last.from.is_none_or(|from| **at > from));
        last.to = later.min().copied();
    }
}
