//! Reads what a build file holds: an `.ipa` (zip) or a `.pkg` (xar) as Xcode exports them.
//!
//! A build file may be made by anybody, so it is never unpacked to disk and never read whole: only the few small
//! entries that say what it is, each within a bound. What App Store Connect would refuse is refused here, in words,
//! before gigabytes are sent. Deliberately absent: judging code signatures, which only Apple can do.
//!
//! [`kit`] makes such files, good ones and broken ones, for tests and for the demo.

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

/// What a zip begins with.
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// Reads a build file. `now` decides whether its provisioning profile has expired.
///
/// It reads the archive's directory in pieces and the few files that say what it is, 16 MiB of each at most, whatever
/// the file's size.
///
/// # Errors
/// [`BuildFileError`] if the file can't be read, is no build, or is one that App Store Connect would refuse.
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
