//! The tunnel, the webhooks that follow it, and missed events: a real listener, a scripted program, connections that
//! can be cut, and a simulated App Store Connect.

mod catch_up;
mod doctor;
mod tunnel;
mod way;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use hookbell_engine::{
    Pace, Rhythm,
    api::{AppWebhook, CreateAppWebhookRequest, SetTunnelRequest, Tunnel, TunnelState},
};
use hookbell_sim::{AddApps, Config, Emit, Simulator};
use hookbell_vault::Vault;
use tempfile::TempDir;

use crate::{
    asc::team_key,
    studio::{Studio, eventually},
};

/// Prints the address in a file, and again whenever it changes.
const COMMAND: &str = "while :; do now=$(cat \"$DIR/address\" 2>/dev/null); \
    [ \"$now\" = \"$last\" ] || { last=$now; echo \"$now\"; }; sleep 0.02; done";

/// Shortens a minute to a few hundredths of a second.
pub fn quick() -> Pace {
    Pace {
        tunnel: Rhythm {
            probe_every: Duration::from_millis(60),
            probe_timeout: Duration::from_millis(800),
            again_after: Duration::from_millis(30),
            misses: 2,
            address_within: Duration::from_secs(5),
            verified_within: Duration::from_secs(3),
            wait: (Duration::from_millis(20), Duration::from_millis(100)),
            steady: Duration::from_millis(500),
            grace: Duration::from_secs(2),
            watch_every: Duration::from_millis(50),
            ..Rhythm::default()
        },
        catch_up: Duration::from_secs(600),
        minute: Duration::from_secs(600),
        again: (Duration::from_millis(100), Duration::from_millis(400)),
        own_news: Duration::from_millis(20),
        ..Pace::default()
    }
}

/// A studio with an account, webhooks at App Store Connect, and a tunnel with a configurable destination.
pub struct Reach {
    pub studio: Studio,
    pub simulator: Simulator,
    pub account: String,
}

impl Reach {
    /// Listening, with an account, and no tunnel yet.
    pub async fn new() -> Self {
        let studio = Studio::paced(Arc::new(TempDir::new().unwrap()), Vault::memory(), quick()).await;
        studio.start().await;
        let ahead = Arc::clone(&studio.ahead);
        let clock = Arc::new(move || jiff::Timestamp::now() + *ahead.lock().unwrap());
        let simulator = Simulator::start(Config { clock, ..Config::default() }).await.unwrap();
        let account = studio.hookbell.accounts().add(team_key(&simulator)).await.unwrap().id;
        Self { studio, simulator, account }
    }

    /// The port of the listener.
    pub async fn port(&self) -> u16 {
        match self.studio.hookbell.listener().await {
            hookbell_engine::api::ListenerState::Listening { port, .. } => port,
            state => panic!("{state:?}"),
        }
    }

    /// Points the tunnel at an address from now on.
    pub fn lead_to(&self, url: &str) {
        std::fs::write(self.studio.folder.path().join("address"), url).unwrap();
    }

    /// Chooses the scripted tunnel, and waits until it is up at this address.
    pub async fn up_at(&self, url: &str) {
        self.lead_to(url);
        let dir = self.studio.folder.path().display().to_string();
        let fields = BTreeMap::from([
            ("command".to_owned(), COMMAND.replace("$DIR", &dir)),
            ("pattern".to_owned(), r"(http\S+)".to_owned()),
        ]);
        let request = SetTunnelRequest { provider: Some("custom".to_owned()), fields, ..SetTunnelRequest::default() };
        self.studio.hookbell.tunnels().set(request).await.unwrap();
        self.until_up(url).await;
    }

    pub async fn until_up(&self, url: &str) {
        self.until(|tunnel| matches!(&tunnel.tunnel, TunnelState::Up { url: known, .. } if known == url)).await;
    }

    /// Waits for a state of the tunnel.
    pub async fn until(&self, wanted: impl Fn(&Tunnel) -> bool) -> Tunnel {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        loop {
            let tunnel = self.studio.hookbell.tunnels().status().await.unwrap();
            if wanted(&tunnel) {
                return tunnel;
            }
            assert!(tokio::time::Instant::now() < deadline, "it did not come: {tunnel:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Makes this many webhooks, each for a new app.
    pub async fn webhooks(&self, count: usize) -> Vec<AppWebhook> {
        let add = serde_json::json!({ "count": count });
        let added = self.simulator.add_apps(&serde_json::from_value::<AddApps>(add).unwrap()).unwrap();
        let mut made = Vec::new();
        for (number, app) in added.into_iter().enumerate() {
            let request = CreateAppWebhookRequest {
                account: Some(self.account.clone()),
                app,
                name: format!("Webhook {number}"),
                event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
                enabled: true,
                ..CreateAppWebhookRequest::default()
            };
            made.push(self.studio.hookbell.asc_webhooks().create(request).await.unwrap());
        }
        made
    }

    /// An event happens, and is delivered or not.
    pub async fn happens(&self, webhook: &AppWebhook, deliver: bool) {
        let emit = serde_json::json!({
            "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": webhook.id, "deliver": deliver,
        });
        self.simulator.emit(serde_json::from_value::<Emit>(emit).unwrap()).await.unwrap();
    }

    /// The payload URLs in App Store Connect, by webhook id.
    pub fn urls(&self) -> BTreeMap<String, String> {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let state = self.simulator.state();
        let webhooks = state["webhooks"].as_array().unwrap().iter();
        webhooks.map(|webhook| (text(&webhook["id"]), text(&webhook["url"]))).collect()
    }

    /// Waits until all webhooks in App Store Connect point to an address.
    pub async fn all_under(&self, base: &str) {
        let under = || self.urls().values().all(|url| url.starts_with(&format!("{base}/hooks/"))).then_some(());
        eventually("the webhooks at the new address", under).await;
    }

    pub async fn stored(&self) -> usize {
        self.studio.hookbell.store().after(0, 10_000).await.unwrap().len()
    }

    pub async fn until_stored(&self, count: usize) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        while self.stored().await < count {
            assert!(tokio::time::Instant::now() < deadline, "{} of {count} are stored", self.stored().await);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
