//! The token for every request, signed once and used until a minute before it expires.
//!
//! Apple accepts ES256 with `aud` `appstoreconnect-v1` and at most 20 minutes between `iat` and `exp`
//! (<https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests>). We set `iat` a
//! minute back, which tolerates a clock that is up to a minute off in either direction.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{
    credential::{Credential, KeyOwner},
    error::Error,
};

const BACKDATED_BY: SignedDuration = SignedDuration::from_secs(60);
const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(20);
const RENEWED_BEFORE_END: SignedDuration = SignedDuration::from_secs(60);

#[derive(Serialize)]
struct Claims<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'static str>,
    aud: &'static str,
    iat: i64,
    exp: i64,
}

/// A signed token. Has no `Debug` on purpose.
#[derive(Clone)]
pub(crate) struct Token {
    text: Zeroizing<String>,
    signed_at: Timestamp,
    ends_at: Timestamp,
}

impl Token {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is still valid, even after the clock was set back.
    fn is_good_at(&self, now: Timestamp) -> bool {
        self.signed_at <= now && now < self.ends_at - RENEWED_BEFORE_END
    }
}

/// Signs tokens for one credential and caches the last one.
pub(crate) struct TokenSource {
    credential: Credential,
    last: Mutex<Option<Token>>,
}

impl TokenSource {
    pub(crate) fn new(credential: Credential) -> Self {
        Self { credential, last: Mutex::new(None) }
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.credential
    }

    /// The token for this moment.
    pub(crate) fn at(&self, now: Timestamp) -> Result<Token, Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.as_ref() {
            Some(token) if token.is_good_at(now) => Ok(token.clone()),
            _ => Ok(last.insert(sign(&self.credential, now)?).clone()),
        }
    }

    /// Drops a rejected token, so that the next request signs a new one.
    pub(crate) fn forget(&self, refused: &str) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // Another request may have replaced it already.
        if last.as_ref().is_some_and(|token| token.as_str() == refused) {
            *last = None;
        }
    }
}

fn sign(credential: &Credential, now: Timestamp) -> Result<Token, Error> {
    let issued_at = now - BACKDATED_BY;
    let ends_at = issued_at + TOKEN_LIFETIME;
    let (iss, sub) = match &credential.owner {
        KeyOwner::Team(issuer) => (Some(issuer.as_str()), None),
        KeyOwner::Individual => (None, Some("user")),
    };
    let claims = Claims { iss, sub, aud: "appstoreconnect-v1", iat: issued_at.as_second(), exp: ends_at.as_second() };
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(credential.key_id.to_string());
    let text = jsonwebtoken::encode(&header, &claims, credential.key.signing()).map_err(|_| Error::Sign)?;
    Ok(Token { text: Zeroizing::new(text), signed_at: now, ends_at })
}
