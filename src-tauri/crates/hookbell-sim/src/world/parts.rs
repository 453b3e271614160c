//! The parts of a file during its upload: each one's offset, and the MD5 of its stored bytes.
//!
//! The bytes themselves are not kept. A file of 60 GB needs no more memory than its list of parts.

use data_encoding::{HEXLOWER, HEXUPPER};
use md5::{Digest, Md5};
use serde_json::{Value, json};

use super::Resource;

/// The attribute of a `buildUploadFiles` resource that holds them; the API shows it as upload operations.
pub(crate) const ATTRIBUTE: &str = "parts";

/// Splits a file into parts of `part_bytes`, none of them stored yet.
pub(crate) fn of(size: u64, part_bytes: u64) -> Value {
    let part_bytes = part_bytes.max(1);
    let offsets = (0..size.div_ceil(part_bytes)).map(|number| number * part_bytes);
    offsets
        .map(|offset| json!({ "offset": offset, "length": part_bytes.min(size - offset), "timesStored": 0 }))
        .collect()
}

/// The parts with their numbers, starting at 1.
pub(crate) fn numbered(file: &Resource) -> impl Iterator<Item = (usize, &Value)> {
    let parts = file.attributes.get(ATTRIBUTE).and_then(Value::as_array);
    parts.into_iter().flatten().enumerate().map(|(at, part)| (at + 1, part))
}

/// The length of a part.
pub(crate) fn length(file: &Resource, number: usize) -> Option<u64> {
    file.attributes.get(ATTRIBUTE)?.get(number.checked_sub(1)?)?["length"].as_u64()
}

/// Marks a part as stored.
pub(crate) fn store(file: &mut Resource, number: usize, entity_tag: &str) {
    let parts = file.attributes.get_mut(ATTRIBUTE);
    if let Some(part) = parts.and_then(|parts| parts.get_mut(number.checked_sub(1)?)) {
        part["timesStored"] = json!(part["timesStored"].as_u64().unwrap_or_default() + 1);
        part["entityTag"] = json!(entity_tag);
    }
}

/// The MD5 of a part in S3's format.
pub(crate) fn entity_tag(md5: Md5) -> String {
    HEXUPPER.encode(&md5.finalize())
}

/// The MD5 of the parts' MD5s with their number and size, which Apple's servers check. `None` if a part is missing.
pub(crate) fn composite(file: &Resource, part_bytes: u64) -> Option<String> {
    let mut md5 = Md5::new();
    let mut count = 0;
    for (_, part) in numbered(file) {
        md5.update(HEXUPPER.decode(part["entityTag"].as_str()?.as_bytes()).ok()?);
        count += 1;
    }
    Some(format!("{}-{count}-{part_bytes}", HEXLOWER.encode(&md5.finalize())))
}
