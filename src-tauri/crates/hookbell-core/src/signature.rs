//! The signature that proves a body came from Apple.
//!
//! Apple sends `x-apple-signature: hmacsha256=<64 lowercase hex digits>`, the HMAC-SHA256 (RFC 2104)
//! of the raw body bytes under the webhook's secret
//! (<https://developer.apple.com/documentation/appstoreconnectapi/configuring-webhook-notifications>).

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Secret;

/// The header's name, in the lowercase that HTTP libraries use.
pub const SIGNATURE_HEADER: &str = "x-apple-signature";

const SCHEME: &str = "hmacsha256=";

/// Why a request wasn't accepted as Apple's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SignatureError {
    /// No signature header.
    #[error("the x-apple-signature header is missing")]
    Missing,
    /// More than one signature header: which one counts would be a guess.
    #[error("the x-apple-signature header appears more than once")]
    Repeated,
    /// The header does not begin with `hmacsha256=`.
    #[error("the signature doesn’t start with hmacsha256=")]
    WrongScheme,
    /// What follows the scheme is not exactly 64 hex digits.
    #[error("the signature isn’t 64 hex digits")]
    NotHex,
    /// Well formed, but over other bytes or with another secret.
    #[error("the signature doesn’t match: the secret is different, or the body was changed")]
    Mismatch,
}

impl SignatureError {
    /// Parses the response of one of our listeners, which is the text of one of these.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Self> {
        let all = [Self::Missing, Self::Repeated, Self::WrongScheme, Self::NotHex, Self::Mismatch];
        all.into_iter().find(|error| error.to_string() == text.trim())
    }
}

/// The HMAC-SHA256 of a body.
#[derive(Clone, Copy)]
pub struct Signature([u8; 32]);

impl Signature {
    /// Signs a raw body.
    #[must_use]
    pub fn of(secret: &Secret, body: &[u8]) -> Self {
        Self(keyed(secret).chain_update(body).finalize().into_bytes().into())
    }

    /// The bytes, for storing.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A signature from stored bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the only signature header of a request.
    ///
    /// # Errors
    /// [`SignatureError`] says what is wrong with the headers; never [`SignatureError::Mismatch`].
    pub fn from_headers<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, SignatureError> {
        let mut values = values.into_iter();
        let value = values.next().ok_or(SignatureError::Missing)?;
        if values.next().is_some() {
            return Err(SignatureError::Repeated);
        }
        Self::from_header(value)
    }

    /// Parses one header value: `hmacsha256=` and 64 hex digits in either case.
    ///
    /// # Errors
    /// [`SignatureError::WrongScheme`] or [`SignatureError::NotHex`].
    pub fn from_header(value: &[u8]) -> Result<Self, SignatureError> {
        let digits = value.strip_prefix(SCHEME.as_bytes()).ok_or(SignatureError::WrongScheme)?;
        let bytes = HEXLOWER_PERMISSIVE.decode(digits).map_err(|_| SignatureError::NotHex)?;
        Ok(Self(bytes.try_into().map_err(|_| SignatureError::NotHex)?))
    }

    /// Whether this is the signature of these bytes under this secret, in constant time.
    #[must_use]
    pub fn matches(&self, secret: &Secret, body: &[u8]) -> bool {
        keyed(secret).chain_update(body).verify_slice(&self.0).is_ok()
    }
}

/// Compares every byte, so that the timing doesn't reveal how many match.
impl PartialEq for Signature {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
    }
}

impl Eq for Signature {}

/// The header's value, as Apple writes it.
impl std::fmt::Display for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{SCHEME}{}", HEXLOWER.encode(&self.0))
    }
}

/// A signature lets anyone replay a body, so even debug output omits it.
impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signature(…)")
    }
}

#[allow(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104, section 2)")]
fn keyed(secret: &Secret) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes any key length")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "hmacsha256=7f062172b01cb00b53ca068614674a3d982a34062a0f5d37687d5e3377e54657";

    fn secret() -> Secret {
        Secret::new("This is my secret").unwrap()
    }

    #[test]
    fn signs_the_published_vector() {
        assert_eq!(Signature::of(&secret(), b"Hello, World!").to_string(), PUBLISHED);
    }

    #[test]
    fn takes_hex_in_either_case() {
        let upper = format!("hmacsha256={}", PUBLISHED[11..].to_uppercase());
        for header in [PUBLISHED, &upper] {
            assert!(Signature::from_header(header.as_bytes()).unwrap().matches(&secret(), b"Hello, World!"));
        }
    }

    #[test]
    fn rejects_other_bytes_and_other_secrets() {
        let signature = Signature::from_header(PUBLISHED.as_bytes()).unwrap();
        assert!(!signature.matches(&secret(), b"Hello, World"));
        assert!(!signature.matches(&Secret::new("This is my Secret").unwrap(), b"Hello, World!"));
    }

    #[test]
    fn is_read_back_from_its_own_words() {
        for error in [SignatureError::Missing, SignatureError::Mismatch] {
            assert_eq!(SignatureError::from_words(&format!("{error}\n")), Some(error));
        }
        assert_eq!(SignatureError::from_words("unauthorized"), None);
    }

    #[test]
    fn says_why_a_header_is_refused() {
        let check = |header: &str, why| assert_eq!(Signature::from_header(header.as_bytes()).unwrap_err(), why);
        check("", SignatureError::WrongScheme);
        check(&PUBLISHED[11..], SignatureError::WrongScheme);
        check(&PUBLISHED.replace("hmacsha256", "HMACSHA256"), SignatureError::WrongScheme);
        check(&PUBLISHED.replace("256=", "256= "), SignatureError::NotHex);
        check(&PUBLISHED[..74], SignatureError::NotHex);
        check(&format!("{PUBLISHED}00"), SignatureError::NotHex);
        check(&PUBLISHED.replace("7f06", "7g06"), SignatureError::NotHex);
        check("hmacsha256=", SignatureError::NotHex);
    }

    #[test]
    fn one_header_counts_and_two_are_refused() {
        assert_eq!(Signature::from_headers([]).unwrap_err(), SignatureError::Missing);
        let twice = [PUBLISHED.as_bytes(), PUBLISHED.as_bytes()];
        assert_eq!(Signature::from_headers(twice).unwrap_err(), SignatureError::Repeated);
    }
}
