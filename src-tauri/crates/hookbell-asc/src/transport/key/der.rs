//! Checks whether DER is a P-256 key in PKCS#8, and recognizes other keys.

use pkcs8::{
    ObjectIdentifier, PrivateKeyInfoRef,
    der::{Decode, ErrorKind, SliceReader, Tag, Tagged, asn1::AnyRef},
};

use super::error::KeyError;

/// `id-ecPublicKey`, RFC 5480, section 2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp256r1`, RFC 5480, section 2.1.1.1.
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// `rsaEncryption`, RFC 8017, appendix C.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// A SEQUENCE of indefinite length. DER forbids it, but macOS writes `.p12` files this way.
const OPEN_SEQUENCE: [u8; 2] = [0x30, 0x80];

/// Whether bytes are DER rather than text: they start with a SEQUENCE, which is the character `0`, followed by
/// something that text never contains.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x30) && (bytes.contains(&0) || std::str::from_utf8(bytes).is_err())
}

/// Accepts a P-256 key in PKCS#8.
pub(super) fn check(der: &[u8]) -> Result<(), KeyError> {
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

/// The same without a PEM label that names the type.
pub(super) fn check_unlabelled(der: &[u8]) -> Result<(), KeyError> {
    if der.starts_with(&OPEN_SEQUENCE) {
        return Err(KeyError::Instead(P12));
    }
    match parts(der).map_err(|error| match error.kind() {
        ErrorKind::Incomplete { .. } => KeyError::Truncated,
        _ => KeyError::NotAKey,
    })? {
        (Tag::Integer, [3], _) => Err(KeyError::Instead(P12)),
        (Tag::Integer, [1], Tag::OctetString) => Err(KeyError::Sec1),
        (Tag::Integer, _, Tag::Integer) => Err(KeyError::Rsa),
        (Tag::Integer, _, Tag::Sequence) => check(der),
        (Tag::Sequence, _, Tag::OctetString) => Err(KeyError::Encrypted),
        (Tag::Sequence, _, Tag::BitString) => Err(KeyError::Instead("a public key")),
        (Tag::Sequence, _, Tag::Sequence) => Err(KeyError::Instead("a certificate")),
        _ => Err(KeyError::NotAKey),
    }
}

const P12: &str = "a .p12 file, which signs apps";

/// What distinguishes the types: the first member of the outer SEQUENCE and the second one's tag.
fn parts(der: &[u8]) -> Result<(Tag, &[u8], Tag), pkcs8::der::Error> {
    let outer = AnyRef::decode(&mut SliceReader::new(der)?)?;
    let mut inside = SliceReader::new(outer.value())?;
    let first = AnyRef::decode(&mut inside)?;
    Ok((first.tag(), first.value(), AnyRef::decode(&mut inside)?.tag()))
}
