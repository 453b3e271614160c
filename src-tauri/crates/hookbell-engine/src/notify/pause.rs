//! Pauses notifications. The end is in the store, so it applies to every process and after a restart.

use hookbell_store::StoreError;
use jiff::Timestamp;

use super::Notifications;

/// The setting with the end of the pause.
pub(crate) const PAUSED_UNTIL_SETTING: &str = "pausedUntil";

impl Notifications {
    /// Holds notifications back until then.
    pub(crate) async fn pause_until(&self, until: Timestamp) -> Result<(), StoreError> {
        self.context.store.set_setting(PAUSED_UNTIL_SETTING, &until).await?;
        self.context.change(|conditions| conditions.paused_until = Some(until));
        Ok(())
    }

    /// Ends the pause.
    pub(crate) async fn end_pause(&self) -> Result<(), StoreError> {
        self.context.store.remove_setting(PAUSED_UNTIL_SETTING).await?;
        self.context.change(|conditions| conditions.paused_until = None);
        Ok(())
    }

    /// Ends the pause if its time is up.
    pub(super) async fn end_pause_when_due(&self) {
        let now = self.context.clock.now();
        if self.context.conditions.borrow().paused_until.is_some_and(|until| until <= now) {
            if let Err(error) = self.context.store.remove_setting(PAUSED_UNTIL_SETTING).await {
                tracing::warn!(%error, "the end of a pause could not be remembered");
            }
            self.context.change(|conditions| conditions.paused_until = None);
        }
    }
}
