//! Copies addresses, a program's output, pictures, and a webhook's secret for a minute.
//!
//! A window lacks a clipboard on some systems, so everything it copies comes through here. A secret goes straight
//! from the keychain to the clipboard and never passes through the window.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use hookbell_core::Secret;

use crate::{
    api::{ApiError, CopyTextRequest, ErrorCode},
    context::Context,
    host::{ClipboardError, Host, Pixels},
};

/// The longest text that can be copied: enough for 500 lines of a tunnel's output.
const MAX_TEXT_BYTES: usize = 4 << 20;

/// The room of the clipboard.
#[derive(Debug)]
pub struct Clipboard {
    context: Context,
    /// How many secrets were copied.
    secrets: Arc<AtomicU64>,
}

impl Clipboard {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, secrets: Arc::default() }
    }

    /// Copies a text that the window shows.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] for more than 4 MiB, [`ErrorCode::Clipboard`].
    pub async fn copy_text(&self, request: CopyTextRequest) -> Result<(), ApiError> {
        if request.text.len() > MAX_TEXT_BYTES {
            return Err(ApiError::field("text", "this is too long for the clipboard", "copy part of it"));
        }
        self.copy(request.text).await
    }

    /// Copies a text that isn't secret.
    pub(crate) async fn copy(&self, text: String) -> Result<(), ApiError> {
        self.put(move |host| host.copy(&text, false)).await
    }

    /// Copies a picture.
    pub(crate) async fn copy_image(&self, image: Pixels) -> Result<(), ApiError> {
        self.put(move |host| host.copy_image(&image)).await
    }

    /// Copies a secret, and clears it from the clipboard after a minute or when Hookbell quits.
    pub(crate) async fn copy_secret(&self, secret: Secret) -> Result<(), ApiError> {
        let copied = secret.clone();
        self.put(move |host| host.copy(copied.expose(), true)).await?;
        let (context, secrets) = (self.context.clone(), Arc::clone(&self.secrets));
        let number = secrets.fetch_add(1, Ordering::Relaxed) + 1;
        self.context.tasks.spawn(async move {
            // Quitting ends the wait, so that no secret is left behind.
            context.unless_stopped(tokio::time::sleep(context.options.pace.clipboard)).await;
            // A later copy gets its own minute, even of the same secret.
            if secrets.load(Ordering::Relaxed) != number {
                return;
            }
            let host = Arc::clone(&context.host);
            let cleared = tokio::task::spawn_blocking(move || host.clear_clipboard(secret.expose())).await;
            if let Ok(Err(error)) = cleared {
                tracing::warn!(%error, "a secret could not be cleared from the clipboard");
            }
        });
        Ok(())
    }

    async fn put(
        &self,
        copy: impl FnOnce(&dyn Host) -> Result<(), ClipboardError> + Send + 'static,
    ) -> Result<(), ApiError> {
        let host = Arc::clone(&self.context.host);
        let copied = tokio::task::spawn_blocking(move || copy(&*host)).await;
        let refused = |message: &str| ApiError::new(ErrorCode::Clipboard, message, "try again");
        match copied {
            Ok(copied) => copied.map_err(|error| refused(&error.to_string())),
            Err(_) => Err(refused("the clipboard didn’t respond")),
        }
    }
}
