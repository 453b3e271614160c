//! Whether a listener on this computer is still there.

use std::time::Duration;

use hookbell_ingress::tunnel::{ProbeOutcome, Prober};
use hookbell_store::Listening;

/// How long a listener on this computer may take to say who it is.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Whether the process that the row names is still there. Only that process knows the nonce.
pub(crate) async fn answers(row: &Listening) -> bool {
    let Some(prober) = Prober::new(ANSWER_WITHIN, &[]) else { return false };
    prober.probe(&row.url, &row.nonce).await.0 == ProbeOutcome::Reached
}
