//! Everything that can be wrong, as facts. [`crate::status`] decides what they mean together.

use std::path::PathBuf;

use hookbell_core::WebhookId;
use jiff::Timestamp;

use crate::{
    api::{ApiError, ListenerState, TunnelState, TunnelStatus},
    host::NotifyError,
};

/// The facts that rooms keep up to date.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditions {
    pub(crate) listener: ListenerState,
    pub(crate) tunnel: Option<TunnelStatus>,
    pub(crate) keychain: Option<ApiError>,
    pub(crate) refusing: Vec<Refusing>,
    pub(crate) notifications: Option<NotifyError>,
    pub(crate) store: Option<String>,
    pub(crate) feedback: Option<String>,
    pub(crate) rules: Vec<TroubledRule>,
    pub(crate) settings: Option<ApiError>,
    pub(crate) set_aside: Option<PathBuf>,
    pub(crate) tray: Option<String>,
    pub(crate) paused_until: Option<Timestamp>,
    /// Until when event details aren't read, because a key's hourly limit is nearly used up.
    pub(crate) details_wait_until: Option<Timestamp>,
    pub(crate) unread: u64,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            listener: ListenerState::Starting,
            tunnel: None,
            keychain: None,
            refusing: Vec::new(),
            notifications: None,
            store: None,
            feedback: None,
            rules: Vec::new(),
            settings: None,
            set_aside: None,
            tray: None,
            paused_until: None,
            details_wait_until: None,
            unread: 0,
        }
    }
}

impl Conditions {
    /// The public payload URL of a path, while the listener runs.
    pub(crate) fn payload_url(&self, token: &str) -> Option<String> {
        let public = self.public_base().map(|base| format!("{base}/hooks/{token}"));
        public.or_else(|| self.local_url(token))
    }

    /// The same URL on this computer, bypassing the tunnel.
    pub(crate) fn local_url(&self, token: &str) -> Option<String> {
        match &self.listener {
            ListenerState::Listening { url, .. } | ListenerState::Elsewhere { url, .. } => {
                Some(format!("{url}/hooks/{token}"))
            }
            _ => None,
        }
    }

    /// The public address, if the tunnel leads here.
    pub(crate) fn public_base(&self) -> Option<String> {
        match &self.tunnel.as_ref()?.tunnel {
            TunnelState::Up { url, .. } => Some(url.clone()),
            _ => None,
        }
    }
}

/// A webhook that rejects deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusing {
    pub(crate) webhook: WebhookId,
    pub(crate) name: String,
    /// Why the last one was rejected.
    pub(crate) reason: String,
    /// When.
    pub(crate) last_at: Timestamp,
    /// Whether the person was notified.
    pub(crate) told: bool,
}

/// A rule that Hookbell had to skip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TroubledRule {
    pub(crate) name: String,
    /// Why, in a sentence.
    pub(crate) why: String,
}
