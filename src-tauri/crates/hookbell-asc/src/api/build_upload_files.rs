//! Files of an upload: reserved, sent part by part to another host, committed.
//!
//! The parts go to signed addresses that need no token. This client never sends to them.

use std::{collections::BTreeMap, fmt};

use hookbell_core::{BuildUploadFileId, BuildUploadId};
use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::build_uploads::{BuildUpload, StateDetail};
use crate::{
    Client, Error, Listing, Resource,
    transport::{
        json_api::{Linkage, Outgoing},
        open_enum::open_enum,
    },
};

open_enum!(
    /// The state of a file.
    FileDeliveryState {
        AwaitingUpload = "AWAITING_UPLOAD",
        UploadComplete = "UPLOAD_COMPLETE",
        Complete = "COMPLETE",
        Failed = "FAILED",
    }
);

open_enum!(
    /// What a file is for. The build alone is enough.
    UploadAssetType {
        Build = "ASSET",
        Description = "ASSET_DESCRIPTION",
        Spi = "ASSET_SPI",
    }
);

/// A file of an upload.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildUploadFile {
    /// Its id.
    pub id: BuildUploadFileId,
    /// What it is for.
    pub asset_type: Option<UploadAssetType>,
    /// Its name.
    pub file_name: Option<String>,
    /// Its length in bytes.
    pub file_size: Option<u64>,
    /// Its state and Apple's findings.
    pub asset_delivery_state: Option<FileDelivery>,
    /// Its parts, in no order. `None` after the commit.
    pub upload_operations: Option<Vec<UploadOperation>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildUploadFile {
    const TYPE: &'static str = "buildUploadFiles";
    type Id = BuildUploadFileId;
}

/// The state of a file and Apple's findings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FileDelivery {
    /// Its state.
    pub state: Option<FileDeliveryState>,
    /// Why it failed.
    pub errors: Option<Vec<StateDetail>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A part of a file, and where to put it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadOperation {
    /// `PUT`.
    pub method: Option<String>,
    /// The target address.
    pub url: Option<SignedUrl>,
    /// The part's offset in the file, in bytes.
    pub offset: Option<u64>,
    /// How long it is, in bytes.
    pub length: Option<u64>,
    /// The headers to send, and no others except the length.
    pub request_headers: Option<Vec<RequestHeader>>,
    /// When the address expires.
    pub expiration: Option<Timestamp>,
    /// Its number, from 1.
    pub part_number: Option<u32>,
    /// The MD5 of the received part in hexadecimal, if it was received.
    pub entity_tag: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A header to send with a part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RequestHeader {
    /// Its name.
    pub name: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// An address whose query is a signature and grants write access. Prints without the query.
///
/// ```
/// # use hookbell_asc::api::build_upload_files::SignedUrl;
/// let url: SignedUrl = serde_json::from_str(r#""https://storage.apple.com/part?X-Amz-Signature=0f""#).unwrap();
/// assert_eq!(format!("{url:?}"), "SignedUrl(https://storage.apple.com/part?…)");
/// ```
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SignedUrl(String);

impl SignedUrl {
    /// The full address, for sending.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once('?') {
            Some((place, _)) => write!(f, "SignedUrl({place}?…)"),
            None => write!(f, "SignedUrl({})", self.0),
        }
    }
}

/// A file to reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewBuildUploadFile {
    /// The upload it belongs to.
    #[serde(skip)]
    pub upload: BuildUploadId,
    /// Its name.
    pub file_name: String,
    /// Its length in bytes, at least 1.
    pub file_size: u64,
    /// Its type, `com.apple.ipa` or `com.apple.pkg`. Apple refuses a package under the other name.
    pub uti: String,
}

/// The request's attributes: the file and what it is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewBuild<'a> {
    #[serde(flatten)]
    file: &'a NewBuildUploadFile,
    asset_type: &'static str,
}

/// Operations on files of uploads.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BuildUploadFileId) -> Result<(), Error> {
/// let file = client.build_upload_files().get(&id).await?;
/// let parts = file.upload_operations.unwrap_or_default();
/// println!("{} of {} parts are there", parts.iter().filter(|part| part.entity_tag.is_some()).count(), parts.len());
/// # Ok(())
/// # }
/// ```
pub struct BuildUploadFileEndpoints<'a>(&'a Client);

impl Client {
    /// Files of uploads.
    #[must_use]
    pub fn build_upload_files(&self) -> BuildUploadFileEndpoints<'_> {
        BuildUploadFileEndpoints(self)
    }
}

impl BuildUploadFileEndpoints<'_> {
    /// One file. While waiting for parts, it lists the ones it has.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildUploadFileId) -> Result<BuildUploadFile, Error> {
        self.0.get(&["v1", "buildUploadFiles", id.as_str()], None).await
    }

    /// The files of an upload.
    pub fn of_upload(&self, upload: &BuildUploadId) -> Listing<BuildUploadFile> {
        Listing::new(self.0, self.0.url(&["v1", "buildUploads", upload.as_str(), "buildUploadFiles"]))
    }

    /// Reserves the build's file. Not retried: after [`Error::Interrupted`] or [`Error::TimedOut`] it may exist.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple rejects.
    pub async fn create(&self, file: &NewBuildUploadFile) -> Result<BuildUploadFile, Error> {
        let body = Outgoing {
            kind: BuildUploadFile::TYPE,
            id: None,
            attributes: Some(NewBuild { file, asset_type: "ASSET" }),
            relationships: BTreeMap::from([("buildUpload", Linkage::one(BuildUpload::TYPE, file.upload.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "buildUploadFiles"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// Commits the file once all parts are sent. Sends no checksum: the live service refuses SHA-256, although its
    /// description allows it. Not retried: without an answer it may have worked, so read the upload before trying
    /// again.
    ///
    /// # Errors
    /// [`Error::Refused`] if a part is missing or the file is committed already.
    pub async fn commit(&self, id: &BuildUploadFileId) -> Result<BuildUploadFile, Error> {
        let body = Outgoing {
            kind: BuildUploadFile::TYPE,
            id: Some(id.as_str()),
            attributes: Some(json!({ "uploaded": true })),
            relationships: BTreeMap::new(),
        }
        .body()?;
        let url = self.0.url(&["v1", "buildUploadFiles", id.as_str()])?;
        self.0.write(Method::PATCH, &url, Some(body)).await?.one()
    }
}
