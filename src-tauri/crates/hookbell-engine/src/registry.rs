//! The webhooks that the listener serves, with their currently valid secrets.
//!
//! The table of webhooks is in the store, where other processes change it too; the secrets are in the keychain. While
//! the listener runs it holds its webhooks' secrets in memory, because a keychain that locks itself overnight must
//! not lose events. They are wiped when the webhook is removed, the rotation ends, or the listener stops.
//!
//! The keychain may be slow, so the table and the secrets are loaded separately: a webhook is known at once, and
//! answers that it can't verify yet until its secret is loaded. No read from here shows a dialog.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};

use futures_util::future::join_all;
use hookbell_core::{Secret, WebhookId};
use hookbell_ingress::listener::Credentials;
use hookbell_store::{Generation, Origin, Store, StoreError};
use hookbell_vault::{Key, VaultError};
use jiff::Timestamp;

use crate::{
    api::{ApiError, ErrorCode},
    keychain::Keychain,
};

/// How long a request waits for the first read of its webhook's secrets, which usually takes a few tenths of a
/// second.
const FIRST_READING: Duration = Duration::from_secs(1);

/// A webhook's first secret.
const FIRST: Generation = Generation { generation: 1, valid_until: None };

/// A webhook and the generation of one of its secrets.
type Slot = (WebhookId, u32);

#[derive(Debug)]
struct Entry {
    webhook: WebhookId,
    generations: Vec<Generation>,
    /// Whether the store records no secret. An earlier Hookbell recorded a new webhook and its secret in two steps;
    /// if it ended in between, the keychain still has the first secret.
    is_unnoted: bool,
}

#[derive(Debug, Default)]
struct Table {
    /// By the last segment of their path.
    webhooks: HashMap<String, Entry>,
    /// The result of reading each valid secret, if it was read.
    secrets: HashMap<Slot, Read>,
}

/// The result of reading a secret.
#[derive(Debug)]
enum Read {
    Found(Secret),
    /// The keychain doesn't have it.
    Lost,
    Failed(ApiError),
}

impl Entry {
    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.generations.iter().map(|one| (self.webhook.clone(), one.generation))
    }

    fn has(&self, slot: &Slot) -> bool {
        self.webhook == slot.0 && self.generations.iter().any(|one| one.generation == slot.1)
    }
}

impl Table {
    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.webhooks.values().flat_map(Entry::slots)
    }
}

/// The webhooks and their secrets.
#[derive(Debug)]
pub(crate) struct Registry {
    store: Store,
    keychain: Keychain,
    table: RwLock<Table>,
    /// Serializes reads of the store, so that an older one never replaces a newer one.
    refreshing: tokio::sync::Mutex<()>,
    /// Serializes reads of the keychain, so that it is asked once for each secret.
    reading: tokio::sync::Mutex<()>,
    given: Option<Credentials>,
    /// The path of the given webhook.
    given_token: Option<String>,
    /// Whether it stays empty, because this process serves no webhook.
    idle: bool,
}

impl Registry {
    pub(crate) fn new(store: Store, keychain: Keychain) -> Self {
        Self {
            store,
            keychain,
            table: RwLock::default(),
            refreshing: tokio::sync::Mutex::default(),
            reading: tokio::sync::Mutex::default(),
            given: None,
            given_token: None,
            idle: false,
        }
    }

    /// A registry for a process that serves no webhook; the keychain is never asked.
    pub(crate) fn idle(store: Store, keychain: Keychain) -> Self {
        Self { idle: true, ..Self::new(store, keychain) }
    }

    /// A registry for one webhook whose secret was given by hand; the keychain is never asked.
    pub(crate) fn of_given(
        store: Store,
        keychain: Keychain,
        token: String,
        webhook: WebhookId,
        secret: Secret,
    ) -> Self {
        let given = Some(Credentials { webhook, secrets: [secret].into(), complete: true });
        Self { given, given_token: Some(token), ..Self::new(store, keychain) }
    }

