//! Removes an account together with everything received through it.

use super::Cleanup;
use crate::api::{AccountRemoval, AccountRequest, ApiError, Deleted, DeletionBounds, DeletionRequest};

impl Cleanup {
    /// Describes what is deleted along with an account.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn account_removal(&self, request: AccountRequest) -> Result<AccountRemoval, ApiError> {
        let account = self.accounts.known(&request.id).await?;
        let mut webhooks = Vec::new();
        for link in self.context.store.apple_webhooks().await? {
            if link.account.as_ref() == Some(&account.id) {
                webhooks.extend(self.context.store.webhook(&link.webhook).await?.map(|webhook| webhook.name));
            }
        }
        let stay = match webhooks.len() {
            0 => "Nothing changes in App Store Connect.".to_owned(),
            1 => "Its webhook stays in App Store Connect and keeps sending here, but you can’t manage it in Hookbell."
                .to_owned(),
            many => format!(
                "Its {many} webhooks stay in App Store Connect and keep sending here, but you can’t manage them in Hookbell."
            ),
        };
        let sentence = format!("The key {} is removed from your keychain. {stay}", account.key_id);
        let within = DeletionBounds { account: Some(account.id.to_string()), ..DeletionBounds::default() };
        let received = self.preview(DeletionRequest { within: Some(within), ..DeletionRequest::default() }).await?;
        Ok(AccountRemoval { name: account.name, webhooks, received, sentence })
    }

    /// Removes an account and its key, and deletes everything received through it.
    ///
    /// # Errors
    /// As [`Accounts::remove`](crate::Accounts::remove). What was already deleted stays deleted.
    pub async fn remove_account_and_received(&self, request: AccountRequest) -> Result<Deleted, ApiError> {
        self.accounts.remove_with(request, async |account| self.delete_of_account(account).await).await
    }
}
