//! Commands about the overall state: read it, and act on it.
//!
//! Each command returns the resulting state. If it returned the earlier one, that could reach a window after the push
//! of the new state and stay there.

use std::sync::Arc;

use jiff::ToSpan;

use crate::{
    api::{ApiError, PauseRequest, Push, Status},
    context::Context,
    intake::Intake,
    listener_handle::{ListenerHandle, Wish},
    notify::Notifications,
    status::status,
};

/// The room of the overall state.
#[derive(Debug)]
pub struct Overview {
    context: Context,
    listener: Arc<ListenerHandle>,
    intake: Arc<Intake>,
    notifications: Arc<Notifications>,
}

impl Overview {
    pub(crate) fn new(
        context: Context,
        listener: Arc<ListenerHandle>,
        intake: Arc<Intake>,
        notifications: Arc<Notifications>,
    ) -> Self {
        Self { context, listener, intake, notifications }
    }

    /// Notifies the window and the tray of every change, until the engine stops.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut conditions = self.context.conditions.subscribe();
        while self.context.unless_stopped(conditions.changed()).await.is_some_and(|changed| changed.is_ok()) {
            self.context.push(Push::Status { status: Box::new(status(&self.context)) }).await;
        }
    }

    /// The overall state.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn status(&self) -> Result<Status, ApiError> {
        Ok(status(&self.context))
    }

    /// Holds notifications back for a while. Events that arrive in the meantime are shown afterwards.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for 0 or more than 1440 minutes.
    pub async fn pause(&self, request: PauseRequest) -> Result<Status, ApiError> {
        if !(1..=1440).contains(&request.minutes) {
            return Err(ApiError::field("minutes", "choose 1 to 1440 minutes", "pause again when it ends"));
        }
        let now = self.context.clock.now();
        let until = now.saturating_add(i64::from(request.minutes).minutes()).unwrap_or(now);
        self.notifications.pause_until(until).await?;
        self.status().await
    }

    /// Ends the pause.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn resume(&self) -> Result<Status, ApiError> {
        self.notifications.end_pause().await?;
        self.status().await
    }

    /// Tries to listen again now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotListening`] if the engine is not running.
    pub async fn retry_listener(&self) -> Result<Status, ApiError> {
        self.listener.order(Wish::Again).await?;
        self.status().await
    }

    /// Asks the person to unlock the keychain, and reads the secrets that waited for it. The result is in the status.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn unlock_keychain(&self) -> Result<Status, ApiError> {
        self.intake.unlock_keychain().await;
        self.status().await
    }

    /// Dismisses a message that needs no action: a damaged database was set aside, or there is no tray icon.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn dismiss_trouble(&self) -> Result<Status, ApiError> {
        self.context.change(|conditions| match conditions.set_aside {
            Some(_) => conditions.set_aside = None,
            None => conditions.tray = None,
        });
        self.status().await
    }

    /// Records that this desktop shows no tray icon, and what the person can do about it: a sentence without its full
    /// stop.
    pub fn tray_is_absent(&self, hint: &str) {
        self.context.change(|conditions| conditions.tray = Some(hint.to_owned()));
    }
}
