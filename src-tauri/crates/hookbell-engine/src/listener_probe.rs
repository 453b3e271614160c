//! Checks whether a listener on this computer still runs.

use std::time::Duration;

use hookbell_ingress::tunnel::{ProbeOutcome, Prober};
use hookbell_store::Listening;

/// How long a listener on this computer may take to identify itself.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Whether the process in this row still runs. Only that process knows the nonce.
pub(crate) async fn answers(row: &Listening) -> bool {
    let Some(prober) = Prober::new(ANSWER_WITHIN, &[]) else { return false };
    prober.probe(&row.url, &row.nonce).await.0 == ProbeOutcome::Reached
}
