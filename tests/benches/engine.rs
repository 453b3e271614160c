//! The complete engine: it listens, stores, indexes and notifies, as in the app.

use std::{net::SocketAddr, path::Path, sync::Arc};

use hookbell_engine::{
    ClipboardError, GivenWebhook, Hookbell, Host, Notification, NotifyError, Options,
    api::{ListenerState, Push},
};

use crate::{Outcome, events};

/// The last segment of the payload URL.
pub const TOKEN: &str = "bench";

/// A desktop that shows every notification at once: the engine claims and shows them as usual, without involving
/// another program.
pub struct Willing;

impl Host for Willing {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        Ok(())
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}

/// Opens an engine on a data directory with one webhook, [`TOKEN`], signed with [`events::SECRET`].
pub async fn open(data_dir: &Path) -> Outcome<Hookbell> {
    let mut options = Options::new(data_dir.to_owned());
    options.port = Some(0);
    options.only = Some(GivenWebhook { token: Some(TOKEN.to_owned()), secret: events::secret() });
    Ok(Hookbell::open(options, Arc::new(Willing)).await?)
}

/// Starts it, and returns its listener's address.
pub async fn start(hookbell: &Hookbell) -> Outcome<SocketAddr> {
    hookbell.start();
    match hookbell.listener().await {
        ListenerState::Listening { port, .. } => Ok(([127, 0, 0, 1], port).into()),
        state => Err(format!("the engine does not listen: {state:?}").into()),
    }
}
