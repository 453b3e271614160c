//! Both engines in a temporary folder, with a desktop that records what it shows.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use hookbell_core::{EventType, SIGNATURE_HEADER, Secret, Signature, fixture};
use hookbell_demo::{DemoHost, DemoPush, Engines};
use hookbell_engine::{
    ClipboardError, Host, Notification, NotifyError, Options, Pace,
    api::{AddWebhookRequest, ListenerState, Push, Webhook},
};
use hookbell_vault::Vault;
use tempfile::TempDir;

/// A recording desktop.
#[derive(Default)]
pub struct Desk {
    pub shown: Mutex<Vec<Notification>>,
    pub shown_of_demo: Mutex<Vec<Notification>>,
    /// The routes at which the other engine came to the front.
    pub fronts: Mutex<Vec<String>>,
}

impl Host for Desk {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.shown.lock().unwrap().push(notification.clone());
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

impl DemoHost for Desk {
    fn notify_of_demo(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.shown_of_demo.lock().unwrap().push(notification.clone());
        Ok(())
    }

    fn push_front(&self, push: &DemoPush) {
        let DemoPush::Front { route, .. } = push;
        self.fronts.lock().unwrap().push(route.clone());
    }
}

/// Everything one test needs.
pub struct Studio {
    pub folder: Arc<TempDir>,
    pub desk: Arc<Desk>,
    pub vault: Vault,
    pub engines: Engines,
}

impl Studio {
    pub async fn open() -> Self {
        Self::open_in(Arc::new(TempDir::new().unwrap()), Vault::memory()).await
    }

    /// New engines on the same folder and keychain, as after a restart or in a second process.
    pub async fn again(&self) -> Self {
        Self::open_in(Arc::clone(&self.folder), self.vault.clone()).await
    }

    async fn open_in(folder: Arc<TempDir>, vault: Vault) -> Self {
        // Patient enough for a busy machine.
        let pace = Pace { details: Duration::from_secs(9), picture: Duration::from_secs(8), ..Pace::default() };
        let options = Options { port: Some(0), vault: vault.clone(), pace, ..Options::new(folder.path().to_owned()) };
        let desk = Arc::<Desk>::default();
        let engines = Engines::open(options, Arc::clone(&desk) as Arc<dyn DemoHost>).await.unwrap();
        Self { folder, desk, vault, engines }
    }

    /// Opened, started, and listening.
    pub async fn listening() -> Self {
        let studio = Self::open().await;
        studio.start().await;
        studio
    }

    pub async fn start(&self) {
        self.engines.start();
        let state = self.engines.own().listener().await;
        assert!(matches!(state, ListenerState::Listening { .. }), "{state:?}");
    }

    /// Adds a webhook for the user's engine with a secret that the test knows.
    pub async fn webhook(&self, secret: &str) -> Webhook {
        let request = serde_json::json!({ "name": "Studio", "secret": secret });
        let request: AddWebhookRequest = serde_json::from_value(request).unwrap();
        self.engines.own().webhooks().add(request).await.unwrap()
    }
}

/// Signs a sample with its own id and posts it; returns the answer's status.
pub async fn post(url: &str, secret: &str, event_type: EventType, id: &str) -> u16 {
    let body = fixture::edit(fixture::body(event_type), &[fixture::Change::id(&id.parse().unwrap())]).unwrap();
    let signature = Signature::of(&Secret::new(secret).unwrap(), &body).to_string();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.post(url).header(SIGNATURE_HEADER, signature).body(body).send().await.unwrap().status().as_u16()
}

/// Polls until there is a value, for at most ten seconds.
pub async fn eventually<T>(what: &str, mut check: impl FnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "{what} did not come in time");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
