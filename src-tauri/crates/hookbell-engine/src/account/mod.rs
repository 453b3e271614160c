//! App Store Connect accounts: add, check, rename, replace the key, remove.
//!
//! A key moves from its file to the keychain, and from there only into request tokens. No reply contains it. It is
//! tried before it is stored, so that a bad key is reported while its file is still at hand.

mod access;
mod explain;

use hookbell_asc::BaseUrl;
use hookbell_core::AccountId;
use hookbell_store as store;
use hookbell_vault::Key;

use self::access::Clients;
pub(crate) use self::{
    access::Access,
    explain::{explain, explain_check, is_unsettled},
};
use crate::{
    api::{
        Account, AccountCheck, AccountRequest, AddAccountRequest, ApiError, AscPage, AscPageRequest, ErrorCode,
        KeyFileReply, KeyFileRequest, RateLimit, RenameAccountRequest, ReplaceKeyRequest,
    },
    context::Context,
    given_key::{KeySource, read_file, read_key},
    host::Target,
    owed_backfill, random,
    text::checked_name,
};

/// The room of accounts.
#[derive(Debug)]
pub struct Accounts {
    context: Context,
    clients: Clients,
}

impl Accounts {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, clients: Clients::default() }
    }

    /// All accounts, oldest first.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Account>, ApiError> {
        let links = self.context.store.apple_webhooks().await?;
        let with_webhooks = |account: store::StoredAccount| {
            let webhooks = links.iter().filter(|link| link.account.as_ref() == Some(&account.id)).count();
            self.account(account, webhooks)
        };
        Ok(self.context.store.accounts().await?.into_iter().map(with_webhooks).collect())
    }

    /// Reads a key file before an account is added.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `keyFile` says what the file contains instead of a key, and how to fix that.
    pub async fn key_file(&self, request: KeyFileRequest) -> Result<KeyFileReply, ApiError> {
        let file = read_file(&request.path).await?;
        Ok(KeyFileReply {
            key_id: file.key_id.map(|id| id.to_string()),
            issuer_id: file.issuer_id.map(|id| id.to_string()),
            is_individual: file.is_individual,
        })
    }

    /// Adds an account after App Store Connect has accepted its key.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at a field, [`ErrorCode::KeyRefused`] with the reason,
    /// [`ErrorCode::AppleUnreachable`], or a keychain error. Nothing is stored then.
    pub async fn add(&self, request: AddAccountRequest) -> Result<Account, ApiError> {
        let base = self.base_of(request.base_url.as_deref())?;
        let source = KeySource { key_file: request.key_file, key_id: request.key_id, issuer_id: request.issuer_id };
        let key = read_key(source).await?;
        let name = match request.name.filter(|name| !name.trim().is_empty()) {
            Some(name) => checked_name("an account", &name)?,
            None => format!("Key {}", key.key_id),
        };
        for known in self.context.store.accounts().await? {
            if known.key_id == key.key_id && known.base_url == base.to_string() {
                let message = format!("this key is already added as “{}”", known.name);
                return Err(ApiError::field("keyId", message, "remove that account first, or replace its key there"));
            }
        }
        self.try_key(&key, &base).await?;

        let id = AccountId::new(random::short_id()?).map_err(|error| internal(&error))?;
        let entry = Key::account_key(&id, &key.key_id);
        self.context.vault.set(&entry, key.key.pem().clone()).await?;
        let account = store::StoredAccount {
            id,
            name,
            key_id: key.key_id,
            issuer_id: key.issuer_id,
            base_url: base.to_string(),
            created_at: self.context.clock.now(),
        };
        if let Err(error) = self.context.store.add_account(account.clone()).await {
            self.context.vault.forget(&entry).await;
            return Err(error.into());
        }
        // Whichever process runs the engine reads the existing feedback.
        if let Err(error) = owed_backfill::add(&self.context.store, account.id.as_str()).await {
            tracing::warn!(%error, "existing feedback will have to be asked for by hand");
        }
        Ok(self.account(account, 0))
    }

    /// Renames an account.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `name`, [`ErrorCode::NotFound`].
    pub async fn rename(&self, request: RenameAccountRequest) -> Result<Account, ApiError> {
        let name = checked_name("an account", &request.name)?;
        let account = self.known(&request.id).await?;
        self.context.store.rename_account(&account.id, &name).await?;
        self.one_account(&request.id).await
    }

    /// Replaces an account's key after App Store Connect has accepted the new one.
    ///
    /// # Errors
    /// As [`Accounts::add`], and [`ErrorCode::NotFound`]. The old key stays in place then.
    pub async fn replace_key(&self, request: ReplaceKeyRequest) -> Result<Account, ApiError> {
        let account = self.known(&request.id).await?;
        let source = KeySource { key_file: request.key_file, key_id: request.key_id, issuer_id: request.issuer_id };
        let key = read_key(source).await?;
        let base = self.base_url(&account)?;
        self.try_key(&key, &base).await?;

        let (before, after) =
            (Key::account_key(&account.id, &account.key_id), Key::account_key(&account.id, &key.key_id));
        self.context.vault.set(&after, key.key.pem().clone()).await?;
        let kept = self.context.store.replace_account_key(&account.id, &key.key_id, key.issuer_id.as_ref()).await;
        self.clients.forget(&account.id);
        if kept.is_err() && before != after {
            self.context.vault.forget(&after).await;
        }
        kept?;
        if before != after {
            self.context.vault.forget(&before).await;
        }
        self.one_account(&request.id).await
    }

    /// Tries an account's key now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], or a keychain error. App Store Connect's verdict is in the reply.
    pub async fn check(&self, request: AccountRequest) -> Result<AccountCheck, ApiError> {
        let access = self.access(Some(&request.id)).await?;
        Ok(match access.client.check().await {
            Ok(good) => AccountCheck { apps: good.apps.and_then(|apps| u32::try_from(apps).ok()), trouble: None },
            Err(error) => AccountCheck { apps: None, trouble: Some(explain_check(error)) },
        })
    }

    /// Opens an App Store Connect page in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn open_page(&self, request: AscPageRequest) -> Result<(), ApiError> {
        let page = match request.page {
            AscPage::Integrations => "https://appstoreconnect.apple.com/access/integrations/api",
        };
        self.context.open_on_desktop(Target::Page(page.to_owned())).await
    }

    /// Removes an account and its key. Its webhooks keep receiving, as local ones. Everything received through it
    /// stays.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], or a keychain or store error: the account then still exists, with its key.
    pub async fn remove(&self, request: AccountRequest) -> Result<(), ApiError> {
        self.remove_with(request, async |_| Ok(())).await
    }

    /// Removes an account: first its key, then what `received` deletes, finally its row.
    pub(crate) async fn remove_with<T>(
        &self,
        request: AccountRequest,
        received: impl AsyncFnOnce(&AccountId) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let account = self.known(&request.id).await?;
        let at = Key::account_key(&account.id, &account.key_id);
        let key = self.context.vault.get_asking(&at).await?;
        self.context.vault.remove(&at).await?;
        self.clients.forget(&account.id);
        let removed = async {
            let done = received(&account.id).await?;
            self.context.store.remove_account(&account.id).await?;
            Ok::<_, ApiError>(done)
        };
        let error = match removed.await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        if let Some(key) = key
            && let Err(lost) = self.context.vault.set(&at, key).await
        {
            tracing::error!(%lost, account = %account.id, "the key of an account that stays could not be put back");
            let message = format!("the key was removed, but the account couldn’t be: {}", error.message);
            return Err(ApiError::new(ErrorCode::StoreUnwritable, message, "remove the account again"));
        }
        Err(error)
    }

    async fn one_account(&self, id: &str) -> Result<Account, ApiError> {
        let accounts = self.list().await?;
        accounts.into_iter().find(|account| account.id == id).ok_or_else(|| ApiError::not_found("account"))
    }

    fn account(&self, account: store::StoredAccount, webhooks: usize) -> Account {
        let rate_limit = self.clients.hour_of(&account.id).map(|limit| RateLimit {
            limit: limit.limit,
            remaining: limit.remaining,
            at: limit.at.to_string(),
        });
        Account {
            base_url: account.base_url,
            id: account.id.to_string(),
            name: account.name,
            key_id: account.key_id.to_string(),
            issuer_id: account.issuer_id.map(|issuer| issuer.to_string()),
            created_at: account.created_at.to_string(),
            webhooks: u32::try_from(webhooks).unwrap_or(u32::MAX),
            rate_limit,
        }
    }

    /// The base URL for a new account: from the request, else from the environment, else Apple's.
    fn base_of(&self, asked: Option<&str>) -> Result<BaseUrl, ApiError> {
        match (asked.filter(|text| !text.trim().is_empty()), &self.context.options.asc_url) {
            (Some(text), _) => text.parse().map_err(|error: hookbell_asc::BaseUrlError| {
                ApiError::field("baseUrl", error.to_string(), "leave it empty for App Store Connect itself")
            }),
            (None, Some(base)) => Ok(base.clone()),
            (None, None) => Ok(BaseUrl::apple()),
        }
    }
}

fn internal(error: &dyn std::error::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, error.to_string(), "try again")
}
