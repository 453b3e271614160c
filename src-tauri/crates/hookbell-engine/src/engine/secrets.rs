//! The secrets of the webhooks while the engine runs: read as the keychain lets them go, forgotten when their time is
//! over.

use std::sync::Arc;

use hookbell_store::StoreError;

use super::Inner;

/// Reads the secrets as the keychain lets them go, and forgets those whose time is over.
pub(super) async fn watch_secrets(inner: Arc<Inner>) {
    let watching = async {
        loop {
            inner.read_secrets().await;
            if tokio::time::timeout(inner.options.pace.secrets, inner.secrets_due.notified()).await.is_err()
                && let Err(error) = inner.look_at_secrets().await
            {
                tracing::warn!(%error, "the secrets could not be looked through");
            }
        }
    };
    inner.unless_stopped(watching).await;
}

impl Inner {
    /// Reads what secrets can be read, and asks the person to unlock the keychain if nobody did so in this process.
    pub(crate) async fn read_secrets(&self) {
        self.registry.read_secrets(self.clock.now()).await;
        self.tell_keychain();
        if let Some(key) = self.registry.locked_key()
            && self.vault.ask_once(&key).await
        {
            self.registry.read_secrets(self.clock.now()).await;
        }
        self.vault.look_again().await;
        self.tell_keychain();
    }

    /// Says what stands between this process and the keychain.
    pub(super) fn tell_keychain(&self) {
        let wanted = self.vault.wanted().map(|(_, error)| error.into());
        let trouble = self.registry.keychain_trouble().or(wanted);
        let was_shut = self.conditions.borrow().keychain.is_some();
        if was_shut && trouble.is_none() {
            self.catch_up.look_now();
        }
        self.change(|conditions| conditions.keychain = trouble);
    }

    async fn look_at_secrets(&self) -> Result<(), StoreError> {
        if self.options.only.is_none() {
            self.registry.forget_expired(self.clock.now()).await?;
        }
        self.look_at_store().await
    }
}
