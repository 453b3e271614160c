//! xar, the archive around a package: a header, a compressed table of contents in XML, and a heap of files.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use flate2::read::ZlibDecoder;
use roxmltree::{Document, Node};

use crate::{
    BuildFileError,
    bounds::{MAX_PACKING_RATIO, MAX_PART_BYTES, quoted, read_at_most},
};

pub(crate) const MAGIC: &[u8] = b"xar!";

/// The header's length; only the fields up to the table's sizes matter.
const HEADER_BYTES: u64 = 28;
const WRONG: &str = "its table of contents can’t be read";

/// A file in the heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The path, `birds.pkg/PackageInfo`.
    pub(crate) path: String,
    offset: u64,
    length: u64,
    compressed: bool,
}

/// The heap's offset, and the decompressed table of contents.
pub(crate) struct Contents {
    heap: u64,
    pub(crate) table: Vec<u8>,
}

pub(crate) fn contents(file: &mut File, size_bytes: u64) -> Result<Contents, BuildFileError> {
    let mut header = [0; HEADER_BYTES as usize];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut header).map_err(|_| BuildFileError::Truncated)?;
    let [_, _, _, _, h1, h0, _, _, packed @ ..] = header;
    let (packed, unpacked) = (long(&packed, 0), long(&packed, 8));
    let header_bytes = u64::from(u16::from_be_bytes([h1, h0]));
    if header_bytes < HEADER_BYTES {
        return Err(BuildFileError::Damaged(WRONG));
    }
    let heap = header_bytes.saturating_add(packed);
    if heap > size_bytes {
        return Err(BuildFileError::Truncated);
    }
    if unpacked > MAX_PART_BYTES {
        return Err(BuildFileError::Bomb("its table of contents is many megabytes long"));
    }
    file.seek(SeekFrom::Start(header_bytes))?;
    let table = read_at_most(ZlibDecoder::new(file.take(packed)), MAX_PART_BYTES);
    let table = table.map_err(|_| BuildFileError::Damaged(WRONG))?;
    Ok(Contents { heap, table: table.ok_or(BuildFileError::Bomb("its table of contents is many megabytes long"))? })
}

/// Reads eight bytes of the header as a big-endian integer.
fn long(bytes: &[u8; 20], at: usize) -> u64 {
    bytes.iter().skip(at).take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

impl Contents {
    /// The table's files selected by `wanted`; each must be within the archive's bounds.
    pub(crate) fn entries(
        &self,
        table: &Document<'_>,
        size_bytes: u64,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<Entry>, BuildFileError> {
        let mut entries = Vec::new();
        for node in table.descendants().filter(|node| node.has_tag_name("file")) {
            let name = child_text(node, "name").unwrap_or_default();
            if name.contains(['/', '\\', '\0']) || name == ".." {
                return Err(BuildFileError::PathOutside(quoted(name.as_bytes())));
            }
            let Some(data) = child(node, "data") else { continue };
            let entry = entry(node, data).ok_or(BuildFileError::Damaged(WRONG))?;
            if self.heap.saturating_add(entry.offset).saturating_add(entry.length) > size_bytes {
                return Err(BuildFileError::Truncated);
            }
            if wanted(name) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// Extracts one file.
    pub(crate) fn part(&self, file: &mut File, entry: &Entry) -> Result<Vec<u8>, BuildFileError> {
        file.seek(SeekFrom::Start(self.heap.saturating_add(entry.offset)))?;
        let packed = file.take(entry.length);
        let most = MAX_PART_BYTES.min(entry.length.saturating_mul(MAX_PACKING_RATIO));
        let bytes =
            if entry.compressed { read_at_most(ZlibDecoder::new(packed), most) } else { read_at_most(packed, most) };
        let bytes = bytes.map_err(|_| BuildFileError::Damaged("a file of the package can’t be unpacked"))?;
        bytes.ok_or(BuildFileError::Bomb("a small file of it unpacks to many megabytes"))
    }
}

fn entry(node: Node<'_, '_>, data: Node<'_, '_>) -> Option<Entry> {
    let number = |name| child_text(data, name)?.trim().parse::<u64>().ok();
    let style = child(data, "encoding").and_then(|encoding| encoding.attribute("style")).unwrap_or_default();
    let mut folders: Vec<_> = node.ancestors().filter(|node| node.has_tag_name("file")).collect();
    folders.reverse();
    let names = folders.into_iter().filter_map(|folder| child_text(folder, "name"));
    Some(Entry {
        path: names.collect::<Vec<_>>().join("/"),
        offset: number("offset")?,
        // `size` is the length after decompression.
        length: number("length")?,
        compressed: style == "application/x-gzip",
    })
}

/// The first child with a name.
pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

fn child_text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.text()
}
