//! The proof that a public address leads to this very process: it answers with the nonce of this run.
//!
//! The request goes out like anybody else's, by name and over the network, and never follows a redirect. Of the
//! answer no more is read than the nonce could be long.

use std::{error::Error as _, time::Duration};

use jiff::Timestamp;
use reqwest::{Client, Response, redirect::Policy};
use tokio::time::Instant;

/// Longer than any nonce; what is longer is somebody else's.
const LONGEST: usize = 256;

/// What was met at the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This very process.
    Reached,
    /// Another process, which answers in its place with this status.
    Foreign(u16),
    /// A door on the way that finds nobody behind it, with the status it answers.
    Closed(u16),
    /// Nobody, and why.
    Silent(String),
}

/// One look at the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// When.
    pub at: Timestamp,
    /// What was met.
    pub outcome: Outcome,
    /// From sending to the whole answer, if there was one.
    pub took: Option<Duration>,
}

impl Outcome {
    /// The same in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Reached => "the public address led to this very app".to_owned(),
            Self::Foreign(status) => format!("another program answers at the public address ({status})"),
            Self::Closed(status) => format!("the way in finds nobody behind it ({status})"),
            Self::Silent(why) => format!("nobody answers at the public address: {why}"),
        }
    }
}

/// Makes proofs.
#[derive(Debug, Clone)]
pub struct Prover {
    client: Client,
}

impl Prover {
    /// One that waits for an answer so long. `None` if there is no HTTP stack, for instance without root certificates.
    #[must_use]
    pub fn new(timeout: Duration) -> Option<Self> {
        let builder = Client::builder()
            .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            // A proxy is a way that Apple does not take.
            .no_proxy()
            // A connection that is kept proves nothing about the next one.
            .pool_max_idle_per_host(0)
            .timeout(timeout);
        Some(Self { client: builder.build().ok()? })
    }

    /// Looks at `<base>/healthz` for this nonce: what was met, and how long the whole answer took, if there was one.
    pub async fn prove(&self, base: &str, nonce: &str) -> (Outcome, Option<Duration>) {
        let begun = Instant::now();
        let answer = self.client.get(format!("{base}/healthz")).header("cache-control", "no-cache").send().await;
        match answer {
            Ok(response) => (judge(response, nonce).await, Some(begun.elapsed())),
            Err(error) => (Outcome::Silent(root_cause(&error)), None),
        }
    }
}

async fn judge(mut response: Response, nonce: &str) -> Outcome {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while body.len() <= LONGEST {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return Outcome::Silent(root_cause(&error)),
        }
    }
    match status {
        200 if body == nonce.as_bytes() => Outcome::Reached,
        // 502 to 504 are a gateway's; 520 to 530 are Cloudflare's for an origin that is not there.
        502..=504 | 520..=530 => Outcome::Closed(status),
        _ => Outcome::Foreign(status),
    }
}

/// The innermost cause, which names the trouble and no URL.
fn root_cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(std::error::Error::source) {
        cause = Some(inner);
    }
    cause.map_or_else(|| "no cause is named".to_owned(), ToString::to_string)
}