    /// What the listener needs to answer a path. No secrets at all means that they can't be read now.
    pub(crate) async fn credentials(&self, token: &str, now: Timestamp) -> Option<Credentials> {
        if self.given.is_some() {
            return self.given.clone().filter(|_| self.given_token.as_deref() == Some(token));
        }
        // Another process may have added it a moment ago, and we haven't been notified yet.
        if !self.is_known(token) && matches!(self.store.webhook_by_token(token).await, Ok(Some(_))) {
            let _ = self.take_over(now).await;
        }
        if self.has_unasked_of(token) {
            let _ = tokio::time::timeout(FIRST_READING, self.read_secrets(now)).await;
        }
        self.held(token, now)
    }

    fn held(&self, token: &str, now: Timestamp) -> Option<Credentials> {
        let table = self.table();
        let entry = table.webhooks.get(token)?;
        let (mut secrets, mut complete) = (Vec::new(), true);
        for one in entry.generations.iter().filter(|one| one.valid_until.is_none_or(|until| now < until)) {
            match table.secrets.get(&(entry.webhook.clone(), one.generation)) {
                Some(Read::Found(secret)) => secrets.push(secret.clone()),
                Some(Read::Lost) => {}
                Some(Read::Failed(_)) | None => complete = false,
            }
        }
        Some(Credentials { webhook: entry.webhook.clone(), secrets: secrets.into(), complete })
    }

    /// Updates the table and the secrets, within the keychain's deadline.
    pub(crate) async fn refresh(&self, now: Timestamp) -> Result<(), StoreError> {
        self.take_over(now).await?;
        self.read_secrets(now).await;
        Ok(())
    }

    /// Updates the table. The keychain isn't asked.
    pub(crate) async fn take_over(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.given.is_some() || self.idle {
            return Ok(());
        }
        let _one_at_a_time = self.refreshing.lock().await;
        let mut webhooks = HashMap::new();
        for webhook in self.store.webhooks().await? {
            if webhook.origin != Origin::Command {
                let mut generations = self.store.generations(&webhook.id, now).await?;
                let is_unnoted = generations.is_empty();
                if is_unnoted {
                    generations.push(FIRST);
                }
                webhooks.insert(webhook.token, Entry { webhook: webhook.id, generations, is_unnoted });
            }
        }
        let mut table = self.table_mut();
        table.webhooks = webhooks;
        let Table { webhooks, secrets } = &mut *table;
        secrets.retain(|slot, _| webhooks.values().any(|entry| entry.has(slot)));
        Ok(())
    }

    /// Reads the missing secrets from the keychain, all concurrently, so that the wait is a single deadline long.
    /// Secrets that a slow keychain didn't return in time are requested again as long as others could be read.
    pub(crate) async fn read_secrets(&self, now: Timestamp) {
        let _one_at_a_time = self.reading.lock().await;
        loop {
            let missing = self.missing();
            let reads = missing.iter().map(async |(webhook, number)| {
                let key = Key::webhook_secret(webhook, *number);
                self.keychain.get_quietly(&key).await
            });
            let read = join_all(reads).await;
            let late = read.iter().any(|read| matches!(read, Err(VaultError::TimedOut { begun: false })));
            let found = read.iter().any(Result::is_ok);
            self.keep(missing, read);
            if !(late && found) {
                break;
            }
        }
        for webhook in self.unnoted() {
            if let Err(error) = self.store.add_generation(&webhook, FIRST.generation, now).await {
                tracing::warn!(%webhook, %error, "a webhook's first secret could not be noted");
            }
        }
    }

