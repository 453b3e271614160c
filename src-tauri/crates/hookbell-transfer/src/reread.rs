//! Finds the parts that the storage already has after an upload was interrupted.
//!
//! Only App Store Connect's information counts. Local records only save hashing: a part that was confirmed but not
//! recorded has to be read again, but isn't sent again.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::Arc,
};

use crate::{
    parts::PartPlan,
    section::{Md5Tag, PartSource, tag_of},
    send::StoredPart,
};

/// The parts of a file by where they are stored.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredParts {
    /// Stored with the right bytes, but not recorded here.
    pub found: Vec<StoredPart>,
    /// Recorded here, but the storage has other bytes or none.
    pub lost: BTreeSet<u32>,
    /// Still to be sent, including lost ones.
    pub missing: BTreeSet<u32>,
    /// The total size of correctly stored parts, in bytes.
    pub stored_bytes: u64,
}

/// Compares what the storage has with the file. `known` has the parts recorded here, by number.
///
/// # Errors
/// The system's error if the file can't be read.
pub async fn stored_parts(
    plan: &PartPlan,
    known: &BTreeMap<u32, Md5Tag>,
    source: &Arc<impl PartSource>,
) -> io::Result<StoredParts> {
    let mut parts = StoredParts::default();
    for part in plan.parts() {
        let written = known.get(&part.number);
        let found = match part.tag {
            None => None,
            Some(tag) if written == Some(&tag) => Some(tag),
            Some(tag) => (tag_of(source.file(), part.offset, part.length).await? == tag).then_some(tag),
        };
        match found {
            Some(tag) => {
                parts.stored_bytes += part.length;
                if written != Some(&tag) {
                    parts.found.push(StoredPart::of(part, tag));
                }
            }
            None => {
                parts.missing.insert(part.number);
                if written.is_some() {
                    parts.lost.insert(part.number);
                }
            }
        }
    }
    Ok(parts)
}
