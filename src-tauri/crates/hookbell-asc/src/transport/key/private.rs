//! The private key of an API key, never printed.

use hookbell_core::Secret;
use jsonwebtoken::{Algorithm, EncodingKey};
use pkcs8::{LineEnding, SecretDocument};

use super::{error::KeyError, layers};

/// The private key of an App Store Connect API key.
///
/// Has no `Serialize`, and its `Debug` shows nothing. Wiped from memory when dropped.
///
/// ```
/// use hookbell_asc::{KeyError, PrivateKey};
///
/// assert_eq!(PrivateKey::read(b"hello").unwrap_err(), KeyError::NotAKey);
/// ```
#[derive(Clone)]
pub struct PrivateKey {
    pem: Secret,
    signing: EncodingKey,
}

impl PrivateKey {
    /// Reads the contents of a `.p8` file, in any shape that leaves the key intact.
    ///
    /// # Errors
    /// [`KeyError`] says what the contents are instead, and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        Self::from_pkcs8(&layers::find(bytes)?.der)
    }

    /// Accepts a P-256 key in PKCS#8 after a test signature.
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let signing = EncodingKey::from_ec_der(der);
        jsonwebtoken::crypto::sign(b"", &signing, Algorithm::ES256).map_err(|_| KeyError::Damaged)?;
        let document = SecretDocument::try_from(der).map_err(|_| KeyError::Damaged)?;
        let pem = document.to_pem("PRIVATE KEY", LineEnding::LF).map_err(|_| KeyError::Damaged)?;
        let pem = Secret::new(pem.trim_end()).map_err(|_| KeyError::Empty)?;
        Ok(Self { pem, signing })
    }

    /// The key as PEM, in App Store Connect's form, for the keychain only.
    #[must_use]
    pub fn pem(&self) -> &Secret {
        &self.pem
    }

    pub(in crate::transport) fn signing(&self) -> &EncodingKey {
        &self.signing
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}
