//! Checks the bearer token as Apple does.
//!
//! The rules are those of "Generating Tokens for API Requests": ES256 with a known key, audience `appstoreconnect-v1`,
//! at most 20 minutes of lifetime, the issuer of a team key or the `user` of an individual key. The page asks for
//! `iat`, but Apple accepts tokens without it, as widely used clients send them; such a token expires at most 20
//! minutes from now. A wrong token always gets the same 401; only
//! [`Counts::last_token_error`](super::Counts::last_token_error) has the reason.

use std::collections::HashSet;

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

use crate::keys::{ApiKey, Keys};

const AUDIENCE: &str = "appstoreconnect-v1";
/// The maximum lifetime of a token.
const LIFE_MAX_SECONDS: i64 = 20 * 60;
/// How far a client's clock can be ahead. Apple's value is not documented.
const SKEW_MAX_SECONDS: i64 = 60;

/// Why a token was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No `Authorization: Bearer` header.
    #[error("there is no bearer token")]
    Missing,
    /// Not three parts of base64 with a JSON header.
    #[error("the token is not a JWT")]
    NotJwt,
    /// Not signed with ES256.
    #[error("the token's algorithm is not ES256")]
    Algorithm,
    /// The header's `typ` is present and is not `JWT`.
    #[error("the token's type is not JWT")]
    Type,
    /// `kid` is missing, unknown, or of a revoked key.
    #[error("the token's key is unknown or revoked")]
    Key,
    /// The signature doesn't match the key.
    #[error("the token's signature is not the key's")]
    Signature,
    /// `aud` is not `appstoreconnect-v1`.
    #[error("the token's audience is not {AUDIENCE}")]
    Audience,
    /// `iss` is not the team's, or a team key's token has a `sub`.
    #[error("the token's issuer is not the key's")]
    Issuer,
    /// `sub` of an individual key's token is not `user`, or it has an `iss`.
    #[error("the token's subject is not user")]
    Subject,
    /// `exp` is not in the future.
    #[error("the token has expired")]
    Expired,
    /// More than 20 minutes between `iat` and `exp`, or without `iat` between now and `exp`.
    #[error("the token lives longer than 20 minutes")]
    TooLong,
    /// `iat` is more than a minute in the future.
    #[error("the token was issued in the future")]
    IssuedLater,
}

#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Audience>,
    iat: Option<i64>,
    exp: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str, TokenError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(TokenError::Missing)
}

/// Returns the key that signed a token, if the token is valid.
pub(crate) fn check<'k>(keys: &'k Keys, token: &str, now: Timestamp) -> Result<&'k ApiKey, TokenError> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::NotJwt)?;
    if header.alg != Algorithm::ES256 {
        return Err(TokenError::Algorithm);
    }
    if header.typ.is_some_and(|kind| kind != "JWT") {
        return Err(TokenError::Type);
    }
    let key = header.kid.and_then(|kid| keys.find(&kid)).filter(|key| !key.revoked).ok_or(TokenError::Key)?;
    let claims = signed(token, key)?;

    if !claims.aud.is_some_and(|audience| audience.names(AUDIENCE)) {
        return Err(TokenError::Audience);
    }
    match (key.individual, claims.iss.as_deref(), claims.sub.as_deref()) {
        (false, Some(issuer), None) if issuer == keys.issuer_id => {}
        (false, ..) => return Err(TokenError::Issuer),
        (true, None, Some("user")) => {}
        (true, ..) => return Err(TokenError::Subject),
    }
    let now = now.as_second();
    let issued = claims.iat.unwrap_or(now);
    if issued > now + SKEW_MAX_SECONDS {
        return Err(TokenError::IssuedLater);
    }
    let ends = claims.exp.filter(|&ends| ends > now).ok_or(TokenError::Expired)?;
    if ends.saturating_sub(issued) > LIFE_MAX_SECONDS {
        return Err(TokenError::TooLong);
    }
    Ok(key)
}

/// The claims, once the signature is verified. [`check`] judges them with the simulator's clock.
fn signed(token: &str, key: &ApiKey) -> Result<Claims, TokenError> {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let token = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_ec_der(&key.public), &validation);
    token.map(|token| token.claims).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenError::Signature,
        _ => TokenError::NotJwt,
    })
}

impl Audience {
    fn names(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Many(many) => many.iter().any(|one| one == audience),
        }
    }
}
