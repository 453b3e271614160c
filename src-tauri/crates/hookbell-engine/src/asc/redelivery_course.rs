//! Progress of a redelivery of several: counted by the sending and the following side, and pushed on the way.

use super::AscWebhooks;
use crate::api::{ApiError, Push, RedeliveryOutcome, RedeliveryProgress, RedeliveryResult};

/// Progress: the counts, and the outcome of each.
pub(super) struct Course {
    pub(super) progress: RedeliveryProgress,
    /// The outcomes, one for each selected delivery.
    results: Vec<RedeliveryResult>,
}

impl Course {
    pub(super) fn new(total: usize, trouble: Option<ApiError>) -> Self {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        Self { progress: RedeliveryProgress { total, trouble, ..RedeliveryProgress::default() }, results: Vec::new() }
    }

    /// Records the outcome of one delivery.
    pub(super) fn note(&mut self, chosen: &[String], outcome: RedeliveryOutcome, trouble: Option<ApiError>) {
        let count = match outcome {
            RedeliveryOutcome::Accepted => &mut self.progress.accepted,
            RedeliveryOutcome::Refused => &mut self.progress.refused,
            RedeliveryOutcome::Arrived => &mut self.progress.arrived,
            RedeliveryOutcome::Failed => &mut self.progress.failed,
        };
        *count += 1;
        if trouble.is_some() {
            self.progress.trouble.clone_from(&trouble);
        }
        for delivery in chosen {
            let result = RedeliveryResult { delivery: delivery.clone(), outcome, trouble: trouble.clone() };
            self.results.retain(|before| before.delivery != *delivery);
            self.results.push(result.clone());
            self.progress.results.push(result);
        }
    }

    /// The final counts, with the outcome of each.
    pub(super) fn outcome(self) -> RedeliveryProgress {
        RedeliveryProgress { results: self.results, ..self.progress }
    }
}

impl AscWebhooks {
    /// Pushes the progress, with the results since the last push.
    pub(super) async fn push_progress(&self, course: &mut Course) {
        let progress = course.progress.clone();
        course.progress.results.clear();
        self.context.push(Push::Redelivery { progress }).await;
    }
}
