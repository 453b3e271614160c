//! The simulated team's API keys: generated once, stored as `AuthKey_<keyId>.p8`, verified with the public half.
//!
//! The simulator never keeps the private half in memory: like Apple, it issues the key as a file and forgets it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::SimulatorError;

/// A key's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything.
    Admin,
    /// Everything that the simulator knows, including webhooks.
    AppManager,
    /// Reads apps, builds and feedback; no webhooks.
    Developer,
}

impl Role {
    pub(crate) fn may_use_webhooks(self) -> bool {
        self != Self::Developer
    }
}

/// An API key on Apple's side.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ApiKey {
    pub(crate) id: String,
    /// An individual key has a user instead of an issuer.
    pub(crate) individual: bool,
    pub(crate) role: Role,
    pub(crate) revoked: bool,
    /// The uncompressed point, read from the `.p8` file at start.
    #[serde(skip)]
    pub(crate) public: Vec<u8>,
}

/// The team's keys and its issuer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Keys {
    pub(crate) issuer_id: String,
    pub(crate) keys: Vec<ApiKey>,
}

impl Keys {
    /// A team key and an individual key with new ids; [`Keys::load`] creates the files.
    pub(crate) fn fresh() -> Self {
        let key =
            |individual| ApiKey { id: key_id(), individual, role: Role::Admin, revoked: false, public: Vec::new() };
        Self { issuer_id: uuid::Uuid::new_v4().to_string(), keys: vec![key(false), key(true)] }
    }

    /// Reads the public half of every key from its file, and creates missing files.
    pub(crate) fn load(&mut self, dir: &Path) -> Result<(), SimulatorError> {
        for key in &mut self.keys {
            let path = file(dir, &key.id);
            key.public = match fs::read_to_string(&path) {
                Ok(pem) => public_half(&pem).ok_or(SimulatorError::Key(path))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path)?,
                Err(error) => return Err(SimulatorError::file(path)(error)),
            };
        }
        Ok(())
    }

    pub(crate) fn find(&self, id: &str) -> Option<&ApiKey> {
        self.keys.iter().find(|key| key.id == id)
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut ApiKey> {
        self.keys.iter_mut().find(|key| key.id == id)
    }

    pub(crate) fn team(&self) -> Option<&ApiKey> {
        self.keys.iter().find(|key| !key.individual)
    }

    pub(crate) fn individual(&self) -> Option<&ApiKey> {
        self.keys.iter().find(|key| key.individual)
    }
}

/// The path of a key's private half, under Apple's file name.
pub(crate) fn file(dir: &Path, key_id: &str) -> PathBuf {
    dir.join(format!("AuthKey_{key_id}.p8"))
}

/// Ten capital letters and digits, like Apple's.
fn key_id() -> String {
    let text = uuid::Uuid::new_v4().simple().to_string().to_uppercase();
    text.chars().take(10).collect()
}

fn make(path: &Path) -> Result<Vec<u8>, SimulatorError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| SimulatorError::KeyGeneration)?;
    let der = pair.to_pkcs8v1().map_err(|_| SimulatorError::KeyGeneration)?;
    write_private(path, pem(der.as_ref()).as_bytes()).map_err(SimulatorError::file(path))?;
    Ok(pair.public_key().as_ref().to_vec())
}

fn pem(der: &[u8]) -> String {
    let base64 = BASE64.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in base64.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|&byte| char::from(byte)));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----");
    pem
}

fn public_half(pem: &str) -> Option<Vec<u8>> {
    let base64: String =
        pem.lines().filter(|line| !line.starts_with("-----")).flat_map(str::split_whitespace).collect();
    let der = BASE64.decode(base64.as_bytes()).ok()?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok()?;
    Some(pair.public_key().as_ref().to_vec())
}

/// Writes a file that is only ever readable by its owner.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
