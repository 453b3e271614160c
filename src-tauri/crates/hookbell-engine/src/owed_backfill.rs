//! The accounts whose existing feedback hasn't been read yet.
//!
//! The list is in the store, so that a command that adds an account can leave the backfill to the app.

use hookbell_store::{Store, StoreError};

/// The setting with the ids of these accounts.
const OWED_SETTING: &str = "backfillOwed";

/// Adds an account to the list.
pub(crate) async fn add(store: &Store, account: &str) -> Result<(), StoreError> {
    let account = account.to_owned();
    let add = move |owed: &mut Vec<String>| {
        if !owed.contains(&account) {
            owed.push(account.clone());
        }
    };
    store.change_list(OWED_SETTING, add).await
}

/// The ids of the accounts on the list.
pub(crate) async fn list(store: &Store) -> Result<Vec<String>, StoreError> {
    Ok(store.setting(OWED_SETTING).await?.unwrap_or_default())
}

/// Takes an account off the list.
pub(crate) async fn remove(store: &Store, account: &str) -> Result<(), StoreError> {
    let account = account.to_owned();
    store.change_list(OWED_SETTING, move |owed: &mut Vec<String>| owed.retain(|one| *one != account)).await
}
