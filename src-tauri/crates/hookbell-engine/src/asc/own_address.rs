//! The payload URL at which App Store Connect reaches a webhook here.

use hookbell_asc::Client;

use super::AscWebhooks;
use crate::{
    api::{ApiError, ListenerState, TunnelState},
    listener_probe,
    tunnel::{self, Chosen, tunnel_down},
};

/// The setting with the address at which all our webhooks were last seen, so that a start at the same address needs
/// no requests to App Store Connect.
pub(crate) const IN_PLACE_SETTING: &str = "webhooksAt";

impl AscWebhooks {
    /// The payload URL for a path here, as seen by the account's App Store Connect.
    pub(super) async fn own_url(&self, client: &Client, token: &str) -> Result<String, ApiError> {
        Ok(format!("{}/hooks/{token}", self.own_base(client).await?))
    }

    /// The same, for handing to App Store Connect. Its address is remembered, so that we recognize the webhook as
    /// ours after the address changes.
    pub(super) async fn claim_url(&self, client: &Client, token: &str) -> Result<String, ApiError> {
        let base = self.own_base(client).await?;
        self.context.store.add_payload_base(&base, self.context.clock.now()).await?;
        // Now not all of them are at the address that was last known to be right for all.
        if self.context.store.setting::<String>(IN_PLACE_SETTING).await?.is_some_and(|good| good != base) {
            self.context.store.remove_setting(IN_PLACE_SETTING).await?;
        }
        Ok(format!("{base}/hooks/{token}"))
    }

    /// The address at which the account's App Store Connect reaches this computer: the tunnel's, or the listener's if
    /// App Store Connect is itself simulated here and no tunnel is wanted.
    pub(crate) async fn own_base(&self, client: &Client) -> Result<String, ApiError> {
        let loopback = client.base().is_loopback();
        if Chosen::read(&self.context.store).await?.running().is_some() {
            let (status, _) = tunnel::now(&self.context).await?;
            return match status.map_or(TunnelState::Off, |status| status.tunnel) {
                TunnelState::Up { url, .. } if loopback || url.starts_with("https://") => Ok(url),
                TunnelState::Up { url, .. } => {
                    let message = format!("App Store Connect sends only to https addresses, and the tunnel’s is {url}");
                    Err(ApiError::field(
                        "url",
                        message,
                        "choose a tunnel with https, or put an https proxy in front of it",
                    ))
                }
                other => Err(tunnel_down(&other)),
            };
        }
        if !loopback {
            let message = "App Store Connect sends only to https addresses, and this computer doesn’t have one yet";
            return Err(ApiError::field("url", message, "set up a tunnel, or enter an https payload URL of your own"));
        }
        self.listening_base().await
    }

    /// The address of this data directory's listener: in this process, in another one, or where it will be.
    async fn listening_base(&self) -> Result<String, ApiError> {
        if let ListenerState::Listening { url, .. } | ListenerState::Elsewhere { url, .. } =
            &self.context.conditions.borrow().listener
        {
            return Ok(url.clone());
        }
        if let Some(row) = self.context.store.listener().await?
            && listener_probe::answers(&row).await
        {
            return Ok(row.url);
        }
        let port = match self.context.options.port {
            Some(port) => port,
            None => self.settings.read().await?.in_force().port,
        };
        if port == 0 { Err(ApiError::not_listening()) } else { Ok(format!("http://127.0.0.1:{port}")) }
    }
}
