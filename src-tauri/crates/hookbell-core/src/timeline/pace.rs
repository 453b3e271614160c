//! How long reviews usually take.

use super::{Span, TimelineStage};

/// A length of time that was seen so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typical {
    /// The median in milliseconds.
    pub median_ms: i64,
    /// How many times.
    pub samples: usize,
}

/// How versions fared in review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    /// The time in the queue, each round by itself.
    pub waiting: Option<Typical>,
    /// The time in review, each round by itself.
    pub review: Option<Typical>,
    /// Versions that came out of a review.
    pub reviewed: usize,
    /// Those of them that were rejected.
    pub rejected: usize,
    /// How often the one was rejected that was most often.
    pub most_rejections: usize,
}

impl Pace {
    /// The pace of these versions. Only what was seen to begin counts, and only lengths whose end is known.
    #[must_use]
    pub fn of<'a>(versions: impl IntoIterator<Item = &'a [Span]>) -> Self {
        let (mut waiting, mut review, mut pace) = (Vec::new(), Vec::new(), Self::default());
        for spans in versions {
            let seen = || spans.iter().filter(|span| span.from.is_some());
            let of = |stage| seen().filter(move |span| span.stage == stage);
            waiting.extend(of(TimelineStage::Waiting).filter_map(length));
            review.extend(of(TimelineStage::InReview).filter_map(length));
            let rejections = of(TimelineStage::Rejected).count();
            let passed = seen().any(|span| matches!(span.stage, TimelineStage::Approved | TimelineStage::OnSale))
                || seen().any(|span| span.state == "PENDING_DEVELOPER_RELEASE");
            pace.reviewed += usize::from(passed || rejections > 0);
            pace.rejected += usize::from(rejections > 0);
            pace.most_rejections = pace.most_rejections.max(rejections);
        }
        pace.waiting = typical(waiting);
        pace.review = typical(review);
        pace
    }
}

fn length(span: &Span) -> Option<i64> {
    let (from, to) = span.from.zip(span.to)?;
    span.exact.then(|| to.as_millisecond() - from.as_millisecond())
}

fn typical(mut lengths: Vec<i64>) -> Option<Typical> {
    lengths.sort_unstable();
    Some(Typical { median_ms: quantile(&lengths, 0.5)?, samples: lengths.len() })
}

/// The value that a share of all do not exceed, out of sorted ones: the smallest with at least so many
/// at or below it (the nearest rank). `None` if there are none.
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
