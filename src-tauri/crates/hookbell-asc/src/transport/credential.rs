//! Our identity at App Store Connect.

use hookbell_core::{IssuerId, KeyId};

use super::key::PrivateKey;

/// The owner of an API key, which decides the claims of its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOwner {
    /// A team, identified by its issuer ID.
    Team(IssuerId),
    /// One person, who has no issuer ID.
    Individual,
}

/// A complete API key.
///
/// ```no_run
/// use hookbell_asc::{Credential, PrivateKey};
/// use hookbell_core::KeyId;
///
/// # fn example(pem: &[u8]) -> Result<Credential, Box<dyn std::error::Error>> {
/// Ok(Credential::individual(KeyId::new("2X9R4HXF34")?, PrivateKey::read(pem)?))
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Credential {
    pub(crate) key_id: KeyId,
    pub(crate) owner: KeyOwner,
    pub(crate) key: PrivateKey,
}

impl Credential {
    /// A team key.
    #[must_use]
    pub fn team(key_id: KeyId, issuer: IssuerId, key: PrivateKey) -> Self {
        Self { key_id, owner: KeyOwner::Team(issuer), key }
    }

    /// An individual key.
    #[must_use]
    pub fn individual(key_id: KeyId, key: PrivateKey) -> Self {
        Self { key_id, owner: KeyOwner::Individual, key }
    }

    /// The key's ID.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The key's owner.
    #[must_use]
    pub fn owner(&self) -> &KeyOwner {
        &self.owner
    }
}
