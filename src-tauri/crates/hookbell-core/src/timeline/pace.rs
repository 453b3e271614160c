//! How long reviews usually take.

use serde::Serialize;

use super::{Span, TimelineStage};

/// A length of time that was seen so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TypicalTime {
    /// The median.
    pub milliseconds: i64,
    /// How many times.
    pub samples: u32,
}

/// How versions fared in review. Only what was seen to begin and to end counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReviewPace {
    /// The time in the queue, each round by itself.
    pub waiting: Option<TypicalTime>,
    /// The time in review, each round by itself.
    pub review: Option<TypicalTime>,
    /// Versions that came out of a review.
    pub reviewed: u32,
    /// Those of them that were rejected.
    pub rejected: u32,
    /// How often the one was rejected that was most often.
    pub most_rejections: u32,
}

impl ReviewPace {
    /// The pace of these versions. Counts only what was seen to start, and only durations whose end is known.
    #[must_use]
    pub fn of<'a>(versions: impl IntoIterator<Item = &'a [Span]>) -> Self {
        let (mut waiting, mut review, mut pace) = (Vec::new(), Vec::new(), Self::default());
        for spans in versions {
            let seen = || spans.iter().filter(|span| span.from.is_some());
            let of = |stage| seen().filter(move |span| span.stage == stage);
            waiting.extend(of(TimelineStage::Waiting).filter_map(length));
            review.extend(of(TimelineStage::InReview).filter_map(length));
            let rejections = count(of(TimelineStage::Rejected));
            let passed = seen().any(|span| matches!(span.stage, TimelineStage::Approved | TimelineStage::OnSale))
                || seen().any(|span| span.state == "PENDING_DEVELOPER_RELEASE");
            pace.reviewed += u32::from(passed || rejections > 0);
            pace.rejected += u32::from(rejections > 0);
            pace.most_rejections = pace.most_rejections.max(rejections);
        }
        pace.waiting = typical(waiting);
        pace.review = typical(review);
        pace
    }
}

fn count(things: impl Iterator) -> u32 {
    u32::try_from(things.count()).unwrap_or(u32::MAX)
}

fn length(span: &Span) -> Option<i64> {
    let (from, to) = span.from.zip(span.to)?;
    span.exact.then(|| to.as_millisecond() - from.as_millisecond())
}

fn typical(mut lengths: Vec<i64>) -> Option<TypicalTime> {
    lengths.sort_unstable();
    Some(TypicalTime { milliseconds: quantile(&lengths, 0.5)?, samples: count(lengths.iter()) })
}

/// A percentile of sorted values by nearest rank: the smallest value with at least this share at or below it. `None` if
/// there are no values.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a length is within it, and lengths are far below 2^52"
)]
pub fn quantile<T: Copy>(sorted: &[T], share: f64) -> Option<T> {
    let rank = (share.clamp(0.0, 1.0) * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}
