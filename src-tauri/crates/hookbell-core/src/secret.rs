//! A webhook's secret, as a type that can't be printed, serialised or sent to the window.
//!
//! It lacks `Serialize` on purpose: passing a secret to the window is a compile error.

use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize};

/// Why a text can't be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It is empty: anybody could sign with an empty key.
    #[error("the secret is empty")]
    Empty,
}

/// A webhook's secret. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a text as a secret, exactly as given. The text is wiped.
    ///
    /// # Errors
    /// [`SecretError::Empty`] if it is empty.
    pub fn new(text: impl Into<String>) -> Result<Self, SecretError> {
        let mut given = text.into();
        // An exact-size copy: shrinking the text itself might leave the longer original in memory.
        let text = SecretString::from(given.as_str());
        given.zeroize();
        if text.expose_secret().is_empty() { Err(SecretError::Empty) } else { Ok(Self(text)) }
    }

    /// The text itself, only for the keychain, the clipboard and the signature.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_secret() {
        let secret = Secret::new("correct horse").unwrap();
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "Secret(…) Some(\n    Secret(…),\n)");
    }

    #[test]
    fn an_empty_secret_is_refused() {
        assert_eq!(Secret::new("").unwrap_err(), SecretError::Empty);
    }
}
