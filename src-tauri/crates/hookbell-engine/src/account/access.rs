//! Turns an account into a client that may call App Store Connect.
//!
//! A client is reused while its account keeps the same key: its token is valid for twenty minutes, and the keychain
//! may be slow. Until then the private key stays in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hookbell_asc::{Allowance, BaseUrl, Client, PrivateKey};
use hookbell_core::{AccountId, IssuerId, KeyId};
use hookbell_store::StoredAccount;
use hookbell_vault::Key;

use super::{
    Accounts,
    explain::{explain, explain_check},
};
use crate::{
    api::{ApiError, ErrorCode},
    given_key::GivenKey,
};

/// A client, and the account it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    /// `None` if the key came from the command line.
    pub(crate) account: Option<AccountId>,
    pub(crate) client: Client,
}

/// The clients in use, by account.
#[derive(Debug, Default)]
pub(super) struct Clients(Mutex<HashMap<Option<AccountId>, KnownClient>>);

#[derive(Debug, Clone)]
struct KnownClient {
    issuer_id: Option<IssuerId>,
    client: Client,
}

impl Clients {
    fn of(&self, account: Option<&AccountId>) -> Option<KnownClient> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account.cloned()).cloned()
    }

    fn keep(&self, account: Option<AccountId>, known: KnownClient) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, known);
    }

    pub(super) fn forget(&self, account: &AccountId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&Some(account.clone()));
    }

    /// The account's hourly limit as App Store Connect last reported it to this process.
    pub(super) fn hour_of(&self, account: &AccountId) -> Option<Allowance> {
        self.of(Some(account))?.client.rate_limit().borrow().hour
    }
}

impl Accounts {
    /// The client of the named account. Without a name: the client of the key on the command line, or of the only
    /// account.
    pub(crate) async fn access(&self, account: Option<&str>) -> Result<Access, ApiError> {
        match (account, &self.context.options.given_key) {
            (Some(id), _) => self.access_of(self.known(id).await?).await,
            (None, Some(key)) => self.given_access(key),
            (None, None) => {
                let mut accounts = self.context.store.accounts().await?;
                match (accounts.pop(), accounts.len()) {
                    (Some(account), 0) => self.access_of(account).await,
                    (None, _) => Err(no_account()),
                    (Some(_), more) => {
                        let message = format!("there are {} accounts", more + 1);
                        Err(ApiError::field("account", message, "choose one of them"))
                    }
                }
            }
        }
    }

    fn given_access(&self, key: &GivenKey) -> Result<Access, ApiError> {
        if let Some(known) = self.clients.of(None) {
            return Ok(Access { account: None, client: known.client });
        }
        let base = self.context.options.asc_url.clone().unwrap_or_else(BaseUrl::apple);
        let client = self.client(base, key)?;
        self.clients.keep(None, KnownClient { issuer_id: key.issuer_id.clone(), client: client.clone() });
        Ok(Access { account: None, client })
    }

    async fn access_of(&self, account: StoredAccount) -> Result<Access, ApiError> {
        let base = self.base_url(&account)?;
        if let Some(known) = self.clients.of(Some(&account.id)) {
            // Another process may have replaced the key.
            let same = *known.client.key_id() == account.key_id && known.issuer_id == account.issuer_id;
            if same && *known.client.base() == base {
                return Ok(Access { account: Some(account.id), client: known.client });
            }
        }
        let key = GivenKey {
            key: self.private_key(&account.id, &account.key_id).await?,
            key_id: account.key_id,
            issuer_id: account.issuer_id.clone(),
        };
        let client = self.client(base, &key)?;
        let known = KnownClient { issuer_id: account.issuer_id, client: client.clone() };
        self.clients.keep(Some(account.id.clone()), known);
        Ok(Access { account: Some(account.id), client })
    }

    async fn private_key(&self, account: &AccountId, key_id: &KeyId) -> Result<PrivateKey, ApiError> {
        let hint = "replace the account’s key with its .p8 file";
        let lost = |message| ApiError::new(ErrorCode::KeyRefused, message, hint);
        let pem = self.context.vault.get(&Key::account_key(account, key_id)).await?;
        let pem = pem.ok_or_else(|| lost(format!("the key {key_id} is no longer in the keychain")))?;
        PrivateKey::read(pem.expose().as_bytes())
            .map_err(|_| lost(format!("the keychain’s entry for the key {key_id} is not a key")))
    }

    /// The base URL of an account's API. The key is sent nowhere else: if the environment names another address, the
    /// account is refused.
    pub(super) fn base_url(&self, account: &StoredAccount) -> Result<BaseUrl, ApiError> {
        let own: BaseUrl = account.base_url.parse().map_err(|error: hookbell_asc::BaseUrlError| {
            ApiError::new(ErrorCode::Internal, error.to_string(), "remove the account and add it again")
        })?;
        match &self.context.options.asc_url {
            Some(other) if *other != own => Err(ApiError::new(
                ErrorCode::InvalidInput,
                format!("the key of “{}” belongs to {own}, but HOOKBELL_ASC_URL is {other}", account.name),
                "unset HOOKBELL_ASC_URL; it applies only to accounts that are being added and to --key-file",
            )),
            _ => Ok(own),
        }
    }

    /// Asks App Store Connect whether it accepts a key.
    pub(super) async fn try_key(&self, key: &GivenKey, base: &BaseUrl) -> Result<(), ApiError> {
        self.client(base.clone(), key)?.check().await.map(drop).map_err(explain_check)
    }

    fn client(&self, base: BaseUrl, key: &GivenKey) -> Result<Client, ApiError> {
        let clock = self.context.clock.clone();
        Client::new(base, key.credential(), self.context.options.asc, move || clock.now()).map_err(explain)
    }

    /// An account by its id.
    pub(crate) async fn known(&self, id: &str) -> Result<StoredAccount, ApiError> {
        let missing = || ApiError::not_found("account");
        let id = AccountId::new(id).map_err(|_| missing())?;
        self.context.store.account(&id).await?.ok_or_else(missing)
    }
}

fn no_account() -> ApiError {
    let hint = "add one with an App Store Connect API key";
    ApiError::field("account", "no account has been added yet", hint)
}
