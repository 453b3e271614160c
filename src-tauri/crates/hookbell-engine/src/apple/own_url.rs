//! The payload URL at which App Store Connect reaches a webhook here.

use std::time::Duration;

use hookbell_asc::Client;
use hookbell_store::Listening;

use crate::{
    api::{ApiError, ListenerState},
    engine::Inner,
    listening::PORT,
    local_webhook::not_listening,
    options::DEFAULT_PORT,
};

/// How long a listener on this computer may take to say who it is.
const HEALTH: Duration = Duration::from_secs(2);

impl Inner {
    /// The payload URL of a path here, as the account's App Store Connect reaches it.
    pub(super) async fn own_url(&self, client: &Client, token: &str) -> Result<String, ApiError> {
        if !client.base().is_loopback() {
            let message = "App Store Connect sends only to https addresses, and this computer has none yet";
            return Err(ApiError::field("url", message, "give an https payload URL, such as that of a tunnel"));
        }
        Ok(format!("{}/hooks/{token}", self.listening_base().await?))
    }

    /// Where this data directory's listener is: here, in another process, or where it will be.
    async fn listening_base(&self) -> Result<String, ApiError> {
        if let ListenerState::Listening { url, .. } | ListenerState::Elsewhere { url, .. } =
            &self.conditions.borrow().listener
        {
            return Ok(url.clone());
        }
        if let Some(row) = self.store.listener().await?
            && answers(&row).await
        {
            return Ok(row.url);
        }
        let port = match self.options.port {
            Some(port) => port,
            None => self.store.setting(PORT).await?.unwrap_or(DEFAULT_PORT),
        };
        if port == 0 { Err(not_listening()) } else { Ok(format!("http://127.0.0.1:{port}")) }
    }
}

/// Whether the process that the row names is still there: only it knows the nonce.
async fn answers(row: &Listening) -> bool {
    let asked = async {
        let client = reqwest::Client::builder().no_proxy().timeout(HEALTH).build()?;
        client.get(format!("{}/healthz", row.url)).send().await?.text().await
    };
    asked.await.is_ok_and(|nonce: String| nonce == row.nonce)
}
