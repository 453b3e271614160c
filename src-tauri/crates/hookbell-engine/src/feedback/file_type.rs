//! Detects the type of a downloaded file by its first and last bytes, ignoring what it claims to be.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use super::raster::Format;

/// How much of the end of a file is searched for its end marker.
const TAIL_BYTES: u64 = 64 << 10;

/// The format, if it is one that we decode.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if head.starts_with(b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else {
        None
    }
}

/// ISO/IEC 14496-12: a file type box with a brand of ISO/IEC 23008-12.
pub(super) fn is_heic(head: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Whether the outermost boxes end where the file does.
pub(super) fn boxes_fit(file: &mut File, length: u64) -> io::Result<bool> {
    let mut at = 0_u64;
    while at < length {
        let mut header = [0; 16];
        file.seek(SeekFrom::Start(at))?;
        let read = read_up_to(file, &mut header)?;
        let short = header.first_chunk::<4>().map_or(0, |size| u64::from(u32::from_be_bytes(*size)));
        let size = match short {
            0 => length - at,
            1 => header.last_chunk::<8>().map_or(0, |size| u64::from_be_bytes(*size)),
            size => size,
        };
        if read < 8 || size < 8 {
            return Ok(false);
        }
        let Some(next) = at.checked_add(size) else { return Ok(false) };
        at = next;
    }
    Ok(at == length)
}

/// Describes a file that isn't a picture, with its article.
pub(super) fn name_of_other(head: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(head).trim_start().to_lowercase();
    match head {
        [] => "empty",
        _ if text.starts_with("<!doctype html") || text.starts_with("<html") => "a web page",
        _ if text.starts_with('<') => "a message in XML",
        _ if text.starts_with('{') || text.starts_with('[') => "JSON",
        _ if head.starts_with(b"GIF8") => "a GIF",
        _ if head.starts_with(b"%PDF") => "a PDF",
        _ => "an unknown format",
    }
}

/// Reads as much as fits, or as much as there is.
pub(super) fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

/// Whether a file has its end marker near its end.
pub(super) fn ends_with(file: &mut File, end: &[u8], length: u64) -> io::Result<bool> {
    let from = length.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut tail)?;
    Ok(tail.windows(end.len()).any(|window| window == end))
}
