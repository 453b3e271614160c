//! Waiting without guessed sleeps: poll until the condition holds or the time limit is reached.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::Error;

/// How long a test waits for something that should happen within a moment. Generous, because a loaded machine is no
/// failure; a passing test never waits this long.
pub const SOON: Duration = Duration::from_secs(60);

const PAUSE: Duration = Duration::from_millis(15);

/// Polls until there is a value.
///
/// # Errors
/// [`Error::Late`] with `what` after the limit, even if a single poll hangs.
pub async fn eventually<T>(
    limit: Duration,
    what: impl Into<String>,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Result<T, Error> {
    eventually_or_say(limit, what, async || look().await.ok_or_else(|| "it never came".to_owned())).await
}

/// Polls until there is a value; each failed poll says what was found instead.
///
/// # Errors
/// [`Error::Late`] with the last poll's message.
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
