//! Accounts, webhooks and deliveries in the real window, against the simulated App Store Connect.

mod builds;
mod feedback;
mod issues;
mod pictures;
mod secrecy;
mod trouble;
mod whole_way;

use std::sync::Arc;

use hookbell_asc::{Client, ClientSettings, Credential, KeyFile, api::webhooks::WebhookChange};
use hookbell_core::{AscWebhookId, EventType, IssuerId, Secret};
use hookbell_sim::{Config, Emit, Ready, Sent, Simulator};
use hookbell_tests::{
    Error,
    notifications::Shown,
    wait::{self, SOON},
};
use serde_json::Value;

use crate::studio::{App, Studio};

/// The simulator's first app.
pub const BIRDS: &str = "Backyard Birds";

/// A desk with its own simulated App Store Connect.
pub struct Desk {
    pub studio: Studio,
    pub simulator: Simulator,
}

impl Desk {
    /// Sets up the desk; `None` if a program for it is not installed.
    pub async fn start() -> Result<Option<Self>, Error> {
        let Some(studio) = Studio::start().await? else { return Ok(None) };
        let simulator = Simulator::start(Config::default()).await.unwrap();
        Ok(Some(Self { studio, simulator }))
    }

    /// Opens the app and adds the simulator's account in its window.
    pub async fn open_app(&mut self) -> Result<App, Error> {
        let app = self.studio.open_app().await?;
        app.add_account("Halden", &self.simulator.ready()).await?;
        Ok(app)
    }

    /// A webhook in App Store Connect, by its name.
    pub fn there(&self, name: &str) -> Option<Value> {
        let webhooks = self.simulator.state()["webhooks"].take();
        webhooks.as_array().unwrap().iter().find(|webhook| webhook["name"] == name).cloned()
    }

    /// App Store Connect's id of a webhook.
    pub fn id_of(&self, name: &str) -> String {
        self.there(name).unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Makes something happen in App Store Connect, and returns the outcome of its one delivery.
    pub async fn emit(&self, event_type: EventType, through: &str) -> Sent {
        let emit = Emit::of(event_type).through(self.id_of(through));
        self.simulator.emit(emit).await.unwrap().remove(0)
    }

    /// The same while the receiver is asleep: the delivery fails.
    pub async fn emit_into_the_void(&self, event_type: EventType, through: &str) {
        let emit = Emit { deliver: false, ..Emit::of(event_type).through(self.id_of(through)) };
        self.simulator.emit(emit).await.unwrap();
    }

    /// Changes a webhook's secret in App Store Connect, as another holder of the same key could.
    pub async fn change_secret_behind_our_back(&self, name: &str) {
        let ready = self.simulator.ready();
        let file = KeyFile::read(&ready.private_key_file).unwrap();
        let issuer = IssuerId::new(ready.issuer_id.unwrap()).unwrap();
        let credential = Credential::team(file.key_id.unwrap(), issuer, file.key);
        let url = ready.url.parse().unwrap();
        let client = Client::new(url, credential, ClientSettings::default(), jiff::Timestamp::now).unwrap();
        let secret = Some(Secret::new("behind-our-back-4711").unwrap());
        let change = WebhookChange { secret, ..WebhookChange::default() };
        client.webhooks().update(&AscWebhookId::new(self.id_of(name)).unwrap(), &change).await.unwrap();
    }

    /// The next notification with this headline; earlier ones are skipped.
    pub async fn told(&mut self, headline: &str) -> Result<Arc<Shown>, Error> {
        loop {
            let shown = self.studio.notifications.next().await?;
            if shown.summary.contains(headline) {
                return Ok(shown);
            }
        }
    }
}

impl App {
    /// Adds an account at a simulator through the form.
    pub async fn add_account(&self, name: &str, ready: &Ready) -> Result<(), Error> {
        self.fill_account(name, ready).await?;
        self.session.click("button", "Add account").await?;
        self.session.find_none("dialog", "Add account").await?;
        self.session.find("button", &format!("More for {name}")).await.map(drop)
    }

    /// Opens and fills the form for an account, typing the path of the key file.
    pub async fn fill_account(&self, name: &str, ready: &Ready) -> Result<(), Error> {
        self.session.click("link", "Settings").await?;
        self.session.click("button", "Add account").await?;
        let key_file = ready.private_key_file.display().to_string();
        self.session.fill("textbox", "Key file", &key_file).await?;
        self.session.fill("textbox", "Issuer ID", ready.issuer_id.as_deref().unwrap()).await?;
        self.session.fill("textbox", "Name", name).await?;
        self.session.click("checkbox", "Use a simulator instead of App Store Connect").await?;
        self.session.fill("textbox", "Simulator address", &ready.url).await
    }

    /// Opens an app's webhooks, and waits for their heading.
    pub async fn open_webhooks_of(&self, app: &str) -> Result<(), Error> {
        self.session.click("link", "Webhooks").await?;
        self.session.click("option", app).await?;
        self.session.find("heading", app).await.map(drop)
    }

    /// Creates a webhook for the open app that sends to this computer, with this secret or a generated one.
    pub async fn create_app_webhook(&self, name: &str, secret: Option<&Secret>) -> Result<(), Error> {
        self.session.click("button", "New webhook").await?;
        self.session.fill("textbox", "Name", name).await?;
        if let Some(secret) = secret {
            self.choose_secret(secret).await?;
        }
        self.session.click("button", "Create webhook").await?;
        self.session.find_none("dialog", "New webhook").await?;
        self.session.find("listitem", name).await?;
        // The form itself sends a ping; it has ended when the next one can be sent.
        self.session.find_enabled("button", &format!("Test {name}")).await
    }

    /// Presses Test at a webhook and waits for the final message.
    pub async fn test(&self, webhook: &str, ends: &str) -> Result<(), Error> {
        let button = format!("Test {webhook}");
        self.session.click("button", &button).await?;
        self.session.find_enabled("button", &button).await?;
        self.session.wait_for_text(ends).await
    }

    /// Chooses an entry from a webhook's menu.
    pub async fn choose(&self, webhook: &str, entry: &str) -> Result<(), Error> {
        self.session.click("button", &format!("More for {webhook}")).await?;
        self.session.click("menuitem", entry).await
    }

    /// Waits until a row of the open table contains all of these words.
    pub async fn row(&self, words: &[&str]) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("a row with {words:?}"), async || {
            let rows = self.session.names("row").await.map_err(|error| error.to_string())?;
            let fits = |row: &String| words.iter().all(|word| row.contains(word));
            if rows.iter().any(fits) { Ok(()) } else { Err(format!("the rows are {rows:?}")) }
        })
        .await
    }
}
