//! The webhooks' secrets while the engine runs: read when the keychain allows it, forgotten when they expire.

use hookbell_store::StoreError;

use super::Intake;
use crate::news::News;

impl Intake {
    /// Reads secrets when the keychain allows it, and forgets expired ones, until the engine stops.
    pub(crate) async fn watch_secrets(&self) {
        let watching = async {
            loop {
                self.read_secrets().await;
                let due = self.secrets_due.notified();
                if tokio::time::timeout(self.context.options.pace.secrets, due).await.is_err()
                    && let Err(error) = self.check_secrets().await
                {
                    tracing::warn!(%error, "the secrets could not be checked");
                }
            }
        };
        self.context.unless_stopped(watching).await;
    }

    /// Loads the current webhooks. Their secrets are read soon.
    pub(crate) async fn take_over(&self) -> Result<(), StoreError> {
        self.registry.take_over(self.context.clock.now()).await?;
        if self.registry.has_unasked() {
            self.secrets_due.notify_one();
        }
        self.tell_keychain();
        Ok(())
    }

    /// Asks the person to unlock the keychain, and reads the secrets that waited for it. The result is in the
    /// conditions.
    pub(crate) async fn unlock_keychain(&self) {
        let vault = &self.context.vault;
        let wanted = || vault.wanted().map(|(key, _)| key);
        let mut asked = None;
        // Some keychains lock each entry separately.
        while let Some(key) = self.registry.locked_key().or_else(wanted).filter(|key| asked.as_ref() != Some(key)) {
            if vault.get_asking(&key).await.is_err() {
                break;
            }
            self.registry.read_secrets(self.context.clock.now()).await;
            asked = Some(key);
        }
        self.read_secrets().await;
    }

    /// Reads the secrets that can be read, and asks the person to unlock the keychain unless this process already
    /// did.
    async fn read_secrets(&self) {
        self.registry.read_secrets(self.context.clock.now()).await;
        self.tell_keychain();
        if let Some(key) = self.registry.locked_key()
            && self.context.vault.ask_once(&key).await
        {
            self.registry.read_secrets(self.context.clock.now()).await;
        }
        self.context.vault.look_again().await;
        self.tell_keychain();
    }

    /// Reports what prevents this process from using the keychain.
    fn tell_keychain(&self) {
        let wanted = self.context.vault.wanted().map(|(_, error)| error.into());
        let trouble = self.registry.keychain_trouble().or(wanted);
        let was_shut = self.context.conditions.borrow().keychain.is_some();
        if was_shut && trouble.is_none() {
            self.context.tell(News::KeychainOpened);
        }
        self.context.change(|conditions| conditions.keychain = trouble);
    }

    async fn check_secrets(&self) -> Result<(), StoreError> {
        if self.context.options.only.is_none() {
            self.registry.forget_expired(self.context.clock.now()).await?;
        }
        self.take_over().await
    }
}
