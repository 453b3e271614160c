//! The engine and a simulated App Store Connect: real sockets everywhere.

mod accounts;
mod all;
mod apps;
pub mod builds;
mod deliveries;
mod elsewhere;
mod halves;
mod kept;
mod pings;
mod webhooks;

use std::{path::Path, sync::Arc};

use hookbell_engine::{
    Pace,
    api::{
        Account, AddAccountRequest, ApiError, AppWebhook, AppWebhookRequest, AppWebhooksRequest,
        CreateAppWebhookRequest, PingReply, UpdateAppWebhookRequest,
    },
};
use hookbell_sim::{Config, Fault, FaultKind, Simulator};
use hookbell_vault::Vault;
use jiff::SignedDuration;
use serde_json::json;
use tempfile::TempDir;

use crate::studio::{Studio, long};

/// A studio with an account at its own simulator.
pub struct Desk {
    pub studio: Studio,
    pub simulator: Simulator,
    pub account: String,
}

impl Desk {
    /// Listening, with an account.
    pub async fn new() -> Self {
        Self::with(Vault::memory()).await
    }

    pub async fn with(vault: Vault) -> Self {
        Self::of(Studio::open_in(Arc::new(TempDir::new().unwrap()), vault).await).await
    }

    /// The same at another pace.
    pub async fn paced(pace: Pace) -> Self {
        Self::of(Studio::paced(Arc::new(TempDir::new().unwrap()), Vault::memory(), pace).await).await
    }

    async fn of(studio: Studio) -> Self {
        studio.start().await;
        let ahead = Arc::clone(&studio.ahead);
        let clock = Arc::new(move || jiff::Timestamp::now() + *ahead.lock().unwrap());
        let simulator = Simulator::start(Config { clock, ..Config::default() }).await.unwrap();
        let account = studio.hookbell.accounts().add(team_key(&simulator)).await.unwrap().id;
        Self { studio, simulator, account }
    }

    /// The first app's id.
    pub fn app(&self) -> String {
        self.simulator.state()["apps"][0]["id"].as_str().unwrap().to_owned()
    }

    pub fn form(&self) -> CreateAppWebhookRequest {
        CreateAppWebhookRequest {
            account: Some(self.account.clone()),
            app: self.app(),
            name: "Studio Mac".to_owned(),
            event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
            enabled: true,
            ..CreateAppWebhookRequest::default()
        }
    }

    pub async fn create(&self) -> AppWebhook {
        self.studio.hookbell.asc_webhooks().create(self.form()).await.unwrap()
    }

    pub fn one(&self, webhook: &AppWebhook) -> AppWebhookRequest {
        AppWebhookRequest { account: Some(self.account.clone()), id: webhook.id.clone() }
    }

    pub fn change(&self, id: &str) -> UpdateAppWebhookRequest {
        UpdateAppWebhookRequest {
            account: Some(self.account.clone()),
            id: id.to_owned(),
            ..UpdateAppWebhookRequest::default()
        }
    }

    pub async fn update(&self, change: UpdateAppWebhookRequest) -> Result<AppWebhook, ApiError> {
        self.studio.hookbell.asc_webhooks().update(change).await
    }

    pub async fn ping(&self, webhook: &AppWebhook) -> PingReply {
        self.studio.hookbell.asc_webhooks().ping(self.one(webhook)).await.unwrap()
    }

    /// The first app's webhooks as App Store Connect has them.
    pub async fn there(&self) -> Vec<AppWebhook> {
        let request = AppWebhooksRequest { account: Some(self.account.clone()), app: self.app() };
        self.studio.hookbell.asc_webhooks().of_app(request).await.unwrap().webhooks
    }

    /// Makes calls fail.
    pub fn fail(&self, operation: &str, kind: FaultKind, count: u32) {
        let operation = Some(operation.to_owned());
        self.simulator.add_fault(Fault { operation, kind, count: Some(count), ..Fault::default() }).unwrap();
    }

    /// How many local webhooks there are.
    pub async fn local(&self) -> usize {
        self.studio.hookbell.webhooks().list().await.unwrap().len()
    }

    /// Another program that talks to App Store Connect behind our back.
    pub fn elsewhere(&self) -> hookbell_asc::Client {
        client_of(&self.simulator, SignedDuration::ZERO)
    }
}

/// Another program's client for a simulator, with a clock that is this far ahead.
pub fn client_of(simulator: &Simulator, ahead: SignedDuration) -> hookbell_asc::Client {
    let ready = simulator.ready();
    let file = hookbell_asc::KeyFile::read(&ready.private_key_file).unwrap();
    let issuer = hookbell_core::IssuerId::new(ready.issuer_id.unwrap()).unwrap();
    let credential = hookbell_asc::Credential::team(file.key_id.unwrap(), issuer, file.key);
    let settings = hookbell_asc::ClientSettings::default();
    hookbell_asc::Client::new(ready.url.parse().unwrap(), credential, settings, move || jiff::Timestamp::now() + ahead)
        .unwrap()
}

pub fn team_key(simulator: &Simulator) -> AddAccountRequest {
    let ready = simulator.ready();
    AddAccountRequest {
        name: Some("Halden".to_owned()),
        key_file: ready.private_key_file.display().to_string(),
        key_id: None,
        issuer_id: ready.issuer_id,
        base_url: Some(ready.url),
    }
}

/// A secret as a form sends it; `None` for an empty word.
pub fn given(secret: &str) -> Option<hookbell_engine::api::GivenSecret> {
    let typed = if secret.is_empty() { String::new() } else { long(secret) };
    serde_json::from_value(json!(typed)).unwrap()
}

/// Whether any file below a folder contains this text.
pub fn is_in_files(folder: &Path, words: &str) -> bool {
    let has = |path: &Path| std::fs::read(path).unwrap().windows(words.len()).any(|window| window == words.as_bytes());
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => is_in_files(&path, words),
        false => has(&path),
    })
}

/// The account as it is listed.
pub async fn listed(desk: &Desk) -> Account {
    desk.studio.hookbell.accounts().list().await.unwrap().into_iter().find(|one| one.id == desk.account).unwrap()
}
