//! Limits for reading a file from an untrusted source.

use std::io::{self, Read};

/// The largest property list, provisioning profile, table of contents or description that is read. Real ones are under
/// 1 MiB; a table of contents of 100,000 files has about 16.
pub(crate) const MAX_PART_BYTES: u64 = 16 << 20;
/// The largest icon that is extracted.
pub(crate) const MAX_ICON_BYTES: u64 = 1 << 20;
/// The maximum number of files in an archive. The largest apps have some 100,000.
pub(crate) const MAX_FILES: u64 = 1_000_000;
/// Above deflate's maximum ratio of 1,032: a higher claim means that entries share the same packed bytes.
pub(crate) const MAX_PACKING_RATIO: u64 = 1_100;

/// Reads to the end; `None` if there are more than `most` bytes.
pub(crate) fn read_at_most(reader: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// Text from the archive, made fit for an error message: printable and short.
pub(crate) fn quoted(text: &[u8]) -> String {
    const MAX_QUOTED_CHARS: usize = 80;
    String::from_utf8_lossy(text).escape_default().take(MAX_QUOTED_CHARS).collect()
}
