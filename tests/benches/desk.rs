//! A private desktop with everything that the app needs on a real one, and a webhook in its store, with any number of
//! events.

use std::{
    env,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use hookbell_engine::{Hookbell, Options};
use hookbell_tests::{
    app::Launch,
    desktop::Desktop,
    keyring::{Keyring, Lock},
    notifications::Notifications,
    skip,
    tray::Tray,
};
use serde_json::json;

use crate::{
    Outcome, client, engine,
    events::{self, Events},
};

/// The argument that makes this program [`fill`] and nothing else.
pub const FILL: &str = "fill";

/// Starts the app without its window, as at login.
pub const HIDDEN: &str = "--hidden";

/// Connections that fill the store.
const CONNECTIONS: usize = 64;

pub struct Desk {
    pub launch: Launch,
    /// A minimal Tauri app, with its own data.
    pub bare: Launch,
    pub tray: Tray,
    pub notifications: Notifications,
    /// The last segment of the webhook's payload URL.
    pub token: String,
    /// The app's listener address once it is started.
    pub address: SocketAddr,
    _keyring: Keyring,
    // Dropped last: everything above runs in it.
    pub desktop: Desktop,
}

impl Desk {
    /// Sets it up with this many stored events; `None`, after printing a line, if a program for it is not installed.
    pub async fn start(events: usize) -> Outcome<Option<Self>> {
        let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        // Free a moment ago, which is enough: nothing else here takes ports.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let launch =
            Launch::of_the_app(&desktop)?.var("HOOKBELL_LOG", "info").var("HOOKBELL_PORT", address.port().to_string());
        let app = env::var_os("HOOKBELL_APP_BIN").ok_or("HOOKBELL_APP_BIN is the app that is measured")?;
        let bare = Path::new(&app).with_file_name("examples").join("bare");
        if !bare.is_file() {
            return Err(format!("{} was not built: cargo build --release --examples", bare.display()).into());
        }
        let bare = launch.clone().of(&bare);
        // The keyring is on the private bus, which only programs started there can reach.
        let mut filling = desktop.command(&env::current_exe()?);
        let filled = filling.arg(FILL).arg(launch.data_dir()).arg(events.to_string()).output()?;
        if !filled.status.success() {
            return Err(String::from_utf8_lossy(&filled.stderr).into());
        }
        let token = String::from_utf8(filled.stdout)?.trim().to_owned();
        let tray = Tray::start(&desktop).await?;
        let notifications = Notifications::start(&desktop).await?;
        Ok(Some(Self { launch, bare, tray, notifications, token, address, _keyring: keyring, desktop }))
    }
}

/// Adds a webhook as the window would, with its secret in the keychain, receives this many events through it, and
/// prints its token.
pub async fn fill(data_dir: PathBuf, events: usize) -> Outcome<()> {
    let options = Options { port: Some(0), ..Options::new(data_dir) };
    let hookbell = Hookbell::open(options, Arc::new(engine::Willing)).await?;
    let request = serde_json::from_value(json!({ "name": "Benchmark", "secret": events::SECRET }))?;
    hookbell.webhooks().add(request).await.map_err(|error| format!("no webhook: {error:?}"))?;
    let webhook = hookbell.store().webhooks().await?.pop().ok_or("the webhook is not there")?;
    if events > 0 {
        let address = engine::start(&hookbell).await?;
        let requests = Events::new(&webhook.token).requests(events);
        client::load(address, CONNECTIONS, requests, Duration::MAX).await?;
        hookbell.store().index_now().await?;
    }
    println!("{}", webhook.token);
    hookbell.stop().await;
    Ok(())
}
