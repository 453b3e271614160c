//! A key as it lies on disk: the `.p8` file, and the key ID in its name.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use hookbell_core::KeyId;
use zeroize::Zeroizing;

use super::private_key::{KeyError, PrivateKey};

/// No key file is larger, in bytes. Apple's have 257.
const MAX_LEN: u64 = 64 * 1024;

/// Why a file gave no key.
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
    #[error("{} is too large to be a key; choose the AuthKey_….p8 file from App Store Connect", .0.display())]
    TooLarge(PathBuf),
    /// What is in it is no key of App Store Connect's.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What a `.p8` file tells.
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
    /// The key ID, if the file still has the name Apple gave it.
    pub key_id: Option<KeyId>,
    /// The key.
    pub key: PrivateKey,
}

impl KeyFile {
    /// Reads a file. Blocks for as long as the disk takes.
    ///
    /// # Errors
    /// [`KeyFileError`] if the file can't be read or is no P-256 key in PKCS#8 PEM.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let unreadable = |source| KeyFileError::Unreadable { path: path.to_owned(), source };
        let mut bytes = Zeroizing::new(Vec::new());
        let file = File::open(path).map_err(unreadable)?;
        file.take(MAX_LEN + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_LEN {
            return Err(KeyFileError::TooLarge(path.to_owned()));
        }
        Ok(Self { key_id: Self::key_id_of(path), key: PrivateKey::read(&bytes)? })
    }

    /// The key ID in a name such as `AuthKey_2X9R4HXF34.p8`, also where a browser has numbered a
    /// second download.
    ///
    /// ```
    /// use hookbell_asc::KeyFile;
    ///
    /// let id = |name: &str| KeyFile::key_id_of(name.as_ref()).map(|id| id.to_string());
    /// assert_eq!(id("/keys/AuthKey_2X9R4HXF34 (1).p8").as_deref(), Some("2X9R4HXF34"));
    /// assert_eq!(id("key.p8"), None);
    /// ```
    #[must_use]
    pub fn key_id_of(path: &Path) -> Option<KeyId> {
        let name = path.file_stem()?.to_str()?.strip_prefix("AuthKey_")?;
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        KeyId::new(&name[..end]).ok()
    }
}
