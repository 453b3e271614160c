//! A key file on disk: the `.p8` file, what its name says, and other data in it.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use hookbell_core::{IssuerId, KeyId};
use zeroize::Zeroizing;

use super::{
    error::KeyError,
    layers::{self, Ids},
    private::PrivateKey,
};

/// The maximum size of a key file, in bytes. Apple's have 257.
const MAX_LEN: u64 = 64 * 1024;

/// Fits the usual file, in bytes, so that reading it leaves no copy in reallocated memory.
const FIRST_READ_LEN: usize = 64 * 1024;

/// Why a file gave no key. [`hint`](KeyFileError::hint) says what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file can't be read.
    #[error("{} can't be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Far too large for a key.
    #[error("{} is too large to be a key", .0.display())]
    TooLarge(PathBuf),
    /// Its contents are not an App Store Connect key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl KeyFileError {
    /// What to do about it.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check that the file is there and that you can read it",
            Self::TooLarge(_) => "choose the AuthKey_….p8 file from App Store Connect",
            Self::Key(error) => error.hint(),
        }
    }
}

/// The contents of a `.p8` file.
///
/// ```no_run
/// use hookbell_asc::KeyFile;
///
/// let file = KeyFile::read("AuthKey_2X9R4HXF34.p8".as_ref())?;
/// assert_eq!(file.key_id.unwrap().as_str(), "2X9R4HXF34");
/// # Ok::<(), hookbell_asc::KeyFileError>(())
/// ```
#[derive(Debug)]
pub struct KeyFile {
    /// The key ID: from a JSON file with the key in it, or from App Store Connect's file name.
    pub key_id: Option<KeyId>,
    /// The issuer ID, from a JSON file with the key in it.
    pub issuer_id: Option<IssuerId>,
    /// Whether the key is an individual key, which has no issuer ID: the file's name says so, or a JSON file has the
    /// key and no issuer.
    pub is_individual: bool,
    /// The key.
    pub key: PrivateKey,
}

/// App Store Connect's file name prefix for team keys.
const TEAM: &str = "AuthKey_";
/// App Store Connect's file name prefix for individual keys.
const INDIVIDUAL: &str = "ApiKey_";

impl KeyFile {
    /// Reads a file. Blocks on disk I/O.
    ///
    /// # Errors
    /// [`KeyFileError`] if the file can't be read, or contains no P-256 key.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let unreadable = |source| KeyFileError::Unreadable { path: path.to_owned(), source };
        let mut bytes = Zeroizing::new(Vec::with_capacity(FIRST_READ_LEN));
        let file = File::open(path).map_err(unreadable)?;
        file.take(MAX_LEN + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_LEN {
            return Err(KeyFileError::TooLarge(path.to_owned()));
        }
        let found = layers::find(&bytes)?;
        let key = PrivateKey::from_pkcs8(&found.der)?;
        let Ids { key_id, issuer_id } = found.ids.unwrap_or_default();
        let (key_id, issuer_id) =
            (key_id.and_then(|id| KeyId::new(id).ok()), issuer_id.and_then(|id| IssuerId::new(id).ok()));
        let is_individual = issuer_id.is_none() && (key_id.is_some() || id_after(INDIVIDUAL, path).is_some());
        Ok(Self { key_id: key_id.or_else(|| Self::key_id_of(path)), issuer_id, is_individual, key })
    }

    /// The key ID in a name such as `AuthKey_2X9R4HXF34.p8`, or `ApiKey_2X9R4HXF34.p8` for an individual key. Tolerates
    /// a browser's number for repeated downloads and an additional extension.
    ///
    /// ```
    /// use hookbell_asc::KeyFile;
    ///
    /// let id = |name: &str| KeyFile::key_id_of(name.as_ref()).map(|id| id.to_string());
    /// assert_eq!(id("/keys/AuthKey_2X9R4HXF34 (1).p8").as_deref(), Some("2X9R4HXF34"));
    /// assert_eq!(id("/keys/ApiKey_2X9R4HXF34.p8.txt").as_deref(), Some("2X9R4HXF34"));
    /// assert_eq!(id("key.p8"), None);
    /// ```
    #[must_use]
    pub fn key_id_of(path: &Path) -> Option<KeyId> {
        id_after(TEAM, path).or_else(|| id_after(INDIVIDUAL, path))
    }
}

/// The ID after a prefix in a file's name. Words can precede it: "Copy of AuthKey_…".
fn id_after(prefix: &str, path: &Path) -> Option<KeyId> {
    let (before, after) = path.file_stem()?.to_str()?.split_once(prefix)?;
    if before.ends_with(|character: char| character.is_alphanumeric()) {
        return None;
    }
    let end = after.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(after.len());
    KeyId::new(&after[..end]).ok()
}