    fn keep(&self, missing: Vec<Slot>, read: Vec<Result<Option<Secret>, VaultError>>) {
        let mut table = self.table_mut();
        for (slot, read) in missing.into_iter().zip(read) {
            // The webhook may have been removed in the meantime, and its secret with it.
            if table.webhooks.values().any(|entry| entry.has(&slot)) {
                let read = match read {
                    Ok(Some(secret)) => Read::Found(secret),
                    Ok(None) => Read::Lost,
                    Err(error) => Read::Failed(error.into()),
                };
                table.secrets.insert(slot, read);
            }
        }
    }

    /// Removes expired secrets from the keychain. If the keychain refuses, they are removed the next time.
    pub(crate) async fn forget_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        for (webhook, generation) in self.store.expired_generations(now).await? {
            let key = Key::webhook_secret(&webhook, generation);
            match self.keychain.remove_quietly(&key).await {
                Ok(()) => {
                    self.store.remove_generation(&webhook, generation).await?;
                }
                Err(error) => tracing::warn!(%webhook, %error, "an old secret is still in the keychain"),
            }
        }
        Ok(())
    }

    /// The webhooks whose first secret was found although the store records none.
    fn unnoted(&self) -> Vec<WebhookId> {
        let table = self.table();
        let is_found = |entry: &&Entry| {
            let slot = (entry.webhook.clone(), FIRST.generation);
            entry.is_unnoted && matches!(table.secrets.get(&slot), Some(Read::Found(_)))
        };
        table.webhooks.values().filter(is_found).map(|entry| entry.webhook.clone()).collect()
    }

    /// The valid secrets that aren't loaded.
    fn missing(&self) -> Vec<Slot> {
        let table = self.table();
        let slots = table.slots().filter(|slot| !matches!(table.secrets.get(slot), Some(Read::Found(_))));
        slots.collect()
    }

    /// Whether some secret was never requested from the keychain.
    pub(crate) fn has_unasked(&self) -> bool {
        let table = self.table();
        table.slots().any(|slot| !table.secrets.contains_key(&slot))
    }

    /// The same for one webhook.
    fn has_unasked_of(&self, token: &str) -> bool {
        let table = self.table();
        let Some(entry) = table.webhooks.get(token) else { return false };
        entry.slots().any(|slot| !table.secrets.contains_key(&slot))
    }

    fn is_known(&self, token: &str) -> bool {
        self.table().webhooks.contains_key(token)
    }

    /// A key whose read would show the unlock dialog.
    pub(crate) fn locked_key(&self) -> Option<Key> {
        let table = self.table();
        let locked = table.secrets.iter().find(|(_, read)| match read {
            Read::Failed(error) => error.code == ErrorCode::KeychainLocked,
            Read::Found(_) | Read::Lost => false,
        });
        locked.map(|((webhook, number), _)| Key::webhook_secret(webhook, *number))
    }

    /// What prevents a webhook from verifying now.
    pub(crate) fn trouble(&self, webhook: &WebhookId) -> Option<ApiError> {
        let table = self.table();
        let entry = table.webhooks.values().find(|entry| entry.webhook == *webhook)?;
        entry.generations.iter().find_map(|one| match table.secrets.get(&(webhook.clone(), one.generation))? {
            Read::Failed(error) => Some(error.clone()),
            // The previous secret is useful, but losing it does no harm.
            Read::Lost if one.valid_until.is_none() => Some(lost_secret()),
            Read::Lost | Read::Found(_) => None,
        })
    }

    /// The first keychain error of any webhook.
    pub(crate) fn keychain_trouble(&self) -> Option<ApiError> {
        self.table().secrets.values().find_map(|read| match read {
            Read::Failed(error) => Some(error.clone()),
            Read::Found(_) | Read::Lost => None,
        })
    }

    fn table(&self) -> RwLockReadGuard<'_, Table> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn table_mut(&self) -> RwLockWriteGuard<'_, Table> {
        self.table.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lost_secret() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "this webhook’s secret is no longer in the keychain",
        "rotate the secret, and enter the new one in App Store Connect",
    )
}
