//! A key as a person provides it: a file, and the ids shown next to the key in App Store Connect.

use std::path::{Path, PathBuf};

use hookbell_asc::{Credential, KeyFile, PrivateKey};
use hookbell_core::{IssuerId, KeyId};

use crate::api::{ApiError, ErrorCode};

/// Where a key comes from.
pub(crate) struct KeySource {
    pub(crate) key_file: String,
    pub(crate) key_id: Option<String>,
    pub(crate) issuer_id: Option<String>,
}

/// A complete key given to a command for as long as it runs.
#[derive(Debug, Clone)]
pub struct GivenKey {
    pub(crate) key_id: KeyId,
    pub(crate) issuer_id: Option<IssuerId>,
    pub(crate) key: PrivateKey,
}

impl GivenKey {
    /// Reads a key file. A missing key ID is taken from the file or its name. Without an issuer ID, given or in the
    /// file, the key is an individual one.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at the field that is wrong.
    pub async fn read(key_file: PathBuf, key_id: Option<String>, issuer_id: Option<String>) -> Result<Self, ApiError> {
        let key_file = key_file.to_string_lossy().into_owned();
        read_key(KeySource { key_file, key_id, issuer_id }).await
    }

    pub(crate) fn credential(&self) -> Credential {
        let (key_id, key) = (self.key_id.clone(), self.key.clone());
        match &self.issuer_id {
            Some(issuer) => Credential::team(key_id, issuer.clone(), key),
            None => Credential::individual(key_id, key),
        }
    }
}

/// Reads a key file and its ids. Ids given explicitly override those in the file.
pub(crate) async fn read_key(source: KeySource) -> Result<GivenKey, ApiError> {
    let file = read_file(&source.key_file).await?;
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let key_id = match given(source.key_id) {
        Some(text) => Some(KeyId::new(text).map_err(|error| {
            ApiError::field("keyId", error.to_string(), "copy it from the list of keys in App Store Connect")
        })?),
        None => file.key_id,
    };
    let key_id = key_id.ok_or_else(|| no_key_id(&source.key_file))?;
    let issuer_id = given(source.issuer_id).map(IssuerId::new).transpose().map_err(|error| {
        ApiError::field("issuerId", error.to_string(), "copy it from above the list of keys in App Store Connect")
    })?;
    if file.is_individual && issuer_id.is_some() {
        let message = "this is an individual key, which has no issuer ID";
        return Err(ApiError::field("issuerId", message, "choose Individual key, or choose the file of a team key"));
    }
    Ok(GivenKey { key_id, issuer_id: issuer_id.or(file.issuer_id), key: file.key })
}

/// The error for a missing key ID. App Store Connect names keys for in-app purchases differently.
fn no_key_id(path: &str) -> ApiError {
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("SubscriptionKey_") {
        let message = "the file name is that of an In-App Purchase key, which can’t manage webhooks";
        let hint = "choose the AuthKey_….p8 file of an App Store Connect API key; if this is one, enter its key ID";
        return ApiError::field("keyId", message, hint);
    }
    let message = "the file name doesn’t contain the key ID";
    ApiError::field("keyId", message, "copy it from App Store Connect")
}

/// Reads a key file, off the async threads.
pub(crate) async fn read_file(path: &str) -> Result<KeyFile, ApiError> {
    if path.trim().is_empty() {
        let hint = "it is the AuthKey_….p8 file from App Store Connect";
        return Err(ApiError::field("keyFile", "choose a key file", hint));
    }
    let path = PathBuf::from(path);
    let read = tokio::task::spawn_blocking(move || KeyFile::read(&path)).await;
    let read = read.map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "try again"))?;
    read.map_err(|error| ApiError::field("keyFile", error.to_string(), error.hint()))
}
