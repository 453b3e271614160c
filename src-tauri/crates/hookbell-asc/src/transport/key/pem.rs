//! Reads PEM sections as people copy them: with quotes, quote markers or tags between the lines, missing dashes, on one
//! line, or without an end.

use data_encoding::BASE64_NOPAD;
use zeroize::Zeroizing;

use super::{der, error::KeyError};

/// The longest HTML tag to skip inside a key, in bytes.
const MAX_TAG_LEN: usize = 200;

/// The DER of the key in a text; `None` if no section begins.
pub(super) fn key_in(text: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
    if text.contains("4,ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    let mut other = None;
    for (label, body) in sections(text) {
        match label.as_str() {
            "PRIVATE KEY" => {
                let der = decoded(body)?;
                der::check(&der)?;
                return Ok(Some(der));
            }
            "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Encrypted),
            "EC PRIVATE KEY" => return Err(KeyError::Sec1),
            "RSA PRIVATE KEY" => return Err(KeyError::Rsa),
            _ => other = other.or(known(&label)),
        }
    }
    other.map_or(Ok(None), |what| Err(KeyError::Instead(what)))
}

/// What a section's label says it is. Other labels, such as openssl's EC PARAMETERS before a key, say nothing.
fn known(label: &str) -> Option<&'static str> {
    Some(match label {
        "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => "a certificate",
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => "a certificate request",
        "PUBLIC KEY" | "RSA PUBLIC KEY" => "a public key",
        "OPENSSH PRIVATE KEY" => "an SSH key",
        "PKCS7" | "CMS" => "a signed file",
        _ if label.starts_with("PGP ") => "a PGP file",
        _ if label.starts_with("AGE ENCRYPTED") => "a file encrypted with age",
        _ => return None,
    })
}

/// Each section's label and content, up to its end or the first dash.
fn sections(text: &str) -> impl Iterator<Item = (String, &str)> {
    text.match_indices("BEGIN ").map(|(at, begin)| {
        let rest = &text[at + begin.len()..];
        let len = rest.find(|character: char| !matches!(character, 'A'..='Z' | '0'..='9' | ' ')).unwrap_or(rest.len());
        let label = rest[..len].split_whitespace().collect::<Vec<_>>().join(" ");
        let body = rest[len..].trim_start_matches(['-', ' ']);
        let body = body.split(&format!("END {label}")).next().unwrap_or_default();
        (label, body.split('-').next().unwrap_or_default())
    })
}

/// Decodes base64, ignoring noise between its characters.
fn decoded(body: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut base64 = Zeroizing::new(String::with_capacity(body.len()));
    let mut rest = body.chars();
    while let Some(character) = rest.next() {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' => base64.push(character),
            '<' => {
                let len = rest.as_str().find('>').filter(|len| *len <= MAX_TAG_LEN).ok_or(KeyError::Garbled('<'))?;
                rest = rest.as_str()[len + 1..].chars();
            }
            noise if is_noise(noise) => {}
            other => return Err(KeyError::Garbled(other)),
        }
    }
    from_base64(&base64).ok_or(KeyError::Truncated)
}

/// What copying leaves between the lines: spaces, quotes, mail and Markdown quote markers, brackets.
pub(super) fn is_noise(character: char) -> bool {
    character.is_whitespace() || "=\"'`>|,;\\*#()[]{}".contains(character)
}

/// Decodes base64 without padding. If its end is missing, decodes what is complete.
pub(super) fn from_base64(base64: &str) -> Option<Zeroizing<Vec<u8>>> {
    let whole = &base64[..base64.len() - base64.len() % 4];
    let decoded = [base64, whole].into_iter().find_map(|text| BASE64_NOPAD.decode(text.as_bytes()).ok());
    decoded.filter(|bytes| !bytes.is_empty()).map(Zeroizing::new)
}
