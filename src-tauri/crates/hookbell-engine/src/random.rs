//! Randomness for what nobody must be able to guess.
//!
//! Everything comes from the operating system's generator; when that fails, so does the request.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use hookbell_core::{EventId, Secret};

use crate::api::{ApiError, ErrorCode, GivenSecret};

/// The fewest characters of a secret chosen by a person. Anyone who sees one signed body, such as a tunnel, can try
/// secrets offline without limit, so a short one would be found. 14 bytes are 112 bits, the shortest key that NIST SP
/// 800-131A (revision 2, section 10) allows for generating an HMAC.
const MIN_SECRET_LEN: usize = 14;

/// How long the previous secret stays valid alongside a new one, in hours.
pub(crate) const SECRET_OVERLAP_HOURS: i64 = 24;

/// The last segment of a payload URL: 144 bits as 24 URL-safe characters.
pub(crate) fn token() -> Result<String, ApiError> {
    Ok(BASE64URL_NOPAD.encode(&bytes::<18>()?))
}

/// A webhook's secret: 256 bits as 64 hex digits.
pub(crate) fn secret() -> Result<Secret, ApiError> {
    Secret::new(HEXLOWER.encode(&bytes::<32>()?)).map_err(|_| failed())
}

/// A webhook's new secret: the given one if it is long enough, else a random one.
pub(crate) fn given_or_new(given: Option<GivenSecret>) -> Result<Secret, ApiError> {
    let Some(GivenSecret(given)) = given else { return secret() };
    let given = given
        .map_err(|error| ApiError::field("secret", error.to_string(), "enter one, or let Hookbell generate one"))?;
    if given.expose().chars().count() < MIN_SECRET_LEN {
        let hint = format!("use at least {MIN_SECRET_LEN} characters, or let Hookbell generate one");
        return Err(ApiError::field("secret", "this secret is too short", hint));
    }
    Ok(given)
}

/// A short id that is unique enough for one machine: 80 bits.
pub(crate) fn short_id() -> Result<String, ApiError> {
    Ok(BASE32_NOPAD.encode(&bytes::<10>()?).to_lowercase())
}

/// Whether a text has the form of a [`short_id`].
pub(crate) fn is_short_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
}

/// A version 4 UUID (RFC 9562), as Apple writes event ids.
fn uuid() -> Result<String, ApiError> {
    Ok(uuid::Builder::from_random_bytes(bytes()?).into_uuid().to_string())
}

fn bytes<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| failed())?;
    Ok(bytes)
}

fn failed() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "the system provides no random numbers",
        "try again; if it keeps happening, restart the computer",
    )
}

/// A new id for a sample event, as Apple writes them.
///
/// # Errors
/// [`ErrorCode::Internal`] if the system provides no random numbers.
pub fn new_event_id() -> Result<EventId, ApiError> {
    EventId::new(uuid()?).map_err(|_| failed())
}
