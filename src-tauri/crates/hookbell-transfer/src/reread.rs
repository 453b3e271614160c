//! Which parts the storage has already, after an upload was interrupted.
//!
//! Only what App Store Connect says counts. What was written down here saves the hashing: a part whose answer came but
//! could not be written down costs reading it, and is not sent again.

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

/// The parts of a file by where they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredParts {
    /// Stored with the right bytes, but not written down here.
    pub found: Vec<StoredPart>,
    /// Written down here, and the storage has other bytes or none.
    pub lost: BTreeSet<u32>,
    /// To be sent, those that are lost among them.
    pub missing: BTreeSet<u32>,
    /// How many bytes are stored with the right bytes.
    pub stored_bytes: u64,
}

/// Compares what the storage has with the file. `known` are the parts that were written down here, by their numbers.
///
/// # Errors
/// What the system says if the file can't be read.
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
