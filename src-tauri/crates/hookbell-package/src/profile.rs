//! An app's provisioning profile: who may run it, and until when.
//!
//! It is a property list in a signed envelope. The envelope contains the list as plain text, so it is simply cut out;
//! validating the signature is up to Apple. A profile without a readable list is no reason to reject a build.

use jiff::Timestamp;

use crate::{BuildFileError, property::Property};

const BEGIN: &[u8] = b"<?xml";
const END: &[u8] = b"</plist>";

/// Rejects a profile that App Store Connect rejects.
pub(crate) fn check(profile: &[u8], now: Timestamp) -> Result<(), BuildFileError> {
    let Some(profile) = list(profile).and_then(|list| Property::read(list).ok()) else { return Ok(()) };
    let debuggable = profile.flag(&["Entitlements", "get-task-allow"]) == Some(true);
    if debuggable {
        return Err(BuildFileError::Development);
    }
    if profile.flag(&["ProvisionsAllDevices"]) == Some(true) {
        return Err(BuildFileError::InHouse);
    }
    if profile.at(&["ProvisionedDevices"]).is_some() {
        return Err(BuildFileError::RegisteredDevices);
    }
    match profile.at(&["ExpirationDate"]) {
        Some(Property::Date(end)) if *end <= now.as_second() => {
            Err(BuildFileError::ProfileExpired(Timestamp::from_second(*end).unwrap_or(Timestamp::MIN)))
        }
        _ => Ok(()),
    }
}

fn list(profile: &[u8]) -> Option<&[u8]> {
    let begin = profile.windows(BEGIN.len()).position(|window| window == BEGIN)?;
    let rest = profile.get(begin..)?;
    let end = rest.windows(END.len()).position(|window| window == END)?;
    rest.get(..end + END.len())
}
