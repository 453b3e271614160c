//! The webhooks the listener answers for, with the secrets that are valid now.
//!
//! The table of webhooks is in the store, where other processes change it too; the secrets are in the
//! keychain. While the listener runs it holds its webhooks' secrets in memory, because a keychain
//! that locks itself overnight must not lose events. They are wiped when the webhook goes, the
//! rotation ends, or the listener stops.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use hookbell_core::{Secret, WebhookId};
use hookbell_ingress::listener::Credentials;
use hookbell_store::{Origin, Store, StoreError, Webhook};
use hookbell_vault::{Key, Vault};
use jiff::Timestamp;

use crate::api::{ApiError, ErrorCode};

/// One secret of a webhook.
#[derive(Debug, Clone)]
struct Held {
    generation: u32,
    secret: Secret,
    valid_until: Option<Timestamp>,
}

#[derive(Debug, Clone)]
struct Entry {
    webhook: WebhookId,
    secrets: Vec<Held>,
    trouble: Option<ApiError>,
}

/// The webhooks by the last segment of their path.
#[derive(Debug)]
pub(crate) struct Registry {
    store: Store,
    vault: Vault,
    entries: RwLock<HashMap<String, Entry>>,
    /// One refresh at a time, so that the keychain is asked once for each secret.
    refreshing: tokio::sync::Mutex<()>,
    given: Option<String>,
    /// Whether it stays empty: this process answers for nothing.
    idle: bool,
}

impl Registry {
    pub(crate) fn new(store: Store, vault: Vault) -> Self {
        Self {
            store,
            vault,
            entries: RwLock::default(),
            refreshing: tokio::sync::Mutex::default(),
            given: None,
            idle: false,
        }
    }

    /// A registry of a process that answers for nothing; the keychain is never asked.
    pub(crate) fn idle(store: Store, vault: Vault) -> Self {
        Self { idle: true, ..Self::new(store, vault) }
    }

    /// A registry of one webhook whose secret was given by hand; the keychain is never asked.
    pub(crate) fn of_given(store: Store, vault: Vault, token: String, webhook: WebhookId, secret: Secret) -> Self {
        let held = Held { generation: 0, secret, valid_until: None };
        let entry = Entry { webhook, secrets: vec![held], trouble: None };
        let entries = RwLock::new(HashMap::from([(token.clone(), entry)]));
        Self { given: Some(token), entries, ..Self::new(store, vault) }
    }

    /// What the listener needs to answer a path. No secrets at all means that they can't be read now.
    pub(crate) async fn credentials(&self, token: &str, now: Timestamp) -> Option<Credentials> {
        if let Some(found) = self.held(token, now) {
            return Some(found);
        }
        // Another process may have added it a moment ago, before word of it came.
        if self.given.is_none() && matches!(self.store.webhook_by_token(token).await, Ok(Some(_))) {
            let _ = self.refresh(now).await;
        }
        self.held(token, now)
    }

    fn held(&self, token: &str, now: Timestamp) -> Option<Credentials> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.get(token)?;
        let valid = |held: &&Held| held.valid_until.is_none_or(|until| now < until);
        let secrets = entry.secrets.iter().filter(valid).map(|held| held.secret.clone()).collect();
        Some(Credentials { webhook: entry.webhook.clone(), secrets })
    }

    /// Brings the table and the secrets up to date; asks the keychain only for what it doesn't hold.
    pub(crate) async fn refresh(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.given.is_some() || self.idle {
            return Ok(());
        }
        let _one_at_a_time = self.refreshing.lock().await;
        let mut fresh = HashMap::new();
        for webhook in self.store.webhooks().await? {
            if webhook.origin != Origin::Command {
                let entry = self.entry(&webhook, now).await?;
                fresh.insert(webhook.token, entry);
            }
        }
        *self.entries.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    async fn entry(&self, webhook: &Webhook, now: Timestamp) -> Result<Entry, StoreError> {
        let before = self.entries.read().unwrap_or_else(PoisonError::into_inner).get(&webhook.token).cloned();
        let known = before.map(|entry| entry.secrets).unwrap_or_default();
        let (mut secrets, mut trouble) = (Vec::new(), None);
        let mut generations = self.store.generations(&webhook.id, now).await?;
        if generations.is_empty() {
            // An earlier Hookbell noted a new webhook and its secret one after the other. Where it ended in
            // between, the keychain has the first secret and the store does not know it.
            match self.vault.get(&Key::webhook_secret(&webhook.id, 1)).await {
                Ok(Some(_)) if self.store.add_generation(&webhook.id, 1, now).await.is_ok() => {
                    generations = self.store.generations(&webhook.id, now).await?;
                }
                Ok(_) => trouble = Some(lost_secret()),
                Err(error) => trouble = Some(error.into()),
            }
        }
        for generation in generations {
            let number = generation.generation;
            let held = known.iter().find(|held| held.generation == number).map(|held| held.secret.clone());
            let secret = match held {
                Some(secret) => Ok(Some(secret)),
                None => self.vault.get(&Key::webhook_secret(&webhook.id, number)).await,
            };
            match secret {
                Ok(Some(secret)) => {
                    secrets.push(Held { generation: number, secret, valid_until: generation.valid_until });
                }
                Ok(None) if generation.valid_until.is_none() => trouble = Some(lost_secret()),
                Ok(None) => {}
                Err(error) => trouble = Some(error.into()),
            }
        }
        Ok(Entry { webhook: webhook.id.clone(), secrets, trouble })
    }

    /// What keeps a webhook from verifying now.
    pub(crate) fn trouble(&self, webhook: &WebhookId) -> Option<ApiError> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.values().find(|entry| entry.webhook == *webhook).and_then(|entry| entry.trouble.clone())
    }

    /// The first trouble with the keychain, if any webhook has one.
    pub(crate) fn keychain_trouble(&self) -> Option<ApiError> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let mut troubles = entries.values().filter_map(|entry| entry.trouble.clone());
        troubles.find(|trouble| trouble.code != ErrorCode::NotFound)
    }
}

fn lost_secret() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "this webhook's secret is not in the keychain any more",
        "rotate the secret, and enter the new one in App Store Connect",
    )
}
