//! The parts of a file that is being uploaded: where each lies, and the MD5 of what was stored of it.
//!
//! The bytes themselves are not kept. A file of 60 GB needs no more memory than its list of parts.

use data_encoding::{HEXLOWER, HEXUPPER};
use md5::{Digest, Md5};
use serde_json::{Value, json};

use super::Resource;

/// The attribute of a `buildUploadFiles` that holds them; the API shows it as upload operations.
pub(crate) const ATTRIBUTE: &str = "parts";

/// One part, none of it stored yet, for each `part_bytes` of a file.
pub(crate) fn of(size: u64, part_bytes: u64) -> Value {
    let part_bytes = part_bytes.max(1);
    let offsets = (0..size.div_ceil(part_bytes)).map(|number| number * part_bytes);
    offsets
        .map(|offset| json!({ "offset": offset, "length": part_bytes.min(size - offset), "timesStored": 0 }))
        .collect()
}

/// The parts with their numbers, which begin with 1.
pub(crate) fn numbered(file: &Resource) -> impl Iterator<Item = (usize, &Value)> {
    let parts = file.attributes.get(ATTRIBUTE).and_then(Value::as_array);
    parts.into_iter().flatten().enumerate().map(|(at, part)| (at + 1, part))
}

/// How long a part is.
pub(crate) fn length(file: &Resource, number: usize) -> Option<u64> {
    file.attributes.get(ATTRIBUTE)?.get(number.checked_sub(1)?)?["length"].as_u64()
}

/// Notes that a part was stored.
pub(crate) fn store(file: &mut Resource, number: usize, entity_tag: &str) {
    let parts = file.attributes.get_mut(ATTRIBUTE);
    if let Some(part) = parts.and_then(|parts| parts.get_mut(number.checked_sub(1)?)) {
        part["timesStored"] = json!(part["timesStored"].as_u64().unwrap_or_default() + 1);
        part["entityTag"] = json!(entity_tag);
    }
}

/// How S3 writes the MD5 of a part.
pub(crate) fn entity_tag(md5: Md5) -> String {
    HEXUPPER.encode(&md5.finalize())
}

/// The MD5 of the parts' MD5s with their number and size, as Apple's servers check a file. `None` if a part is missing.
pub(crate) fn composite(file: &Resource, part_bytes: u64) -> Option<String> {
    let mut md5 = Md5::new();
    let mut count = 0;
    for (_, part) in numbered(file) {
        md5.update(HEXUPPER.decode(part["entityTag"].as_str()?.as_bytes()).ok()?);
        count += 1;
    }
    Some(format!("{}-{count}-{part_bytes}", HEXLOWER.encode(&md5.finalize())))
}
