//! Why something is not the private key of an API key.

/// Why something is not the private key of an API key. Each variant says what it is instead, and
/// [`hint`](KeyError::hint) says what to do. The advice to replace the key is only for keys that are really broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No content.
    #[error("the key file is empty")]
    Empty,
    /// Nothing that looks like a key.
    #[error("this is not a private key")]
    NotAKey,
    /// Another recognizable file type, with its article.
    #[error("this is not a private key but {0}")]
    Instead(&'static str),
    /// A Git LFS pointer instead of the file.
    #[error("this is a Git LFS pointer, not the key")]
    LfsPointer,
    /// Protected by a passphrase.
    #[error("the key is encrypted with a passphrase")]
    Encrypted,
    /// The older SEC1 form, `EC PRIVATE KEY`.
    #[error("the key is in the older EC PRIVATE KEY format")]
    Sec1,
    /// An RSA key.
    #[error("this is an RSA key")]
    Rsa,
    /// An EC key on another curve.
    #[error("this EC key uses a different curve")]
    OtherCurve,
    /// Neither RSA nor EC.
    #[error("this is a different kind of key")]
    OtherKind,
    /// A character inside the key that no layer explains.
    #[error("the key contains {0:?}, which no key does")]
    Garbled(char),
    /// It ends too early.
    #[error("the key is cut short")]
    Truncated,
    /// The contents contradict the envelope.
    #[error("the key is damaged")]
    Damaged,
}

impl KeyError {
    /// What to do about it.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "choose another copy of it; App Store Connect lets you download a key only once",
            Self::NotAKey => "choose the AuthKey_….p8 file you downloaded from App Store Connect",
            Self::Instead(_) => "choose the AuthKey_….p8 file from App Store Connect",
            Self::LfsPointer => "run git lfs pull and choose it again",
            Self::Encrypted => "decrypt it with: openssl pkcs8 -in KEY -out KEY.p8",
            Self::Sec1 => "convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.p8",
            Self::Rsa | Self::OtherKind => "App Store Connect API keys are EC keys on P-256",
            Self::OtherCurve => "App Store Connect API keys are on P-256",
            Self::Garbled(_) => "save it as plain text, with only the lines from BEGIN to END",
            Self::Truncated => "copy it again from the original; App Store Connect lets you download it only once",
            Self::Damaged => {
                "copy it again from the original; if you no longer have it, create a new key in App Store Connect"
            }
        }
    }
}
