//! Follows the store, for commands that print events until asked to end.

use std::time::Duration;

use hookbell_engine::Hookbell;
use hookbell_store::StoreError;

use crate::error::CliError;

/// How many events to read from the store at once.
pub(super) const EVENTS_PER_PAGE: u32 = 200;

/// Calls `look` now, on each change, and after the wait it returned; and a last time with `true`, once `end` has
/// resolved and work in flight is stored.
pub(super) async fn follow(
    hookbell: &Hookbell,
    end: impl Future<Output = ()>,
    mut look: impl AsyncFnMut(bool) -> Result<Option<Duration>, CliError>,
) -> Result<(), CliError> {
    let mut stored = hookbell.store().changes();
    let mut end = std::pin::pin!(end);
    loop {
        stored.mark_unchanged();
        let wait = look(false).await?;
        let timer = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // If the store is closed there is nothing to wait for.
            changed = stored.changed() => changed.map_err(|_| StoreError::Closed)?,
            () = timer => {}
            () = &mut end => {
                hookbell.finish().await;
                return look(true).await.map(drop);
            }
        }
    }
}
