//! Copying what a window shows: an address, a program's output, a line to type into a terminal. A window has no
//! clipboard of its own on every system, and secrets never come this way.

use crate::{
    Hookbell,
    api::{ApiError, CopyTextRequest},
};

/// The longest text that can be copied: 500 lines of a tunnel's output fit.
const MAX_TEXT_BYTES: usize = 4 << 20;

impl Hookbell {
    /// Puts a text that the window shows on the clipboard.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for more than 4 MiB, [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_text(&self, request: CopyTextRequest) -> Result<(), ApiError> {
        if request.text.len() > MAX_TEXT_BYTES {
            return Err(ApiError::field("text", "this is too long for the clipboard", "copy a part of it"));
        }
        self.inner.copy(request.text).await
    }
}
