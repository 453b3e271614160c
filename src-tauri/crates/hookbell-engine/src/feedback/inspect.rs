//! What a downloaded file is, told by its content alone, and its thumbnail.
//!
//! Only PNG and JPEG are decoded, with limits on pixels and memory, once, for the thumbnail; a file that
//! can't be decoded is no image, whatever it calls itself. HEIC is told by its boxes and kept for the
//! system's viewer. Runs on a blocking thread.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use image::{
    ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
};

/// No side of a picture has more pixels: a web view could not show it either.
const SIDE_MAX: u32 = 16_384;

/// No picture has more pixels. The largest display of Apple's has half as many.
const PIXELS_MAX: u64 = 40_000_000;

/// What decoding may take in memory, in bytes.
const MEMORY_MAX: u64 = 256 << 20;

/// A thumbnail fits into so many pixels: a list shows 36 x 56 points at up to three pixels each, a notification a
/// little more. A web view keeps hundreds of them decoded, four bytes for each pixel.
const THUMBNAIL: (u32, u32) = (128, 256);
const THUMBNAIL_QUALITY: u8 = 80;

/// How far from its end a file is looked through for the mark of its end.
const TAIL: u64 = 64 << 10;

/// A picture that may be kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inspected {
    /// `png`, `jpeg` or `heic`; also the extension of its name.
    pub(super) kind: &'static str,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    /// A small JPEG of it.
    pub(super) thumbnail: Option<Vec<u8>>,
}

/// Why it may not.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfit {
    #[error("the file is {0}, not a picture")]
    NotAnImage(&'static str),
    #[error("the picture claims {width} × {height} pixels")]
    TooManyPixels { width: u32, height: u32 },
    #[error("the file was cut short")]
    CutShort,
    #[error("the picture can't be decoded")]
    Undecodable,
    #[error(transparent)]
    Io(#[from] io::Error),
}

pub(super) fn inspect(file: &mut File) -> Result<Inspected, Unfit> {
    let mut head = [0; 64];
    file.seek(SeekFrom::Start(0))?;
    let read = read_up_to(file, &mut head)?;
    let head = &head[..read];
    let length = file.metadata()?.len();
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        decode(file, ImageFormat::Png, length)
    } else if head.starts_with(b"\xff\xd8\xff") {
        decode(file, ImageFormat::Jpeg, length)
    } else if is_heic(head) {
        if boxes_fit(file, length)? {
            Ok(Inspected { kind: "heic", width: None, height: None, thumbnail: None })
        } else {
            Err(Unfit::CutShort)
        }
    } else {
        Err(Unfit::NotAnImage(name(head)))
    }
}

fn decode(file: &mut File, format: ImageFormat, length: u64) -> Result<Inspected, Unfit> {
    let (kind, end): (_, &[u8]) = if format == ImageFormat::Png { ("png", b"IEND") } else { ("jpeg", b"\xff\xd9") };
    file.seek(SeekFrom::Start(0))?;
    let mut reader = ImageReader::with_format(BufReader::new(&mut *file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|_| Unfit::Undecodable)?;
    let (width, height) = decoder.dimensions();
    if width > SIDE_MAX || height > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Unfit::TooManyPixels { width, height });
    }
    let decoded = image::DynamicImage::from_decoder(decoder);
    // Looked at even if it was decoded: some decoders make up what is missing.
    if !ends_with(file, end, length)? {
        return Err(Unfit::CutShort);
    }
    let small = decoded.map_err(|_| Unfit::Undecodable)?.thumbnail(THUMBNAIL.0, THUMBNAIL.1).to_rgb8();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, THUMBNAIL_QUALITY)
        .write_image(&small, small.width(), small.height(), ExtendedColorType::Rgb8)
        .map_err(|_| Unfit::Undecodable)?;
    Ok(Inspected { kind, width: Some(width), height: Some(height), thumbnail: Some(bytes) })
}

/// A picture's pixels, for the clipboard. Only of files that were inspected before.
pub(super) fn pixels(file: File) -> Option<image::RgbaImage> {
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_alloc, limits.max_image_width, limits.max_image_height) =
        (Some(MEMORY_MAX), Some(SIDE_MAX), Some(SIDE_MAX));
    reader.limits(limits);
    Some(reader.decode().ok()?.to_rgba8())
}

fn ends_with(file: &mut File, end: &[u8], length: u64) -> io::Result<bool> {
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    Ok(tail.windows(end.len()).any(|window| window == end))
}

/// ISO/IEC 14496-12: a file type box with a brand of ISO/IEC 23008-12.
fn is_heic(head: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Whether the outermost boxes end where the file does.
fn boxes_fit(file: &mut File, length: u64) -> io::Result<bool> {
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

/// What a file that is no picture looks like.
fn name(head: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(head).trim_start().to_lowercase();
    match head {
        [] => "empty",
        _ if text.starts_with("<!doctype html") || text.starts_with("<html") => "a web page",
        _ if text.starts_with('<') => "a message in XML",
        _ if text.starts_with('{') || text.starts_with('[') => "JSON",
        _ if head.starts_with(b"GIF8") => "a GIF",
        _ if head.starts_with(b"%PDF") => "a PDF",
        _ => "something else",
    }
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn of(bytes: &[u8]) -> Result<Inspected, Unfit> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        inspect(&mut file)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = io::Cursor::new(Vec::new());
        image::RgbImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_has_its_size_and_a_small_thumbnail_that_keeps_its_shape() {
        let inspected = of(&png(600, 1_300)).unwrap();
        assert_eq!((inspected.kind, inspected.width, inspected.height), ("png", Some(600), Some(1_300)));
        let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (118, 256));
    }

    #[test]
    fn what_is_cut_anywhere_is_never_taken() {
        let whole = png(40, 40);
        for length in 0..whole.len() - 8 {
            assert!(of(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let refused = |bytes: &[u8]| of(bytes).unwrap_err().to_string();
        assert_eq!(refused(b" <!DOCTYPE html><p>"), "the file is a web page, not a picture");
        assert_eq!(refused(b""), "the file is empty, not a picture");
        assert_eq!(refused(b"GIF89a..."), "the file is a GIF, not a picture");
        assert_eq!(refused(b"MZ\x90"), "the file is something else, not a picture");
        assert!(matches!(of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Ok(Inspected { kind: "heic", .. })));
        assert!(matches!(of(b"\0\0\0\x19ftypheic\0\0\0\0mif1heic"), Err(Unfit::CutShort)));
        assert!(matches!(of(b"\0\0\0\x01ftypheic\xff\xff\xff\xff\xff\xff\xff\xff"), Err(Unfit::CutShort)));
    }
}
