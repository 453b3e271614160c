//! Waiting without sleeping for a guess: look again until it is there or the limit is reached.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::Error;

/// How long a test waits for what should come within a moment. Generous, as a loaded machine is no
/// failure; a test that passes never spends it.
pub const SOON: Duration = Duration::from_secs(60);

const PAUSE: Duration = Duration::from_millis(15);

/// Looks until there is something to see.
///
/// # Errors
/// [`Error::Late`] names `what` once the limit is over, even if a look itself hangs.
pub async fn eventually<T>(
    limit: Duration,
    what: impl Into<String>,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Result<T, Error> {
    eventually_or_say(limit, what, async || look().await.ok_or_else(|| "it never came".to_owned())).await
}

/// Looks until there is something to see; each look in vain says what was there instead.
///
/// # Errors
/// [`Error::Late`] with the words of the last look.
pub async fn eventually_or_say<T>(
    limit: Duration,
    what: impl Into<String>,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T, Error> {
    let end = Instant::now() + limit;
    let mut seen = None;
    loop {
        match timeout_at(end, look()).await {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(instead)) => seen = Some(instead),
            Err(_) => {}
        }
        if Instant::now() >= end {
            let seen = seen.unwrap_or_else(|| "the first look is still under way".to_owned());
            return Err(Error::Late { what: what.into(), limit, seen });
        }
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn looks_again_until_it_is_there() {
        let mut looks = 0;
        let found = eventually(SOON, "the third look", async || {
            looks += 1;
            (looks == 3).then_some("there")
        });
        assert_eq!(found.await.unwrap(), "there");
        assert_eq!(looks, 3);
    }

    #[tokio::test]
    async fn says_what_was_there_instead() {
        let limit = Duration::from_millis(40);
        let late = eventually_or_say(limit, "a cat", async || Err::<(), _>("there is a dog".to_owned())).await;
        assert_eq!(late.unwrap_err().to_string(), "waited 40ms for a cat; there is a dog");
    }

    #[tokio::test]
    async fn a_look_that_hangs_ends_at_the_limit() {
        let limit = Duration::from_millis(40);
        let late = eventually(limit, "nothing", async || std::future::pending::<Option<()>>().await).await;
        assert_eq!(late.unwrap_err().to_string(), "waited 40ms for nothing; the first look is still under way");
    }
}
