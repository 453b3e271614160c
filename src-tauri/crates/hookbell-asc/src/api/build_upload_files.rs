//! Files of an upload: reserved, sent part by part to another host, committed.
//!
//! The parts go to addresses that are signed and need no token. This client never sends to them.

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
    /// How far a file is.
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
    /// How far it is, and what Apple found.
    pub asset_delivery_state: Option<FileDelivery>,
    /// Its parts, in no order. None once it was committed.
    pub upload_operations: Option<Vec<UploadOperation>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildUploadFile {
    const TYPE: &'static str = "buildUploadFiles";
    type Id = BuildUploadFileId;
}

/// How far a file is, and what Apple found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FileDelivery {
    /// How far it is.
    pub state: Option<FileDeliveryState>,
    /// Why it failed.
    pub errors: Option<Vec<StateDetail>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A part of a file, and where to put it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadOperation {
    /// `PUT`.
    pub method: Option<String>,
    /// Where to.
    pub url: Option<SignedUrl>,
    /// Where the part begins in the file, in bytes.
    pub offset: Option<u64>,
    /// How long it is, in bytes.
    pub length: Option<u64>,
    /// The headers to send, and no others but the length.
    pub request_headers: Option<Vec<RequestHeader>>,
    /// Until when the address is good.
    pub expiration: Option<Timestamp>,
    /// Its number, from 1.
    pub part_number: Option<u32>,
    /// The MD5 in hexadecimal of what was received of it, if it was.
    pub entity_tag: Option<String>,
    /// Everything else.
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

/// An address whose query is a signature: whoever has it may write. It prints without the query.
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
    /// The whole address, for the one who sends to it.
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
    /// What it is, `com.apple.ipa` or `com.apple.pkg`. A package under the other name is refused.
    pub uti: String,
}

/// What goes out: the file with what it is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewBuild<'a> {
    #[serde(flatten)]
    file: &'a NewBuildUploadFile,
    asset_type: &'static str,
}

/// What can be done with files of uploads.
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
    /// One file. While it waits for its parts it says which ones it has.
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

    /// Reserves the build's own file. Sent once: after [`Error::Interrupted`] or [`Error::TimedOut`] it may exist.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple objects to.
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

    /// Says that all parts are there. No checksum is sent: the live service refuses SHA-256, which its description
    /// allows. Sent once: if no answer comes it may have worked, so read the upload before trying again.
    ///
    /// # Errors
    /// [`Error::Refused`] if a part is missing, or it was committed already.
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
