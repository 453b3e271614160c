//! Names of secrets: how an entry in the keychain is identified.
//!
//! An entry is identified by the service `Hookbell` and an account such as `webhook/<id>/1`. Entries belong to the
//! user, not to a data directory, and a webhook's id comes from App Store Connect, so two data directories (a second
//! work account, a trial run, a test) may have the same webhook with different secrets. A [`Scope`], a random text that
//! a data directory keeps permanently, is prefixed to the account, so that no directory overwrites or removes another's
//! secrets. A restored copy of a directory finds its secrets because the copy includes the scope. The directory's path
//! wouldn't work: it changes when the directory is moved.

use hookbell_core::{AccountId, KeyId, WebhookId};

/// The service of every entry in the keychain.
pub const SERVICE: &str = "Hookbell";

/// Identifies a secret. Two keys are equal exactly when they identify the same entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    account: String,
    label: String,
}

impl Key {
    /// The secret of a webhook. `generation` counts its rotations, so that the old and the new secret can exist side by
    /// side while both are valid.
    ///
    /// Account: `webhook/<id>/<generation>`. Windows ignores case in names, so every byte of the id except lowercase
    /// letters, digits and `-._~` is written as `%` and two hexadecimal digits.
    #[must_use]
    pub fn webhook_secret(webhook: &WebhookId, generation: u32) -> Self {
        Self {
            account: format!("webhook/{}/{generation}", plain(webhook.as_str())),
            label: format!("Hookbell: secret {generation} of webhook {webhook}"),
        }
    }

    /// The private key of an App Store Connect account. The name includes the key's id, so that a replaced key and the
    /// new one can exist side by side until the change is complete.
    ///
    /// Account: `account/<id>/<key id>`, each encoded as for [`Key::webhook_secret`].
    #[must_use]
    pub fn account_key(account: &AccountId, key: &KeyId) -> Self {
        Self {
            account: format!("account/{}/{}", plain(account.as_str()), plain(key.as_str())),
            label: format!("Hookbell: App Store Connect API key {key}"),
        }
    }

    /// The token for a tunnel provider, by the provider's id.
    ///
    /// Account: `tunnel/<provider>`, encoded as for [`Key::webhook_secret`].
    #[must_use]
    pub fn tunnel_token(provider: &str) -> Self {
        Self {
            account: format!("tunnel/{}", plain(provider)),
            label: format!("Hookbell: token of the tunnel {provider}"),
        }
    }

    /// The address of a named destination for rules: anyone who knows it can post to that chat.
    ///
    /// Account: `destination/<name>`, encoded as for [`Key::webhook_secret`].
    #[must_use]
    pub fn destination(name: &str) -> Self {
        Self { account: format!("destination/{}", plain(name)), label: format!("Hookbell: address of {name}") }
    }

    /// The signing secret of a destination.
    ///
    /// Account: `destination-secret/<name>`, encoded as for [`Key::webhook_secret`].
    #[must_use]
    pub fn destination_secret(name: &str) -> Self {
        Self { account: format!("destination-secret/{}", plain(name)), label: format!("Hookbell: secret of {name}") }
    }

    /// The token of a tracker, by its number in the store.
    ///
    /// Account: `tracker/<number>`.
    #[must_use]
    pub fn tracker_token(tracker: i64) -> Self {
        Self { account: format!("tracker/{tracker}"), label: format!("Hookbell: token of tracker {tracker}") }
    }

    /// The entry's account in the keychain.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The entry's label in the system's list of secrets, where it shows one.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The same secret within one data directory: account `store:<scope>/...`.
    pub(crate) fn within(&self, scope: &Scope) -> Self {
        Self { account: format!("store:{}/{}", scope.0, self.account), label: self.label.clone() }
    }
}

/// Keeps the secrets of one data directory apart from those of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope(String);

/// Why a text can't be a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a store's id has 1 to {max} lower-case letters, digits and hyphens", max = Scope::MAX_LEN)]
pub struct ScopeError;

impl Scope {
    /// The maximum length of a scope, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Validates the id of a data directory, for example a lowercase UUID.
    ///
    /// # Errors
    /// [`ScopeError`] if it is empty, longer than [`Scope::MAX_LEN`], or contains anything except lowercase ASCII
    /// letters, digits and hyphens.
    pub fn new(text: impl Into<String>) -> Result<Self, ScopeError> {
        let text = text.into();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::MAX_LEN || !text.bytes().all(fits) {
            return Err(ScopeError);
        }
        Ok(Self(text))
    }
}

/// Encodes a text as part of an account, such that different texts give accounts that differ even ignoring case.
fn plain(text: &str) -> String {
    let mut account = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => account.push(char::from(byte)),
            _ => account.push_str(&format!("%{byte:02x}")),
        }
    }
    account
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: &str, generation: u32) -> String {
        Key::webhook_secret(&WebhookId::new(id).unwrap(), generation).account().to_owned()
    }

    #[test]
    fn an_ordinary_id_stands_in_the_account_as_it_is() {
        assert_eq!(
            account("4b6a3f0e-91aa-4f0a-a6cd-d3ef7bfb9a11", 2),
            "webhook/4b6a3f0e-91aa-4f0a-a6cd-d3ef7bfb9a11/2"
        );
    }

    #[test]
    fn odd_ids_never_share_an_account_even_where_case_does_not_count() {
        let odd = ["a", "A", "a/1", "a%2f1", "ä", "Ä", "a b", "%41", "%", "a/1/1"];
        let mut seen: Vec<String> = odd.iter().map(|id| account(id, 1).to_lowercase()).collect();
        seen.push(account("a", 11).to_lowercase());
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "{seen:?}");
    }

    #[test]
    fn two_keys_of_an_account_have_two_entries() {
        let (account, key) = (AccountId::new("one").unwrap(), |id| KeyId::new(id).unwrap());
        let entry = Key::account_key(&account, &key("2X9R4HXF34"));
        assert_eq!(entry.account(), "account/one/2%589%524%48%58%4634");
        assert_ne!(entry, Key::account_key(&account, &key("2X9R4HXF35")));
    }

    #[test]
    fn a_scope_can_not_be_mistaken_for_part_of_another_key() {
        let key = Key::webhook_secret(&WebhookId::new("a").unwrap(), 1);
        let scoped = key.within(&Scope::new("webhook").unwrap());
        assert_eq!(scoped.account(), "store:webhook/webhook/a/1");
        assert_ne!(scoped, key);
    }

    #[test]
    fn a_scope_is_short_and_plain() {
        for bad in ["", "A", "a/b", "a b", "ä", &"x".repeat(65)] {
            assert_eq!(Scope::new(bad), Err(ScopeError), "{bad:?}");
        }
        assert!(Scope::new("x".repeat(64)).is_ok());
    }
}
