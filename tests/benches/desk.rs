//! A private desktop with everything the app meets on a real one, and a webhook in its store.

use std::{
    env,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use hookbell_engine::{Hookbell, NoDesktop, Options};
use hookbell_tests::{
    app::Launch,
    desktop::Desktop,
    keyring::{Keyring, Lock},
    notifications::Notifications,
    skip,
    tray::Tray,
};
use serde_json::json;

use crate::{Outcome, events};

/// The argument that makes this program [`add_webhook`] and nothing else.
pub const ADD_WEBHOOK: &str = "add-webhook";

pub struct Desk {
    pub launch: Launch,
    pub tray: Tray,
    pub notifications: Notifications,
    /// The last segment of the webhook's payload URL.
    pub token: String,
    /// Where the app listens once it is started.
    pub address: SocketAddr,
    _keyring: Keyring,
    // Dropped last: everything above runs in it.
    pub desktop: Desktop,
}

impl Desk {
    /// Sets it up; `None`, said in a line, if a program for it is not installed.
    pub async fn start() -> Outcome<Option<Self>> {
        let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        // Free a moment ago, which is enough: nothing else here takes ports.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let launch = Launch::of_the_app(&desktop)?
            .arg("--hidden")
            .var("HOOKBELL_LOG", "info")
            .var("HOOKBELL_PORT", address.port().to_string());
        // The keyring is on the private bus, which only a program started there can reach.
        let mut adding = desktop.command(&env::current_exe()?);
        let added = adding.arg(ADD_WEBHOOK).arg(launch.data_dir()).output()?;
        if !added.status.success() {
            return Err(String::from_utf8_lossy(&added.stderr).into());
        }
        let token = String::from_utf8(added.stdout)?.trim().to_owned();
        let tray = Tray::start(&desktop).await?;
        let notifications = Notifications::start(&desktop).await?;
        Ok(Some(Self { launch, tray, notifications, token, address, _keyring: keyring, desktop }))
    }
}

/// Adds a webhook as the window would, with its secret in the keychain, and prints its token.
pub async fn add_webhook(data_dir: PathBuf) -> Outcome<()> {
    let hookbell = Hookbell::open(Options::new(data_dir), Arc::new(NoDesktop)).await?;
    let request = serde_json::from_value(json!({ "name": "Benchmark", "secret": events::SECRET }))?;
    hookbell.add_webhook(request).await.map_err(|error| format!("no webhook: {error:?}"))?;
    for webhook in hookbell.store().webhooks().await? {
        println!("{}", webhook.token);
    }
    hookbell.stop().await;
    Ok(())
}
