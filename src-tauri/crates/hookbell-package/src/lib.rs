//! Reads the contents of a build file: an `.ipa` (zip) or a `.pkg` (xar) as exported by Xcode.
//!
//! A build file may come from anybody, so it is never unpacked to disk and never read as a whole: only the few small
//! entries that describe it, each within a limit. What App Store Connect would reject is rejected here, with an
//! explanation, before gigabytes are sent. Deliberately absent: validating code signatures, which only Apple can do.
//!
//! [`kit`] creates such files, valid and broken ones, for tests and the demo.

mod bounds;
mod error;
mod ipa;
pub mod kit;
mod pkg;
mod profile;
mod property;
mod summary;
mod xar;
mod xml;

use std::{fs::File, io::Read, path::Path};

use jiff::Timestamp;

pub use self::{
    error::BuildFileError,
    summary::{BuildFile, BuildPlatform, FileForm},
};

/// The first bytes of a zip.
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// Reads a build file. `now` decides whether its provisioning profile has expired.
///
/// It reads the archive's directory in chunks and the few files that describe it, at most 16 MiB of each, whatever the
/// file's size.
///
/// # Errors
/// [`BuildFileError`] if the file can't be read, isn't a build, or is one that App Store Connect would reject.
pub fn read(path: &Path, now: Timestamp) -> Result<BuildFile, BuildFileError> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(BuildFileError::NotABuild);
    }
    let mut magic = Vec::new();
    Read::by_ref(&mut file).take(4).read_to_end(&mut magic)?;
    match magic.as_slice() {
        ZIP_MAGIC => ipa::read(file, metadata.len(), now),
        xar::MAGIC => pkg::read(file, metadata.len()),
        _ => Err(BuildFileError::NotABuild),
    }
}
