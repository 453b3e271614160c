//! The private key of an API key: read with a reason for every way it can be wrong, never printed.
//!
//! Apple hands out PKCS#8 PEM with an EC key on P-256. People bring anything: the wrong download, a
//! file that was cut, a key converted for another tool.

use hookbell_core::Secret;
use jsonwebtoken::{Algorithm, EncodingKey};
use pkcs8::{ObjectIdentifier, PrivateKeyInfoRef, der::ErrorKind};
use rustls_pki_types::pem::{self, PemObject, SectionKind};
use zeroize::Zeroizing;

/// `id-ecPublicKey`, RFC 5480, section 2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp256r1`, RFC 5480, section 2.1.1.1.
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// `rsaEncryption`, RFC 8017, appendix C.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Why something is not the private key of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing there.
    #[error("the key file is empty; download the key again or choose another file")]
    Empty,
    /// Neither PEM nor DER.
    #[error("this is not a private key; choose the AuthKey_….p8 file that App Store Connect offered for download")]
    NotPem,
    /// The bare DER bytes.
    #[error("the key is in DER form; convert it with: openssl pkcs8 -topk8 -nocrypt -inform DER -in KEY -out KEY.p8")]
    Der,
    /// Protected by a passphrase.
    #[error("the key is encrypted with a passphrase; decrypt it with: openssl pkcs8 -in KEY -out KEY.p8")]
    Encrypted,
    /// The older SEC1 form, `EC PRIVATE KEY`.
    #[error(
        "the key is in the older EC PRIVATE KEY form; convert it with: \
         openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.p8"
    )]
    Sec1,
    /// A certificate, a request or a public key.
    #[error("this is not a private key but a {0}; choose the AuthKey_….p8 file from App Store Connect")]
    OtherPem(&'static str),
    /// An RSA key.
    #[error("this is an RSA key; App Store Connect API keys are EC keys on the curve P-256")]
    Rsa,
    /// An EC key on another curve.
    #[error("this EC key is on another curve; App Store Connect API keys are on P-256")]
    OtherCurve,
    /// Neither RSA nor EC.
    #[error("this key is of another kind; App Store Connect API keys are EC keys on the curve P-256")]
    OtherKind,
    /// It ends too early.
    #[error("the key is cut short; App Store Connect offers it once, so copy it again from where it was kept whole")]
    Truncated,
    /// The inside is not what the outside says.
    #[error("the key is damaged; copy it again from where it was kept whole, or make a new key in App Store Connect")]
    Damaged,
}

/// The private key of an App Store Connect API key.
///
/// Has no `Serialize`, and its `Debug` shows nothing. Wiped from memory when dropped.
///
/// ```
/// use hookbell_asc::{KeyError, PrivateKey};
///
/// assert_eq!(PrivateKey::read(b"hello").unwrap_err(), KeyError::NotPem);
/// ```
#[derive(Clone)]
pub struct PrivateKey {
    pem: Secret,
    signing: EncodingKey,
}

impl PrivateKey {
    /// Reads the contents of a `.p8` file.
    ///
    /// # Errors
    /// [`KeyError`] says what the contents are instead, and how to mend it.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return Err(KeyError::Empty);
        }
        let text = tidy(std::str::from_utf8(bytes).map_err(|_| not_text(bytes))?);
        let der = Zeroizing::new(pkcs8_section(&text)?);
        check_p256(&der)?;
        let signing = EncodingKey::from_ec_der(&der);
        jsonwebtoken::crypto::sign(b"", &signing, Algorithm::ES256).map_err(|_| KeyError::Damaged)?;
        let pem = Secret::new(text.trim_end()).map_err(|_| KeyError::Empty)?;
        Ok(Self { pem, signing })
    }

    /// The PEM text, for the keychain and for nothing else.
    #[must_use]
    pub fn pem(&self) -> &Secret {
        &self.pem
    }

    pub(crate) fn signing(&self) -> &EncodingKey {
        &self.signing
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

/// The lines without the space around them that copying through a form or a chat leaves.
fn tidy(text: &str) -> Zeroizing<String> {
    let mut tidy = Zeroizing::new(String::with_capacity(text.len() + 1));
    for line in text.trim().lines() {
        tidy.push_str(line.trim());
        tidy.push('\n');
    }
    tidy
}

/// DER begins with a SEQUENCE, 0x30, and PEM is always text.
fn not_text(bytes: &[u8]) -> KeyError {
    if bytes.first() == Some(&0x30) { KeyError::Der } else { KeyError::NotPem }
}

fn pkcs8_section(text: &str) -> Result<Vec<u8>, KeyError> {
    if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    let mut other = None;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(text.as_bytes()) {
        match section.map_err(|error| broken_pem(&error))? {
            (SectionKind::PrivateKey, der) => return Ok(der),
            (SectionKind::EcPrivateKey, _) => return Err(KeyError::Sec1),
            (SectionKind::RsaPrivateKey, _) => return Err(KeyError::Rsa),
            (SectionKind::Certificate, _) => other = Some("certificate"),
            (SectionKind::PublicKey, _) => other = Some("public key"),
            (SectionKind::Csr, _) => other = Some("certificate request"),
            // Such as EC PARAMETERS, which openssl writes before a key.
            _ => {}
        }
    }
    Err(other.map_or(KeyError::NotPem, KeyError::OtherPem))
}

fn broken_pem(error: &pem::Error) -> KeyError {
    match error {
        pem::Error::MissingSectionEnd { .. } => KeyError::Truncated,
        pem::Error::NoItemsFound => KeyError::NotPem,
        _ => KeyError::Damaged,
    }
}

fn check_p256(der: &[u8]) -> Result<(), KeyError> {
    let info = PrivateKeyInfoRef::try_from(der).map_err(|error| match error {
        pkcs8::Error::Asn1(error) if matches!(error.kind(), ErrorKind::Incomplete { .. }) => KeyError::Truncated,
        _ => KeyError::Damaged,
    })?;
    match info.algorithm.oid {
        EC if info.algorithm.parameters_oid() == Ok(P256) => Ok(()),
        EC => Err(KeyError::OtherCurve),
        RSA => Err(KeyError::Rsa),
        _ => Err(KeyError::OtherKind),
    }
}
